import { join } from 'node:path';
import { parseCheckSettings } from '../analyze/check-settings.ts';
import { allChecks } from '../analyze/registry.ts';
import { expectedOfNight } from '../audit/expected-of-night.ts';
import { type AuditedAlone, type JudgingInput, judgeAcross } from '../audit/judge-across.ts';
import { rememberAudit } from '../audit/remember-audit.ts';
import type { Config } from '../config/config.ts';
import type { RunResult } from '../daemon/run-result.ts';
import type { AuditReport, Finding } from '../finding/audit-report.ts';
import { type AccountSummary, organizationReport } from '../finding/organization-night.ts';
import { parseAccountSummary } from '../finding/stored-account-summary.ts';
import { summarizeAccount } from '../finding/summarize-account.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import type { Night, NightEnd, PlannedAccount } from '../ports/night-store.ts';
import { publishReport } from '../publish/publish-report.ts';
import { loadServiceReference } from '../reference/service-reference.ts';
import { toOrganizationTemplates } from '../report/organization-page.ts';
import { renderOrganizationReports } from '../report/render-organization-reports.ts';
import { type AuditAlerts, openAuditAlerts } from './audit-alerts.ts';
import { findingSettings } from './audit-settings.ts';
import { complianceFrameworks } from './compliance-frameworks.ts';
import { accountDirectory, alertingOptions, configOfAccount, type NightOrder } from './night-order.ts';
import { noticeTo } from './notice.ts';
import { openHistory } from './open-history.ts';
import { packageFile, vigilVersion } from './package-files.ts';
import { partOfNight } from './perform-audit.ts';
import { publishingMeans } from './publish-night.ts';
import type { ReportWording } from './report-wording.ts';
import { doneBefore, failedRun } from './run-results.ts';
import { systemClock } from './system-clock.ts';
import { tellingAccounts } from './telling-accounts.ts';
import type { Terminal } from './terminal.ts';
import { beginUploads, uploadNights } from './upload-nights.ts';

/** The page that alerts about a night refer to. */
const PAGE = 'organization.html';

/**
 * Makes the report of a night out of what was remembered of its accounts, one at a time: judges them across accounts, tells which are
 * missing, and ends the night. Does nothing where that was done before.
 */
export const performNightReport = async (order: NightOrder, terminal: Terminal): Promise<RunResult> => {
  const opened = await openHistory(order.history);
  if (!opened.ok) return failedRun([opened.error]);
  const history = opened.value;
  try {
    const night = await history.nights.read(order.nightId);
    if (night === null) return failedRun([`night ${order.nightId} is not known`]);
    if (night.end !== null) return doneBefore(night.id);
    return await reportNight({ night, history, order, terminal });
  } finally {
    await history.close();
  }
};

interface NightAtHand {
  readonly night: Night;
  readonly history: HistoryStore;
  readonly order: NightOrder;
  readonly terminal: Terminal;
}

/** An account of a night that was audited. */
interface AuditedAccount extends AuditedAlone {
  readonly planned: PlannedAccount;
  readonly summary: AccountSummary;
}

/** The accounts that were audited, each once. What another Vigil wrote and this one cannot read is as if it were not there. */
const accountsOf = ({ accounts, outcomes }: Night): readonly AuditedAccount[] => {
  const audited = new Map<string, AuditedAccount>();
  for (const planned of accounts) {
    const outcome = outcomes.get(planned.key);
    if (outcome?.kind !== 'audited' || audited.has(outcome.accountId)) continue;
    const { accountId, run } = outcome;
    const summary = parseAccountSummary(outcome.summary);
    const expected = { accountId, name: planned.name, group: planned.group };
    if (summary.ok) audited.set(accountId, { accountId, run, expected, planned, summary: summary.value });
  }
  return [...audited.values()];
};

const reportNight = async (at: NightAtHand): Promise<RunResult> => {
  const { night, history, order, terminal } = at;
  const { config } = order;
  const judging = await judgingInput(order, terminal);
  if (!judging.ok) return failedRun(judging.error);
  const wording = await publishingMeans(config);
  if (!wording.ok) return failedRun(wording.error);
  const alerts = await openAuditAlerts(alertingOptions(order), config, terminal, PAGE);
  if (!alerts.ok) return failedRun(alerts.error);

  const tellers = await tellingAccounts(night, history, systemClock.now());
  await judgeAgain(at, { ...judging.value, tellers });
  const settled = (await history.nights.read(night.id)) ?? night;
  const accounts = accountsOf(settled);
  const expected = await expectedOfNight(settled, history.nights);
  const end: NightEnd = { finishedAt: systemClock.now(), expected, problem: null };
  const directory = join(config.report.directory, night.id);
  const files = renderNight(settled, { end, accounts }, { config, wording: wording.value.wording });
  await beginUploads(config, night, { directory, at: end.finishedAt });
  const published = await publishReport(directory, files);
  if (!published.ok) return failedRun([published.error]);
  const alerted = await endNight(at, { end, accounts }, alerts.value);
  return {
    ...doneBefore(night.id),
    accounts: accounts.map(({ summary }) => ({ ...summary, gaps: summary.gaps.length })),
    alerted,
    files: [...files.keys()].map((name) => join(directory, name)),
  };
};

