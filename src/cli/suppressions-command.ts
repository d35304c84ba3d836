import { Command } from 'commander';
import type { ExitCode } from './exit-codes.ts';
import { withInputOptions } from './input-options.ts';
import type { SuppressionsOptions } from './suppress-options.ts';
import type { Terminal } from './terminal.ts';

/** `vigil suppressions`: what a suppression file would hide. */
export const suppressionsCommand = (terminal: Terminal, finish: (code: ExitCode) => void): Command =>
  withInputOptions(
    new Command('suppressions').description('say what a suppression file would hide, without writing anything'),
  )
    .requiredOption('--preview <FILE>', 'the suppression file; those of the configuration are left out')
    .option('--json', 'print one JSON object')
    .action(async (options: SuppressionsOptions) => {
      const { runSuppressionsCommand } = await import('./run-suppressions-command.ts');
      finish(await runSuppressionsCommand(options, terminal));
    });
