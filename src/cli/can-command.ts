import { Command } from 'commander';
import type { ActionName } from '../iam/action-name.ts';
import type { ExitCode } from './exit-codes.ts';
import { actionArgument, type QuestionOptions, withQuestionOptions } from './question-options.ts';
import type { Terminal } from './terminal.ts';

/** `vigil can`: whether a principal may perform an action, and why. */
export const canCommand = (terminal: Terminal, finish: (code: ExitCode) => void): Command =>
  withQuestionOptions(new Command('can').description('say whether a principal may perform an action, and why'))
    .argument('<PRINCIPAL>', 'an ARN, `user/NAME`, `role/NAME`, a name, or `root`')
    .argument('<ACTION>', 'such as `s3:GetObject`', actionArgument)
    .argument('[RESOURCE]', 'an ARN; `*` for an action that takes no resource', '*')
    .action(async (principal: string, action: ActionName, resource: string, options: QuestionOptions) => {
      const { runCanCommand } = await import('./run-can-command.ts');
      finish(await runCanCommand({ principal, action, resource }, options, terminal));
    });
