import { Command, InvalidArgumentError } from 'commander';
import { FINDING_STATES, type FindingState } from '../finding/audit-report.ts';
import type { ExitCode } from './exit-codes.ts';
import { historyOption } from './history-option.ts';
import type { FindingsOptions, RememberedOptions } from './remembered-options.ts';
import type { Terminal } from './terminal.ts';

type Define = (terminal: Terminal, finish: (code: ExitCode) => void) => Command;

/** `vigil runs`: the audits that are remembered. */
export const runsCommand: Define = (terminal, finish) =>
  withHistoryOptions(new Command('runs').description('list the audits that are remembered, the latest first')).action(
    async (options: RememberedOptions) => {
      const { runRunsCommand } = await import('./run-runs-command.ts');
      finish(await runRunsCommand(options, terminal));
    },
  );

/** `vigil findings`: the findings of remembered audits with their states. */
export const findingsCommand: Define = (terminal, finish) =>
  withHistoryOptions(
    new Command('findings').description('list the findings of the latest audit of each account, what is new first'),
  )
    .option('--run <RUN>', 'those of this audit: its id, or how the id begins')
    .option(
      '--state <LIST>',
      `${FINDING_STATES.join(',')} or some of them (default: all but resolved and suppressed)`,
      statesArgument,
    )
    .action(async (options: FindingsOptions) => {
      const { runFindingsCommand } = await import('./run-findings-command.ts');
      finish(await runFindingsCommand(options, terminal));
    });

/** `vigil diff`: what is different between two remembered audits. */
export const diffCommand: Define = (terminal, finish) =>
  withHistoryOptions(
    new Command('diff')
      .description('tell what is different between two audits that are remembered')
      .argument('<run>', 'the earlier audit: its id, or how the id begins')
      .argument('[run]', 'the later audit (default: the latest)'),
  ).action(async (before: string, after: string | undefined, options: RememberedOptions) => {
    const { runDiffCommand } = await import('./run-diff-command.ts');
    finish(await runDiffCommand({ before, after: after ?? null }, options, terminal));
  });

const withHistoryOptions = (command: Command): Command =>
  command
    .option('--config <FILE>', 'YAML configuration (default: vigil.yaml in the working directory, if there is one)')
    .addOption(historyOption())
    .option('--json', 'print JSON, for programs');

const statesArgument = (text: string): readonly FindingState[] =>
  text.split(',').map((name) => {
    const state = FINDING_STATES.find((known) => known === name.trim());
    if (state === undefined) throw new InvalidArgumentError(`\`${name}\` is not one of ${FINDING_STATES.join(', ')}`);
    return state;
  });
