import { Command } from 'commander';
import type { Terminal } from './terminal.ts';
import type { WorkerOptions } from './worker-options.ts';

/** `vigil worker`: audits accounts that a daemon has put into the queue. */
export const workerCommand = (terminal: Terminal): Command =>
  new Command('worker')
    .description('audit accounts that daemons put into the queue, until SIGTERM; as many workers as wanted')
    .option('--config <FILE>', 'YAML configuration (default: vigil.yaml in the working directory, if there is one)')
    .option('--history <PLACE>', 'the `postgres:` URL of the history and its queue (default: `history.url`)')
    .action(async (options: WorkerOptions) => {
      const { runWorkerCommand } = await import('./run-worker-command.ts');
      // An audit that was abandoned may still wait for AWS.
      process.exit(await runWorkerCommand(options, terminal));
    });
