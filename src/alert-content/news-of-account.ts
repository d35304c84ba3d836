import { createHash } from 'node:crypto';
import type { AlertGap, AlertNotice } from '../finding/alert.ts';
import type { AccountCoverage, AuditReport, Finding } from '../finding/audit-report.ts';
import { SEVERITIES } from '../finding/check-result.ts';
import type { SuppressionRule, SuppressionStatus } from '../finding/suppression.ts';
import { suppressionWarnings } from '../finding/suppression-warnings.ts';
import { GONE, type Told } from '../finding/told.ts';
import { type RouteMemory, recall, toldNow } from './route-memory.ts';
import { gapsOf, isOwnedBy, isSevereEnough } from './told-item.ts';

/** What there is to tell of an account besides its findings. */
export interface OtherNews {
  readonly gaps: readonly AlertGap[];
  readonly notices: readonly AlertNotice[];
  readonly told: readonly Told[];
}

const UNREAD = 'unread';

/** What could not be read and could the night before, and the other way round. */
export const newsOfCoverage = (account: AccountCoverage, memory: RouteMemory): OtherNews => {
  const gaps: AlertGap[] = [];
  const notices: AlertNotice[] = [];
  const told: Told[] = [];
  const unread = new Map(gapsOf(account).map((gap) => [gap.source, gap]));
  for (const { source, status } of memory.route.gaps ? account.coverage : []) {
    const gap = unread.get(source);
    const key = `gap ${account.accountId} ${source}`;
    const stance = gap === undefined ? GONE : UNREAD;
    const before = recall(memory, key);
    if (before === 'outdated' || (before?.stance ?? GONE) === stance) continue;
    if (gap !== undefined) gaps.push(gap);
    else if (status === 'read') notices.push({ kind: 'gap-ended', text: `\`${source}\` was read again.` });
    told.push(toldNow(memory, { accountId: account.accountId, key, stance }));
  }
  return { gaps, notices, told };
};

/** The suppressions of an account that have expired or soon will, for those who answer for them. */
export const newsOfSuppressions = (
  { suppressions = [], findings }: Pick<AuditReport, 'suppressions' | 'findings'>,
  accountId: string,
  memory: RouteMemory,
): OtherNews => {
  const byKey = new Map(findings.map((finding) => [finding.key, finding]));
  const notices: AlertNotice[] = [];
  const told: Told[] = [];
  for (const status of suppressions) {
    const matched = status.matches.flatMap(({ key }) => byKey.get(key) ?? []);
    // One that is about several accounts is told once, with the first.
    if (matched[0]?.accountId !== accountId || !isForRoute(status, matched, memory)) continue;
    const stance = expiryOf(status);
    const key = `suppression ${identityOf(status.rule)}`;
    const before = recall(memory, key);
    if (stance === null || before === 'outdated' || before?.stance === stance) continue;
    notices.push(...suppressionWarnings([status]).map((text) => ({ kind: 'suppression' as const, text: `${text}.` })));
    told.push(toldNow(memory, { accountId, key, stance }));
  }
  return { gaps: [], notices, told };
};

const isForRoute = ({ rule }: SuppressionStatus, matched: readonly Finding[], { route }: RouteMemory): boolean => {
  const [worst] = matched.map(({ severity }) => severity).sort((a, b) => SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b));
  return worst !== undefined && isSevereEnough(route, worst) && isOwnedBy(route, rule.owner);
};

const expiryOf = ({ matches, notice }: SuppressionStatus): string | null => {
  if (matches.some(({ verdict }) => verdict === 'expired')) return 'expired';
  return notice !== null && matches.some(({ verdict }) => verdict === 'suppressed') ? `${String(notice)} days` : null;
};

// Its line moves as the file is edited; a later day makes it another.
const identityOf = ({ check, principal, resource, account, part, expires }: SuppressionRule): string =>
  createHash('sha256')
    .update(JSON.stringify([check, principal, resource, account, part, expires]))
    .digest('hex')
    .slice(0, 16);
