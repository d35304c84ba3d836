import type { Alert, AlertItem, AlertNotice } from '../finding/alert.ts';
import type { AuditReport } from '../finding/audit-report.ts';
import type { ExpectedAccount } from '../finding/expected-account.ts';
import { compareFindings } from '../finding/finding-order.ts';
import type { News, Told } from '../finding/told.ts';
import type { Instant } from '../kernel/time.ts';
import { counted } from '../report/words.ts';
import { alertId } from './alert-id.ts';
import { isBaseline } from './baseline-of-night.ts';
import { quoted } from './defused.ts';
import { severitiesInWords } from './digest.ts';
import { heartbeatOf } from './heartbeat.ts';
import { mergedAlert } from './merged-alert.ts';
import { newsOfCoverage, newsOfSuppressions, type OtherNews } from './news-of-account.ts';
import { newsOfAdministrators } from './news-of-administrators.ts';
import { type ExpectedNews, newsOfExpected } from './news-of-expected.ts';
import { newsOfFindings } from './news-of-findings.ts';
import { noticeAlert } from './notice-alert.ts';
import { type NewsRoute, type RouteMemory, recall, toldNow } from './route-memory.ts';
import { isWanted } from './told-item.ts';

/** An audit that is remembered, and what the routes were told before. */
export interface AuditToTell {
  readonly report: AuditReport;
  /** The accounts that no earlier audit is known of. */
  readonly firstSeen: ReadonlySet<string>;
  readonly routes: readonly NewsRoute[];
  readonly told: readonly Told[];
  /** The address of the report's page; null: nobody serves it. */
  readonly link: string | null;
  /** The time by the clock that delivers. */
  readonly at: Instant;
}

/**
 * What the routes are to be told of an audit: what they do not know yet, an alert an account, and one about all that have become
 * missing or are back. Of the first audit of an account the worst is told and the rest counted; a route that had nothing to be told for
 * a week hears that, if it wants to.
 */
export const newsOfAudit = (audit: AuditToTell): News => {
  const alerts: Alert[] = [];
  const told: Told[] = [];
  for (const route of audit.routes) {
    const known = new Map(audit.told.filter((row) => row.route === route.name).map((row) => [row.key, row]));
    const memory = { route, known, startedAt: audit.report.run.startedAt, at: audit.at };
    const accounts = accountsOf(audit.report).filter(({ accountId }) => isWanted(route.accounts, accountId));
    const presence = newsOfExpected(
      accounts.flatMap(({ expected }) => expected ?? []),
      memory,
    );
    const news = accounts.map((account) => newsOfOne(account, audit, memory, noticesFor(account, presence)));
    const ofRoute = [...aboutSeveral(presence, audit, route), ...news.flatMap(({ alert }) => alert ?? [])];
    const heartbeat = heartbeatOf(audit.report, memory, ofRoute.length > 0);
    alerts.push(...withOneBaseline(ofRoute), ...heartbeat.alerts);
    told.push(...presence.told, ...news.flatMap((one) => one.told), ...heartbeat.told);
  }
  return { alerts, told, at: audit.at };
};

/** The first audits of several accounts are one message, however many there are. */
const withOneBaseline = (alerts: readonly Alert[]): readonly Alert[] => {
  const first = alerts.filter(isBaseline);
  return first.length < 2 ? alerts : [...alerts.filter((alert) => !isBaseline(alert)), mergedAlert(first)];
};

/** That it is missing or back is told with what else there is of an account, unless it is told of several. */
const noticesFor = ({ expected }: AccountToTell, { accounts, notices }: ExpectedNews): readonly AlertNotice[] =>
  accounts.length === 1 && accounts[0] === expected ? notices : [];

const aboutSeveral = (
  { accounts, notices }: ExpectedNews,
  { report: { run }, link }: AuditToTell,
  route: NewsRoute,
): readonly Alert[] => {
  if (notices.length === 0 || accounts.length === 1) return [];
  const accountIds = accounts.flatMap(({ accountId }) => accountId ?? []);
  const subject = ['accounts', run.id, ...accountIds, ...notices.map(({ text }) => text)];
  return [noticeAlert(notices, { route: route.name, runId: run.id, at: run.finishedAt, link, accountIds, subject })];
};

