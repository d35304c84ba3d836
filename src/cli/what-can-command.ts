import { Command, InvalidArgumentError } from 'commander';
import type { ExitCode } from './exit-codes.ts';
import { type WhatCanOptions, withQuestionOptions } from './question-options.ts';
import type { Terminal } from './terminal.ts';

/** `vigil what-can`: the effective permissions of a principal. */
export const whatCanCommand = (terminal: Terminal, finish: (code: ExitCode) => void): Command =>
  withQuestionOptions(new Command('what-can').description('say what a principal may do: its effective permissions'))
    .argument('<PRINCIPAL>', 'an ARN, `user/NAME`, `role/NAME`, a name, or `root`')
    .option('--service <PREFIX>', 'only the actions of a service, such as `s3`', servicePrefix)
    .action(async (principal: string, options: WhatCanOptions) => {
      const { runWhatCanCommand } = await import('./run-what-can-command.ts');
      finish(await runWhatCanCommand(principal, options, terminal));
    });

const servicePrefix = (text: string): string => {
  if (!/^[A-Za-z0-9-]+$/.test(text)) throw new InvalidArgumentError(`\`${text}\` is no service, such as \`s3\``);
  return text.toLowerCase();
};