/** What a night came to. */
interface NightOutcome {
  readonly end: NightEnd;
  readonly accounts: readonly AuditedAccount[];
}

const renderNight = (
  night: Night,
  { end, accounts }: NightOutcome,
  { config, wording }: { readonly config: Config; readonly wording: ReportWording },
): ReadonlyMap<string, string> => {
  const report = organizationReport({
    night: { ...night, finishedAt: end.finishedAt, deadlinePassed: night.outcomes.size < night.accounts.length },
    vigilVersion: vigilVersion(),
    expected: end.expected,
    accounts: accounts.map(({ summary }) => summary),
  });
  const directories = new Map(accounts.map(({ run, planned }) => [run.id, accountDirectory(planned)]));
  const assets = {
    templates: toOrganizationTemplates(wording.templates, (path) => packageFile(`templates/${path}`)),
    frameworks: complianceFrameworks(),
    pageOf: ({ runId }: AccountSummary) =>
      `../${directories.get(runId) ?? ''}/${encodeURIComponent(runId)}/report.html`,
  };
  return renderOrganizationReports(report, assets, config.report.formats);
};

/** Ends the night, tells the routes what there is to tell of it, and forgets what is too old. Whether all has arrived. */
const endNight = async (at: NightAtHand, outcome: NightOutcome, alerts: AuditAlerts): Promise<boolean> => {
  const { night, history, order, terminal } = at;
  const { config } = order;
  const told = await asReport(at, outcome);
  const { news } = alerts;
  const firstSeen = new Set<string>();
  await history.nights.finish(
    night.id,
    outcome.end,
    news === null ? undefined : (before) => news({ report: told, firstSeen, told: before }),
  );
  const { maxAgeDays, maxRuns } = config.history;
  await history.retain({ now: night.startedAt, maxAgeDays, maxRuns });
  const alerted = await alerts.ofReport(told, history.outbox);
  const uploaded = await uploadNights(config, { clock: systemClock, terminal });
  const toldOfUploads = await alerts.ofUploads(uploaded.news, history.outbox);
  return alerted && uploaded.allArrived && toldOfUploads;
};

/** What accounts are judged again with, as their own audits were. */
const judgingInput = async (
  { config }: NightOrder,
  terminal: Terminal,
): Promise<Result<JudgingInput, readonly string[]>> => {
  const checkSettings = parseCheckSettings(allChecks, { ...config.checks, ...config.escalation });
  if (!checkSettings.ok) return checkSettings;
  const settings = await findingSettings(config);
  if (!settings.ok) return settings;
  return ok({
    ...settings.value,
    reference: loadServiceReference,
    checkSettings: checkSettings.value,
    frameworks: complianceFrameworks(),
    vigilVersion: vigilVersion(),
    progress: terminal.progress,
  });
};

/** Judges accounts across accounts, and remembers it in place of what was found in each by itself. */
const judgeAgain = async ({ night, history, order, terminal }: NightAtHand, input: JudgingInput): Promise<void> => {
  const warn = noticeTo(terminal, 'account not judged across accounts');
  const audited = new Map(accountsOf(night).map((one) => [one.run.id, one]));
  for await (const { account, outcome } of judgeAcross([...audited.values()], history, input)) {
    const one = audited.get(account.run.id);
    if (one === undefined) continue;
    if (!outcome.ok) {
      warn(`account ${account.accountId} was not judged across accounts: ${outcome.error}`);
      continue;
    }
    const alerts = await openAuditAlerts(alertingOptions(order), configOfAccount(order.config, one.planned), terminal);
    const news = alerts.ok ? alerts.value.news : null;
    const { report, controls } = await rememberAudit(
      partOfNight(outcome.value, { runId: account.run.id }),
      history,
      news,
    );
    const summary = summarizeAccount(report, controls);
    await history.nights.settle(night.id, one.planned.key, {
      kind: 'audited',
      accountId: account.accountId,
      run: report.run,
      summary: JSON.stringify({ ...summary, news: mergedNews(one.summary.news, summary.news) }),
    });
  }
};

/** What changed and by whom only the account's own audit could tell; access from outside may stand in another light. */
const mergedNews = (before: AccountSummary['news'], now: AccountSummary['news']): AccountSummary['news'] =>
  before === null ? now : { ...before, external: now?.external ?? before.external };

/** What the routes are told of a night beside its accounts' own audits: who is missing, and to a heartbeat what is open. */
const asReport = async (
  { night, history, order }: NightAtHand,
  { end, accounts }: NightOutcome,
): Promise<AuditReport> => {
  const beats = order.config.alerts.routes.some(({ heartbeat }) => heartbeat !== undefined);
  const findings: Finding[] = [];
  for (const { run } of beats ? accounts : []) findings.push(...(await history.findings(run.id)).map(inShort));
  return {
    schemaVersion: '1.0',
    run: {
      id: night.id,
      startedAt: night.startedAt,
      finishedAt: end.finishedAt,
      vigilVersion: vigilVersion(),
      referenceDate: '',
      baselineRunId: null,
    },
    accounts: [],
    principals: [],
    findings,
    escalationCuts: [],
    expected: end.expected,
  };
};

/** What is counted of a finding, without what proves it: an organization has many. */
const inShort = (finding: Finding): Finding => ({ ...finding, evidence: {}, remediation: [], frameworks: [] });
