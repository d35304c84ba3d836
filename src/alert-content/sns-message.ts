import type { Alert } from '../finding/alert.ts';
import { SEVERITIES } from '../finding/check-result.ts';
import { alertJson, bytesOf } from './alert-json.ts';
import { alertAccount, alertHeadline } from './alert-words.ts';
import { mostThatFits } from './digest.ts';
import { mailText } from './mail-message.ts';

/** A message of Amazon SNS, without its topic. */
export interface SnsMessage {
  readonly subject: string;
  /** The text by protocol, as `MessageStructure: json` wants it: JSON for programs, words for mailboxes and phones. */
  readonly message: string;
  /** What filter policies of subscriptions can ask for. */
  readonly attributes: Readonly<Record<string, string>>;
}

// SNS takes 256 KiB of message and attributes (Amazon SNS API reference, Publish); the same text twice as JSON in JSON.
const MOST_BYTES = 250_000;
const MOST_JSON_BYTES = 110_000;
const MOST_ITEMS = 100;

/** An alert as a message of SNS, within its limits. */
export const snsMessage = (alert: Alert): SnsMessage => {
  const headline = `${alertAccount(alert)}: ${alertHeadline(alert)}`;
  const json = alertJson(alert, { mostItems: MOST_ITEMS, mostBytes: MOST_JSON_BYTES });
  const messageWith = (items: number): string =>
    JSON.stringify({ default: json, email: mailText(alert, items), sms: `Vigil: ${headline}`.slice(0, 300) });
  const most = mostThatFits(
    Math.min(MOST_ITEMS, alert.items.length),
    (items) => bytesOf(messageWith(items)) <= MOST_BYTES,
  );
  const worst = SEVERITIES.find((severity) => alert.items.some((item) => item.severity === severity));
  return {
    // ASCII without control characters, under 100 characters.
    subject: `Vigil: ${headline}`.replaceAll(/[^ -~]/g, '?').slice(0, 99),
    message: messageWith(most),
    attributes: {
      kind: alert.failure === null ? 'findings' : 'failure',
      severity: worst ?? 'none',
      ...(alert.account === null ? {} : { accountId: alert.account.id }),
    },
  };
};
