import { Command } from 'commander';
import type { CopyHistoryOptions } from './copy-history-options.ts';
import type { ExitCode } from './exit-codes.ts';
import { placeOption } from './history-option.ts';
import type { Terminal } from './terminal.ts';

/** `vigil copy-history`: takes all that is remembered from a file into a database, or back. */
export const copyHistoryCommand = (terminal: Terminal, finish: (code: ExitCode) => void): Command =>
  new Command('copy-history')
    .description('copy all that is remembered from a file into a PostgreSQL database that remembers nothing, or back')
    .option('--config <FILE>', 'YAML configuration (default: vigil.yaml in the working directory, if there is one)')
    .addOption(placeOption('from', `the history to copy: ${A_PLACE}`))
    .addOption(placeOption('to', `where it is copied to: ${A_PLACE}`))
    .action(async (options: CopyHistoryOptions) => {
      const { runCopyHistoryCommand } = await import('./run-copy-history-command.ts');
      finish(await runCopyHistoryCommand(options, terminal));
    });

const A_PLACE = 'a file or a postgres:// URL (default: `history.url`, then `history.file`)';
