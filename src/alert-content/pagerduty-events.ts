import { createHash } from 'node:crypto';
import type { Alert, AlertItem, AlertNotice, NoticeKind } from '../finding/alert.ts';
import type { Severity } from '../finding/check-result.ts';
import type { JsonObject } from '../kernel/json.ts';
import { itemMembers } from './alert-json.ts';
import { alertAccount, alertHeadline, itemHeadline } from './alert-words.ts';
import { truncated } from './defused.ts';
import { digestOf, restInWords } from './digest.ts';

const MOST_ITEMS = 20;
const MOST_IN_SUMMARY = 1024;
const MOST_IN_KEY = 255;

const SEVERITIES: Readonly<Record<Severity, string>> = {
  critical: 'critical',
  high: 'error',
  medium: 'warning',
  low: 'info',
  info: 'info',
};

/** What is an incident beside findings, and what ends it; nobody is called for the other notices. */
const NOTICES: Readonly<Partial<Record<NoticeKind, readonly ['trigger' | 'resolve', string]>>> = {
  'account-missing': ['trigger', 'missing'],
  'account-back': ['resolve', 'missing'],
  'all-back': ['resolve', 'missing'],
  'route-dead': ['trigger', 'route'],
  upload: ['trigger', 'upload'],
};

/**
 * An alert as events of PagerDuty (Events API v2), without the routing key: one a finding, so that each is an incident that
 * closes by itself when its finding is resolved; and one for what is only counted, for gaps, for an account not audited or for all of
 * several.
 */
export const pagerdutyEvents = (alert: Alert): readonly JsonObject[] => {
  const digest = digestOf(alert, MOST_ITEMS);
  const remainder = restInWords(digest);
  const whole = remainder !== null || alert.gaps.length > 0 || alert.failure !== null;
  return [
    ...digest.shown.map((item) => itemEvent(alert, item)),
    ...(whole ? [accountEvent(alert, remainder)] : []),
    ...noticeEvents(alert),
  ];
};

const itemEvent = (alert: Alert, item: AlertItem): JsonObject => {
  const key = dedupKey(`${alert.test ? 'test:' : ''}vigil:${item.key}`);
  if (item.transition === 'resolved') return resolved(key);
  return {
    event_action: 'trigger',
    dedup_key: key,
    payload: {
      summary: truncated(`${alertAccount(alert)}: ${itemHeadline(item)}: ${item.who.name}`, MOST_IN_SUMMARY),
      source: truncated(item.who.arn, MOST_IN_SUMMARY),
      severity: SEVERITIES[item.severity],
      timestamp: alert.at,
      group: alert.account?.id ?? 'unknown',
      class: item.checkId,
      custom_details: { ...itemMembers(item), by: item.by === null ? null : { ...item.by } },
    },
    client: 'Vigil',
    ...(item.link === null ? {} : { links: [{ href: item.link, text: 'Details' }] }),
  };
};

const accountEvent = (alert: Alert, remainder: string | null): JsonObject => ({
  event_action: 'trigger',
  dedup_key: dedupKey(`vigil:account:${alert.account?.id ?? 'unknown'}:${alert.failure === null ? 'more' : 'failure'}`),
  payload: {
    summary: truncated(`${alertAccount(alert)}: ${alertHeadline(alert)}`, MOST_IN_SUMMARY),
    source: alert.account?.id ?? 'vigil',
    severity: alert.failure === null ? 'warning' : 'error',
    timestamp: alert.at,
    group: alert.account?.id ?? 'unknown',
    class: alert.failure === null ? 'audit-remainder' : 'audit-failed',
    custom_details: {
      failure: alert.failure === null ? null : truncated(alert.failure, MOST_IN_SUMMARY),
      remainder,
      gaps: alert.gaps.slice(0, MOST_ITEMS).map(({ source, detail, account }) => ({
        source,
        detail: truncated(detail, MOST_IN_SUMMARY),
        ...(account && { account: { ...account } }),
      })),
    },
  },
  client: 'Vigil',
  ...(alert.link === null ? {} : { links: [{ href: alert.link, text: 'Report' }] }),
});

const noticeEvents = (alert: Alert): readonly JsonObject[] => {
  const events = alert.notices.flatMap(({ kind, text }) => {
    const [action, subject] = NOTICES[kind] ?? [];
    if (action === undefined || subject === undefined) return [];
    return incidentsOf(alert, kind, subject).map(
      (key) => [key, action === 'trigger' ? noticeEvent(alert, { kind, text }, key) : resolved(key)] as const,
    );
  });
  // What several notices tell of one incident, the first of them sums up.
  return [...new Map(events.toReversed()).values()].toReversed();
};

/** Accounts that went missing together are one incident, which ends when all of them are back. */
const incidentsOf = (alert: Alert, kind: NoticeKind, subject: string): readonly string[] => {
  const { account, accountIds, id, route } = alert;
  const isOfSeveral = account === null && accountIds !== undefined;
  if (kind === 'all-back' || (kind === 'account-missing' && isOfSeveral)) return [dedupKey(`vigil:accounts:${route}`)];
  const of = kind === 'account-back' && isOfSeveral ? accountIds.slice(0, MOST_ITEMS) : [account?.id ?? id];
  return of.map((one) => dedupKey(`vigil:account:${one}:${subject}`));
};

const resolved = (key: string): JsonObject => ({ event_action: 'resolve', dedup_key: key });

const noticeEvent = (alert: Alert, { kind, text }: AlertNotice, key: string): JsonObject => ({
  event_action: 'trigger',
  dedup_key: key,
  payload: {
    summary: truncated(`${alertAccount(alert)}: ${text}`, MOST_IN_SUMMARY),
    source: alert.account?.id ?? 'vigil',
    severity: 'error',
    timestamp: alert.at,
    group: alert.account?.id ?? 'unknown',
    class: kind,
  },
  client: 'Vigil',
});

const dedupKey = (text: string): string =>
  text.length <= MOST_IN_KEY ? text : `vigil:${createHash('sha256').update(text).digest('hex')}`;
