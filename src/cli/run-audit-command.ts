import { join } from 'node:path';
import { parseCheckSettings } from '../analyze/check-settings.ts';
import { allChecks } from '../analyze/registry.ts';
import { type AuditOutcome, runAudit } from '../audit/run-audit.ts';
import type { Config } from '../config/config.ts';
import type { SourceProblem } from '../ports/account-source.ts';
import { publishReport } from '../publish/publish-report.ts';
import { loadServiceReference } from '../reference/service-reference.ts';
import { type AuditAlerts, openAuditAlerts } from './audit-alerts.ts';
import { openAuditHistory, withHistory } from './audit-history.ts';
import type { AuditOptions } from './audit-options.ts';
import { findingSettings } from './audit-settings.ts';
import { auditSummary } from './audit-summary.ts';
import { changesLine } from './changes-line.ts';
import { configOf } from './command-config.ts';
import { complianceFrameworks } from './compliance-frameworks.ts';
import { hasFinding } from './counted-findings.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { openInputSources } from './input-sources.ts';
import { vigilVersion } from './package-files.ts';
import { refuse } from './refuse.ts';
import { renderOutcome } from './render-outcome.ts';
import { printable, type Terminal, warningTo } from './terminal.ts';

/** Audits the accounts that the options name, writes the reports, and says what matters most. */
export const runAuditCommand = async (options: AuditOptions, terminal: Terminal): Promise<ExitCode> => {
  const config = await configOf(options);
  if (!config.ok) return refuse(terminal, config.error, EXIT.usage);
  const { checks, escalation, report } = config.value;
  const checkSettings = parseCheckSettings(allChecks, { ...checks, ...escalation });
  if (!checkSettings.ok) return refuse(terminal, checkSettings.error, EXIT.usage);
  const settings = await findingSettings(config.value, options.suppressions);
  if (!settings.ok) return refuse(terminal, settings.error, EXIT.usage);
  const formats = options.format ?? report.formats;

  const alerts = await openAuditAlerts(options, config.value, terminal);
  if (!alerts.ok) return refuse(terminal, alerts.error, EXIT.usage);
  const history = await openAuditHistory(options, config.value, terminal);
  if (!history.ok) return refuse(terminal, [history.error], EXIT.usage);
  const accounts = await openInputSources(options, config.value, terminal);
  if (!accounts.ok) return refuse(terminal, accounts.error, EXIT.usage);
  const audited = await runAudit({
    ...accounts.value,
    ...settings.value,
    reference: loadServiceReference,
    checkSettings: checkSettings.value,
    frameworks: complianceFrameworks(),
    vigilVersion: vigilVersion(),
    progress: terminal.progress,
  }).finally(() => accounts.value.close());
  terminal.progress.phase('');
  if (!audited.ok) return refuseAudit(audited.error, alerts.value, terminal);

  const { outcome, isRemembered } = await withHistory(audited.value, history.value, {
    ...config.value.history,
    warn: warningTo(terminal),
  });
  const directory = options.out ?? join(report.directory, outcome.report.run.id);
  const files = renderOutcome(outcome, formats, checkSettings.value);
  const published = await publishReport(directory, files);
  if (!published.ok) return refuse(terminal, [published.error], EXIT.usage);
  for (const diagnostic of outcome.diagnostics) terminal.say(`vigil: ${printable(diagnostic)}`);
  for (const line of auditSummary(
    {
      ...outcome,
      changes: isRemembered ? changesLine(outcome.report) : null,
      files: [...files].flatMap(([file, text]) => (text === null ? [] : [join(directory, file)])),
    },
    terminal.style,
  )) {
    terminal.print(line);
  }
  const alerted = await alerts.value.ofReport(outcome.report, formats);
  return exitCodeOf({ ...outcome, alerted }, options, config.value);
};

const refuseAudit = async (
  problems: readonly SourceProblem[],
  alerts: AuditAlerts,
  terminal: Terminal,
): Promise<ExitCode> => {
  const messages = problems.map(({ message }) => message);
  if (problems.some(({ kind }) => kind === 'input')) return refuse(terminal, messages, EXIT.usage);
  await alerts.ofFailure(messages);
  return refuse(terminal, messages, EXIT.noAudit);
};

const exitCodeOf = (
  { report, diagnostics, alerted }: AuditOutcome & { readonly alerted: boolean },
  options: AuditOptions,
  { audit }: Config,
): ExitCode => {
  const failOn = options.failOn ?? audit.failOn;
  const onlyNew = options.failOnNew ?? audit.failOnNew;
  // `--fail-on-new` alone asks for whatever is new.
  const severity = failOn ?? (onlyNew ? 'info' : undefined);
  if (severity !== undefined && hasFinding(report, { severity, onlyNew })) return EXIT.findings;
  const complete = diagnostics.length === 0 && report.accounts.every((account) => account.complete);
  if (!complete && (options.requireComplete ?? audit.requireComplete)) return EXIT.incomplete;
  return alerted ? EXIT.done : EXIT.notAlerted;
};
