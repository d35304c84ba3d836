import type { Config } from '../config/config.ts';
import { isMissing } from '../finding/expected-account.ts';
import type { AuditOptions } from './audit-options.ts';
import { auditSummary } from './audit-summary.ts';
import { changesLine } from './changes-line.ts';
import { configOf } from './command-config.ts';
import { hasFinding } from './counted-findings.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { type PerformedAudit, performAudit } from './perform-audit.ts';
import { refuse } from './refuse.ts';
import { printable, type Terminal } from './terminal.ts';

/** Audits the accounts that the options name, writes the reports, and says what matters most. */
export const runAuditCommand = async (options: AuditOptions, terminal: Terminal): Promise<ExitCode> => {
  const config = await configOf(options);
  if (!config.ok) return refuse(terminal, config.error, EXIT.usage);
  const performed = await performAudit(options, config.value, terminal);
  if (!performed.ok) return refuse(terminal, performed.error.messages, performed.error.exitCode);
  const { outcome, isRemembered, files } = performed.value;
  for (const diagnostic of outcome.diagnostics) terminal.say(`vigil: ${printable(diagnostic)}`);
  const changes = isRemembered ? changesLine(outcome.report) : null;
  for (const line of auditSummary({ ...outcome, changes, files }, terminal.style)) terminal.print(line);
  return exitCodeOf(performed.value, options, config.value);
};

const exitCodeOf = (
  { outcome: { report, diagnostics }, alerted }: PerformedAudit,
  options: AuditOptions,
  { audit }: Config,
): ExitCode => {
  const failOn = options.failOn ?? audit.failOn;
  const onlyNew = options.failOnNew ?? audit.failOnNew;
  // `--fail-on-new` alone asks for whatever is new.
  const severity = failOn ?? (onlyNew ? 'info' : undefined);
  if (severity !== undefined && hasFinding(report, { severity, onlyNew })) return EXIT.findings;
  const isWhole = report.accounts.every((account) => account.complete) && !(report.expected ?? []).some(isMissing);
  const complete = diagnostics.length === 0 && isWhole;
  if (!complete && (options.requireComplete ?? audit.requireComplete)) return EXIT.incomplete;
  return alerted ? EXIT.done : EXIT.notAlerted;
};
