import type { Alert, AlertItem } from '../finding/alert.ts';
import { truncated } from './defused.ts';
import { digestOf, mostThatFits } from './digest.ts';

const MOST_IN_TEXT = 4000;
const MOST_IN_LIST = 20;
const MOST_NOTICES = 20;
const MOST_ACCOUNTS = 1000;
const MOST_IN_NOTICE = 1000;

/**
 * An alert as JSON for programs, in no more than so many bytes and so many findings: what webhooks, SNS and
 * EventBridge carry. Texts are data as the account has them, cut at 4,000 characters; members stand in a fixed order.
 */
export const alertJson = (alert: Alert, { mostItems, mostBytes }: JsonLimits): string => {
  const count = mostThatFits(
    Math.min(mostItems, alert.items.length),
    (items) => bytesOf(jsonOf(alert, items)) <= mostBytes,
  );
  return jsonOf(alert, count);
};

/** What a channel takes at most. */
export interface JsonLimits {
  readonly mostItems: number;
  readonly mostBytes: number;
}

/** The length of a text in bytes of UTF-8. */
export const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

const jsonOf = (alert: Alert, count: number): string => {
  const { shown, rest } = digestOf(alert, count);
  return JSON.stringify({
    type: 'vigil.alert',
    schemaVersion: '1.0',
    id: alert.id,
    test: alert.test,
    route: alert.route,
    account: alert.account,
    ...(alert.accountIds && { accountIds: alert.accountIds.slice(0, MOST_ACCOUNTS) }),
    runId: alert.runId,
    at: alert.at,
    sinceBaseline: alert.sinceBaseline,
    failure: alert.failure === null ? null : truncated(alert.failure, MOST_IN_TEXT),
    findings: shown.map((item) => ({ ...itemMembers(item), ...(item.account && { account: item.account }) })),
    findingsNotShown: rest.length,
    notices: alert.notices.slice(0, MOST_NOTICES).map(({ kind, text, account }) => ({
      kind,
      text: truncated(text, MOST_IN_NOTICE),
      ...(account && { account }),
    })),
    gaps: alert.gaps.slice(0, MOST_IN_LIST * 2).map(({ source, detail, checks, account }) => ({
      source,
      detail: truncated(detail, MOST_IN_TEXT),
      checks,
      ...(account && { account }),
    })),
    link: alert.link,
  });
};

/** A finding of an alert, as JSON shows it. */
export const itemMembers = (item: AlertItem) => ({
  key: item.key,
  checkId: item.checkId,
  category: item.category,
  severity: item.severity,
  transition: item.transition,
  who: { name: item.who.name, arn: item.who.arn, part: item.who.part },
  title: truncated(item.what.title, MOST_IN_TEXT),
  summary: truncated(item.what.summary, MOST_IN_TEXT),
  why: item.why.slice(0, MOST_IN_LIST).map((text) => truncated(text, MOST_IN_TEXT)),
  since: item.since,
  by: item.by,
  owner: item.owner,
  mend: item.mend.slice(0, MOST_IN_LIST).map((text) => truncated(text, MOST_IN_TEXT)),
  link: item.link,
});
