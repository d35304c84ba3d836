import { Command, InvalidArgumentError, Option } from 'commander';
import { SEVERITIES } from '../finding/check-result.ts';
import { REPORT_FORMATS, type ReportFormat } from '../report/report-format.ts';
import type { AuditOptions } from './audit-options.ts';
import type { ExitCode } from './exit-codes.ts';
import { historyOption } from './history-option.ts';
import { withInputOptions } from './input-options.ts';
import type { Terminal } from './terminal.ts';

/** `vigil audit`: reads accounts, finds what is wrong, writes the reports. */
export const auditCommand = (terminal: Terminal, finish: (code: ExitCode) => void): Command =>
  withInputOptions(new Command('audit').description('audit an account and write the reports'))
    .addOption(
      new Option(
        '--accounts <LIST>',
        'of the accounts that the configuration lists, only those called so, or in a group called so',
      ).argParser((text) => text.split(',').map((name) => name.trim())),
    )
    .option('--out <DIR>', 'where reports go (default: a directory a run under `report.directory`)')
    .option('--format <LIST>', `${REPORT_FORMATS.join(',')} or some of them`, formatsArgument)
    .addOption(historyOption('; a saved or emulated account only where this is given'))
    .option('--no-history', 'remember nothing of this audit, and compare it with none')
    .addOption(
      new Option('--fail-on <SEVERITY>', 'exit with 1 when there is a finding as bad or worse').choices(SEVERITIES),
    )
    .addOption(
      new Option(
        '--suppressions <FILE>',
        'a suppression file, beside those of the configuration; may be given several times',
      ).argParser<string[]>((file, files) => [...(files ?? []), file]),
    )
    .option('--fail-on-new', 'let only findings count that are new, reopened or worsened since the last audit')
    .option('--alert', 'send alerts to the routes of the configuration')
    .option('--evidence', 'keep what was read of the accounts with the reports, in evidence.zip')
    .option('--require-complete', 'exit with 4 when something could not be read')
    .action(async (options: AuditOptions) => {
      const { runAuditCommand } = await import('./run-audit-command.ts');
      finish(await runAuditCommand(options, terminal));
    });

const formatsArgument = (text: string): readonly ReportFormat[] =>
  text.split(',').map((name) => {
    const format = REPORT_FORMATS.find((known) => known === name.trim());
    if (format === undefined) throw new InvalidArgumentError(`\`${name}\` is not one of ${REPORT_FORMATS.join(', ')}`);
    return format;
  });