/** An account that was read, that was to be read, or both. */
interface AccountToTell {
  readonly accountId: string;
  readonly alias: string | null;
  readonly expected: ExpectedAccount | null;
}

const accountsOf = ({ accounts, expected = [] }: AuditReport): readonly AccountToTell[] => {
  const read = new Map(accounts.map(({ accountId, alias }) => [accountId, alias]));
  const expectedOf = new Map(expected.map((one) => [one.accountId ?? '', one]));
  const others = expected.filter(({ accountId }) => accountId === null || !read.has(accountId));
  return [
    ...[...read].map(([accountId, alias]) => ({ accountId, alias, expected: expectedOf.get(accountId) ?? null })),
    ...others.map((one) => ({ accountId: one.accountId ?? '', alias: one.name, expected: one })),
  ];
};

const newsOfOne = (
  { accountId, alias }: AccountToTell,
  { report, firstSeen, link }: AuditToTell,
  memory: RouteMemory,
  expected: readonly AlertNotice[],
): { readonly alert: Alert | null; readonly told: readonly Told[] } => {
  const { route } = memory;
  const isRead = report.accounts.some((row) => row.accountId === accountId);
  const marker = { accountId, key: `baseline ${accountId}`, stance: 'told' };
  const isNewToRoute = isRead && recall(memory, marker.key) === null;
  const sinceBaseline = !isNewToRoute && !firstSeen.has(accountId);
  const findings = report.findings.filter((finding) => finding.accountId === accountId).toSorted(compareFindings);
  // Of an account that was not read, here or by an audit of its own, nothing is over.
  const found = isRead
    ? newsOfFindings(findings, memory, { account: { accountId, alias }, link, sinceBaseline })
    : NO_FINDINGS;
  const others: readonly OtherNews[] = [
    ...report.accounts.filter((row) => row.accountId === accountId).map((row) => newsOfCoverage(row, memory)),
    newsOfSuppressions(report, accountId, memory),
    ...(isRead ? [newsOfAdministrators(report, { accountId, sinceBaseline }, memory)] : []),
  ];
  const { items, notices: baseline } = sinceBaseline
    ? { items: found.items, notices: [] }
    : inShort(found.items, alias ?? accountId, firstSeen.has(accountId));
  const gaps = others.flatMap((other) => other.gaps);
  const notices = [...baseline, ...expected, ...others.flatMap((other) => other.notices)];
  const told = [
    ...(isNewToRoute ? [toldNow(memory, marker)] : []),
    ...found.told,
    ...others.flatMap((other) => other.told),
  ];
  if (items.length + gaps.length + notices.length === 0) return { alert: null, told };
  const content = [
    ...found.items.map(({ key, transition }) => `${transition} ${key}`),
    ...gaps.map(({ source }) => source),
    ...notices.map(({ text }) => text),
  ];
  const alert: Alert = {
    id: alertId([route.name, accountId, report.run.id, ...content]),
    route: route.name,
    test: false,
    account: accountId === '' ? null : { id: accountId, alias },
    runId: report.run.id,
    at: report.run.finishedAt,
    sinceBaseline,
    items,
    gaps,
    notices,
    failure: null,
    link,
  };
  return { alert, told };
};

const NO_FINDINGS: ReturnType<typeof newsOfFindings> = { items: [], told: [] };
const MOST_OF_BASELINE = 5;

/** The first audit of an account in a few words, with the worst that it found. */
const inShort = (
  items: readonly AlertItem[],
  account: string,
  isFirst: boolean,
): { readonly items: readonly AlertItem[]; readonly notices: readonly AlertNotice[] } => {
  if (items.length === 0) return { items, notices: [] };
  const listed = items.length > MOST_OF_BASELINE ? ` Here are the worst ${String(MOST_OF_BASELINE)}.` : '';
  const text =
    `This is the first audit of ${quoted(account)}${isFirst ? '' : ' that this route is told of'}: ${counted(items.length, 'finding is', 'findings are')} open, ` +
    `${severitiesInWords(items)}.${listed} From now on what changes is told.`;
  return { items: items.slice(0, MOST_OF_BASELINE), notices: [{ kind: 'baseline', text }] };
};
