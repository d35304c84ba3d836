import { Command, Option } from 'commander';
import { SUPPRESSION_REASONS } from '../finding/suppression.ts';
import type { ExitCode } from './exit-codes.ts';
import { withInputOptions } from './input-options.ts';
import type { SuppressOptions } from './suppress-options.ts';
import type { Terminal } from './terminal.ts';

/** `vigil suppress`: writes that a finding is accepted into a suppression file. */
export const suppressCommand = (terminal: Terminal, finish: (code: ExitCode) => void): Command =>
  withInputOptions(
    new Command('suppress').description(
      'write into a suppression file that a finding is accepted, why, by whom and until when; the account is read to find it',
    ),
  )
    .argument('<FINDING>', 'the key of a finding, or how it begins')
    .addOption(
      new Option('--reason <REASON>', 'what kind of reason there is')
        .choices(SUPPRESSION_REASONS)
        .makeOptionMandatory(),
    )
    .requiredOption('--justification <TEXT>', 'why it may stay so')
    .requiredOption('--owner <WHO>', 'who answers for it')
    .requiredOption('--approver <WHO>', 'who has approved it')
    .requiredOption('--expires <DAY>', 'the first day on which it holds no more: 2027-01-31')
    .option('--ticket <ID>', 'the ticket that it is discussed in')
    .option('--pin', 'let it hold only as long as the evidence of the finding stays what it is')
    .option('--file <FILE>', 'the suppression file (default: the first of `suppressions.files`, or suppressions.yaml)')
    .action(async (finding: string, options: SuppressOptions) => {
      const { runSuppressCommand } = await import('./run-suppress-command.ts');
      finish(await runSuppressCommand(finding, options, terminal));
    });
