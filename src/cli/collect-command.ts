import { Command } from 'commander';
import { withAccountOptions } from './account-options.ts';
import type { CollectOptions } from './collect-options.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** `vigil collect`: reads an account into a snapshot directory, to be audited later or elsewhere. */
export const collectCommand = (terminal: Terminal, finish: (code: ExitCode) => void): Command =>
  withAccountOptions(new Command('collect').description('read an account into a snapshot directory'))
    .requiredOption('--out <DIR>', 'the snapshot directory to write')
    .action(async (options: CollectOptions) => {
      const { runCollectCommand } = await import('./run-collect-command.ts');
      finish(await runCollectCommand(options, terminal));
    });
