import { Command } from 'commander';
import type { AlertOptions } from './alert-options.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** `vigil alert --test ROUTE`: sends a sample, to see that a route works and how it looks. */
export const alertCommand = (terminal: Terminal, finish: (code: ExitCode) => void): Command =>
  new Command('alert')
    .description('send a sample alert to a route of the configuration')
    .requiredOption('--test <ROUTE>', 'the name of the route')
    .option('--config <FILE>', 'YAML configuration (default: vigil.yaml in the working directory, if there is one)')
    .action(async (options: AlertOptions) => {
      const { runAlertCommand } = await import('./run-alert-command.ts');
      finish(await runAlertCommand(options, terminal));
    });
