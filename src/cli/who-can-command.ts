import { Command } from 'commander';
import type { ActionName } from '../iam/action-name.ts';
import type { ExitCode } from './exit-codes.ts';
import { actionArgument, type QuestionOptions, withQuestionOptions } from './question-options.ts';
import type { Terminal } from './terminal.ts';

/** `vigil who-can`: which principals may perform an action, and under which conditions. */
export const whoCanCommand = (terminal: Terminal, finish: (code: ExitCode) => void): Command =>
  withQuestionOptions(new Command('who-can').description('list the principals that may perform an action'))
    .argument('<ACTION>', 'such as `iam:PassRole`', actionArgument)
    .argument('[RESOURCE]', 'an ARN; `*` for an action that takes no resource', '*')
    .action(async (action: ActionName, resource: string, options: QuestionOptions) => {
      const { runWhoCanCommand } = await import('./run-who-can-command.ts');
      finish(await runWhoCanCommand({ action, resource }, options, terminal));
    });
