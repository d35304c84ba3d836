import { join } from 'node:path';
import { baselinesOfNight } from '../alert-content/baseline-of-night.ts';
import { expectedOfNight } from '../audit/expected-of-night.ts';
import type { Config } from '../config/config.ts';
import type { RunResult } from '../daemon/run-result.ts';
import type { AuditReport, Finding } from '../finding/audit-report.ts';
import { type AccountSummary, organizationReport } from '../finding/organization-night.ts';
import type { Night, NightEnd, NightStore } from '../ports/night-store.ts';
import { loadServiceReference } from '../reference/service-reference.ts';
import { toOrganizationTemplates } from '../report/organization-page.ts';
import { renderOrganizationReports } from '../report/render-organization-reports.ts';
import { type AuditAlerts, openAuditAlerts } from './audit-alerts.ts';
import { complianceFrameworks } from './compliance-frameworks.ts';
import { type AuditedAccount, auditedAccounts, judgeNight, judgingInput, type NightAtHand } from './judge-night.ts';
import { accountDirectory, alertingOptions, type NightOrder } from './night-order.ts';
import { openHistory } from './open-history.ts';
import { packageFile, vigilVersion } from './package-files.ts';
import { publishingMeans, publishVouched } from './publish-night.ts';
import type { ReportWording } from './report-wording.ts';
import { doneBefore, failedRun } from './run-results.ts';
import { systemClock } from './system-clock.ts';
import type { Terminal } from './terminal.ts';
import { uploadNights } from './upload-nights.ts';

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

/** Ends a night that no report can be made of. What its audits have held back for it is told all the same. */
export const giveUpNight = (nights: NightStore, nightId: string, problem: string): Promise<void> => {
  const at = systemClock.now();
  return nights.finish(nightId, { finishedAt: at, expected: [], problem }, (_, held) => ({
    alerts: baselinesOfNight(held, { runId: nightId, link: null }),
    told: [],
    at,
  }));
};

const reportNight = async (at: NightAtHand): Promise<RunResult> => {
  const { night, history, order, terminal } = at;
  const { config } = order;
  const judging = await judgingInput(order, terminal);
  if (!judging.ok) return failedRun(judging.error);
  const means = await publishingMeans(config);
  if (!means.ok) return failedRun(means.error);
  const alerts = await openAuditAlerts(alertingOptions(order), config, terminal, night.group);
  if (!alerts.ok) return failedRun(alerts.error);

  await judgeNight(at, judging.value);
  const settled = (await history.nights.read(night.id)) ?? night;
  const accounts = auditedAccounts(settled);
  const expected = await expectedOfNight(settled, history.nights);
  const end: NightEnd = { finishedAt: systemClock.now(), expected, problem: null };
  const told = await asReport(at, { end, accounts });
  const { signer, wording } = means.value;
  const { checkSettings, suppressionFiles } = judging.value;
  const outcome = { report: told, documents: [], judgedAt: null, selection: null };
  const published = await publishVouched(
    {
      night: { outcome, formats: config.report.formats, checkSettings, suppressionFiles },
      files: renderNight(settled, { end, accounts }, { config, wording }),
      directory: join(config.report.directory, night.id),
      isChained: true,
    },
    config,
    { signer, keepsInputs: false, wording: null, at: end.finishedAt, terminal },
  );
  if (!published.ok) return failedRun([published.error]);
  const alerted = await endNight(at, { end, told }, alerts.value);
  return {
    ...doneBefore(night.id),
    accounts: accounts.map(({ summary }) => ({ ...summary, gaps: summary.gaps.length })),
    alerted,
    files: published.value,
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
const endNight = async (
  { night, history, order: { config }, terminal }: NightAtHand,
  { end, told }: { readonly end: NightEnd; readonly told: AuditReport },
  alerts: AuditAlerts,
): Promise<boolean> => {
  const { news } = alerts;
  const firstSeen = new Set<string>();
  await history.nights.finish(
    night.id,
    end,
    news === null ? undefined : (before, held) => news({ report: told, firstSeen, told: before }, held),
  );
  const { maxAgeDays, maxRuns } = config.history;
  await history.retain({ now: night.startedAt, maxAgeDays, maxRuns });
  const alerted = await alerts.ofReport(told, history.outbox);
  const uploaded = await uploadNights(config, { clock: systemClock, terminal });
  const toldOfUploads = await alerts.ofUploads(uploaded.news, history.outbox);
  return alerted && uploaded.allArrived && toldOfUploads;
};

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
      referenceDate: (await loadServiceReference()).dataDate,
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
