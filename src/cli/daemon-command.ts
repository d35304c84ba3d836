import { Command } from 'commander';
import { withAccountOptions } from './account-options.ts';
import type { DaemonOptions, StatusOptions } from './daemon-options.ts';
import type { ExitCode } from './exit-codes.ts';
import { GROUP_COMMAND } from './group-command-name.ts';
import { historyOption } from './history-option.ts';
import type { Terminal } from './terminal.ts';

type Define = (terminal: Terminal, finish: (code: ExitCode) => void) => Command;

/** `vigil daemon`: audits groups of accounts on their schedules. */
export const daemonCommand: Define = (terminal) =>
  withRunOptions(
    new Command('daemon').description('audit the groups of the configuration on their schedules, until SIGTERM'),
  ).action(async (options: DaemonOptions) => {
    const { runDaemonCommand } = await import('./run-daemon-command.ts');
    // An audit that was abandoned may still wait for AWS.
    process.exit(await runDaemonCommand(options, terminal));
  });

/** What a daemon starts for each of its audits; it speaks with the daemon and with nobody else. */
export const groupCommand: Define = () =>
  new Command(GROUP_COMMAND).action(async () => {
    const { runGroupProcess } = await import('./group-process.ts');
    await runGroupProcess();
  });

/** `vigil run-now`: audits a group at once. */
export const runNowCommand: Define = (terminal, finish) =>
  withRunOptions(
    new Command('run-now')
      .description('audit a group at once: the daemon does, or this very process where none runs')
      .argument('[group]', 'the group (default: all of them)'),
  ).action(async (group: string | undefined, options: DaemonOptions) => {
    const { runRunNowCommand } = await import('./run-run-now-command.ts');
    finish(await runRunNowCommand(group ?? null, options, terminal));
  });

/** `vigil status`: how the daemon fares. */
export const statusCommand: Define = (terminal, finish) =>
  new Command('status')
    .description('tell how the daemon fares: 6 where none runs, a group is overdue or a route is dead')
    .option('--config <FILE>', 'YAML configuration (default: vigil.yaml in the working directory, if there is one)')
    .addOption(historyOption())
    .option('--json', 'print JSON, for programs')
    .action(async (options: StatusOptions) => {
      const { runStatusCommand } = await import('./run-status-command.ts');
      finish(await runStatusCommand(options, terminal));
    });

const withRunOptions = (command: Command): Command => withAccountOptions(command).addOption(historyOption());
