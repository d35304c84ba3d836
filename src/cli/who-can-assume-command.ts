import { Command } from 'commander';
import type { ExitCode } from './exit-codes.ts';
import { type QuestionOptions, withQuestionOptions } from './question-options.ts';
import type { Terminal } from './terminal.ts';

/** `vigil who-can-assume`: who may begin a session of which role, inside the account and outside of it. */
export const whoCanAssumeCommand = (terminal: Terminal, finish: (code: ExitCode) => void): Command =>
  withQuestionOptions(new Command('who-can-assume').description('list who may assume a role, or every role'))
    .argument('[ROLE]', 'an ARN, `role/NAME` or a name; every role where it is left out')
    .action(async (role: string | undefined, options: QuestionOptions) => {
      const { runWhoCanAssumeCommand } = await import('./run-who-can-assume-command.ts');
      finish(await runWhoCanAssumeCommand(role ?? null, options, terminal));
    });
