import type { Alert } from '../finding/alert.ts';
import type { AuditReport } from '../finding/audit-report.ts';
import type { Told } from '../finding/told.ts';
import { counted, dayInWords } from '../report/words.ts';
import { noticeAlert } from './notice-alert.ts';
import { hasBeen, type RouteMemory, recall, toldNow } from './route-memory.ts';
import { isOfRoute, isWanted } from './told-item.ts';

const KEY = 'heartbeat';
const DAYS = 7;

/** Tells a route that wants it that nothing was to be told for a week. Counts the audits since it was told anything. */
export const heartbeatOf = (
  report: AuditReport,
  memory: RouteMemory,
  hasOtherNews: boolean,
): { readonly alerts: readonly Alert[]; readonly told: readonly Told[] } => {
  const { route, at, startedAt } = memory;
  const before = recall(memory, KEY);
  if (route.heartbeat === undefined || before === 'outdated') return { alerts: [], told: [] };
  const remembered = (audits: number): Told => toldNow(memory, { accountId: '', key: KEY, stance: String(audits) });
  if (hasOtherNews) return { alerts: [], told: [remembered(0)] };
  if (before === null) return { alerts: [], told: [remembered(1)] };
  // The same audit again is none to count.
  const audits = Number(before.stance) + (before.asOf === startedAt ? 0 : 1);
  if (!hasBeen(DAYS, before.toldAt, at))
    return { alerts: [], told: [{ ...remembered(audits), toldAt: before.toldAt }] };
  const text = heartbeatText(report, memory, { audits, since: before.toldAt });
  const alert = noticeAlert([{ kind: 'heartbeat', text }], {
    route: route.name,
    at,
    runId: report.run.id,
    subject: [KEY, report.run.id],
  });
  return { alerts: [alert], told: [remembered(0)] };
};

const heartbeatText = (
  { findings }: AuditReport,
  { route }: RouteMemory,
  { audits, since }: { readonly audits: number; readonly since: Told['toldAt'] },
): string => {
  const open = findings.filter(
    (finding) =>
      finding.outcome === 'fail' &&
      (finding.state === 'open' || finding.state === 'not-evaluated') &&
      isWanted(route.accounts, finding.accountId) &&
      isOfRoute(route, finding),
  ).length;
  const known =
    open === 0
      ? 'None of what this route is told is open.'
      : `${counted(open, 'finding that was told is', 'findings that were told are')} open.`;
  return `${counted(audits, 'audit')} since ${dayInWords(since)}, and nothing new. ${known}`;
};
