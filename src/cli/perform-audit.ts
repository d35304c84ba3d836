import { parseCheckSettings } from '../analyze/check-settings.ts';
import { allChecks } from '../analyze/registry.ts';
import { compareWithPast } from '../audit/compare-with-past.ts';
import { type AuditOutcome, runAudit } from '../audit/run-audit.ts';
import type { Config } from '../config/config.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { SourceProblem } from '../ports/account-source.ts';
import type { AlertOutbox } from '../ports/alert-outbox.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import { loadServiceReference } from '../reference/service-reference.ts';
import { type AuditAlerts, openAuditAlerts } from './audit-alerts.ts';
import { openAuditHistory, withHistory } from './audit-history.ts';
import type { AuditOptions } from './audit-options.ts';
import { findingSettings } from './audit-settings.ts';
import { openAuditSources } from './audit-sources.ts';
import { complianceFrameworks } from './compliance-frameworks.ts';
import { EXIT } from './exit-codes.ts';
import { noticeTo } from './notice.ts';
import { vigilVersion } from './package-files.ts';
import { openNightPublisher } from './publish-night.ts';
import { toldIn } from './render-outcome.ts';
import { clockOf } from './system-clock.ts';
import type { Terminal } from './terminal.ts';
import { uploadNights } from './upload-nights.ts';

/** An audit that was done: its reports are written, and whom it concerns was told. */
export interface PerformedAudit {
  readonly outcome: AuditOutcome;
  readonly isRemembered: boolean;
  /** The files written, with their directory. */
  readonly files: readonly string[];
  /** Whether all alerts arrived, and the reports wherever they were to go. */
  readonly alerted: boolean;
}

/** Why there was no audit, in lines for people, and the exit code that says so. */
export interface AuditRefusal {
  readonly messages: readonly string[];
  readonly exitCode: typeof EXIT.usage | typeof EXIT.noAudit;
}

/**
 * One audit from its settings to reports, history and alerts: what `vigil audit` does once and the daemon every night.
 * `mayWrite` is asked once, before the first thing is written; false: the audit is abandoned.
 */
export const performAudit = async (
  options: AuditOptions,
  config: Config,
  terminal: Terminal,
  mayWrite: () => Promise<boolean> = async () => true,
): Promise<Result<PerformedAudit, AuditRefusal>> => {
  const alerts = await openAuditAlerts(options, config, terminal);
  if (!alerts.ok) return misused(alerts.error);
  const history = await openAuditHistory(options, config, terminal);
  if (!history.ok) return misused([history.error]);
  try {
    const surroundings = { alerts: alerts.value, history: history.value, mayWrite, openSources: openAuditSources };
    return await auditWithin(surroundings, options, config, terminal);
  } finally {
    await history.value?.close();
  }
};

/** What an audit reads, and where it is told and remembered. */
export interface AuditSurroundings {
  readonly alerts: AuditAlerts;
  /** Null: it is not remembered. */
  readonly history: HistoryStore | null;
  readonly mayWrite: () => Promise<boolean>;
  readonly openSources: typeof openAuditSources;
  /**
   * Of one account of a night: the id of its audit, which takes the place of an earlier try. What is expected of all accounts,
   * what failed, and what is forgotten is the night's. Absent: it is an audit by itself.
   */
  readonly ofNight?: { readonly runId: string };
}

/** The same within surroundings that are open. */
export const auditWithin = async (
  { alerts, history, mayWrite, openSources, ofNight }: AuditSurroundings,
  options: AuditOptions,
  config: Config,
  terminal: Terminal,
): Promise<Result<PerformedAudit, AuditRefusal>> => {
  const { checks, escalation, report } = config;
  const checkSettings = parseCheckSettings(allChecks, { ...checks, ...escalation });
  if (!checkSettings.ok) return misused(checkSettings.error);
  const settings = await findingSettings(config, options.suppressions);
  if (!settings.ok) return misused(settings.error);
  const publisher = await openNightPublisher(options, config, terminal);
  if (!publisher.ok) return misused(publisher.error);
  const formats = options.format ?? report.formats;

  const accounts = await openSources(options, config, terminal);
  if (!accounts.ok) return misused(accounts.error);
  const audited = await runAudit({
    ...accounts.value,
    ...settings.value,
    reference: loadServiceReference,
    checkSettings: checkSettings.value,
    ...toldIn(formats),
    frameworks: complianceFrameworks(),
    vigilVersion: vigilVersion(),
    progress: terminal.progress,
  })
    .then(async (done) => (done.ok && ofNight !== undefined ? ok(await tryOf(done.value, ofNight, history)) : done))
    .then((done) => compareWithPast(done, history, { reference: loadServiceReference, progress: terminal.progress }))
    .finally(() => accounts.value.close());
  terminal.progress.phase('');
  const outbox = history?.outbox ?? null;
  if (!audited.ok) return err(await refusalOf(audited.error, ofNight === undefined ? { alerts, outbox } : null));
  if (!(await mayWrite())) return err({ messages: ['the audit was abandoned'], exitCode: EXIT.noAudit });

  const { outcome, isRemembered } = await withHistory(audited.value, history, {
    limits: ofNight === undefined ? config.history : null,
    news: alerts.news,
    warn: noticeTo(terminal, 'audit not remembered'),
  });
  const { suppressionFiles } = settings.value;
  const published = await publisher.value({ outcome, formats, checkSettings: checkSettings.value, suppressionFiles });
  if (!published.ok) return misused([published.error]);
  const alerted = await alerts.ofReport(outcome.report, isRemembered ? outbox : null);
  // At last, since it may take long where a destination is not reached.
  const uploaded = await uploadNights(config, { clock: clockOf(options), terminal });
  const told = await alerts.ofUploads(uploaded.news, outbox);
  return ok({ outcome, isRemembered, files: published.value, alerted: alerted && uploaded.allArrived && told });
};

/** An audit as one of a night, which tells itself what was expected of all accounts. */
export const partOfNight = (outcome: AuditOutcome, { runId }: { readonly runId: string }): AuditOutcome => {
  const { expected, ...report } = outcome.report;
  return { ...outcome, report: { ...report, run: { ...report.run, id: runId } } };
};

/** However often it is tried, it is one audit, which began when its first try did: what was told of that one is not told again. */
const tryOf = async (
  outcome: AuditOutcome,
  ofNight: { readonly runId: string },
  history: HistoryStore | null,
): Promise<AuditOutcome> => {
  const part = partOfNight(outcome, ofNight);
  const { accounts, run } = part.report;
  const accountIds = accounts.map(({ accountId }) => accountId);
  const last = await history?.nights.lastAudits(accountIds, run.startedAt);
  const earlier = [...(last?.values() ?? [])].find(({ runId }) => runId === ofNight.runId);
  return earlier === undefined
    ? part
    : { ...part, report: { ...part.report, run: { ...run, startedAt: earlier.startedAt } } };
};

const misused = (messages: readonly string[]): Result<never, AuditRefusal> => err({ messages, exitCode: EXIT.usage });

const refusalOf = async (
  problems: readonly SourceProblem[],
  told: { readonly alerts: AuditAlerts; readonly outbox: AlertOutbox | null } | null,
): Promise<AuditRefusal> => {
  const messages = problems.map(({ message }) => message);
  if (problems.some(({ kind }) => kind === 'input')) return { messages, exitCode: EXIT.usage };
  await told?.alerts.ofFailure(messages, told.outbox);
  return { messages, exitCode: EXIT.noAudit };
};
