import { createHash } from 'node:crypto';
import type { Alert, AlertItem } from '../finding/alert.ts';
import type { Instant } from '../kernel/time.ts';
import type { ProsePart } from '../report/prose.ts';
import { capitalized } from '../report/words.ts';
import {
  alertAccount,
  alertHeadline,
  gapParts,
  itemFacts,
  itemHeadline,
  noticeParts,
  sentence,
} from './alert-words.ts';
import { truncated } from './defused.ts';
import { digestOf, restInWords } from './digest.ts';
import { type EnclosedReports, enclosureLines, NOTHING_ENCLOSED } from './enclosed-reports.ts';
import { html, type Markup } from './markup.ts';

/** A mail, without its sender and receivers. */
export interface MailMessage {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same for the same alert, so that a mail sent twice is one. */
  readonly messageId: string;
  /** The message that all mails of an account answer, and that nobody sent: mail programs join them by it. */
  readonly thread: string;
  readonly date: Instant;
}

const MOST_ITEMS = 100;
const MOST_GAPS = 50;
const MOST_NOTICES = 50;

/** Those of the page, in light. */
const COLOURS: Readonly<Record<AlertItem['severity'], string>> = {
  critical: '#9f1239',
  high: '#b3400e',
  medium: '#8a5a00',
  low: '#2c6487',
  info: '#596273',
};

/**
 * An alert as a mail. The subject is the same for an account every night, since some mail programs join by it too; what
 * matters tonight is the first line, which they show beside it.
 */
export const mailMessage = (
  alert: Alert,
  domain: string,
  enclosed: EnclosedReports = NOTHING_ENCLOSED,
): MailMessage => ({
  subject: truncated(`[Vigil] IAM of ${alertAccount(alert)}${alert.test ? ' (sample)' : ''}`, 200),
  text: mailText(alert, MOST_ITEMS, enclosureLines(enclosed)),
  html: mailHtml(alert, enclosureLines(enclosed)).text,
  messageId: `<vigil.${hashed(`${alert.route} ${alert.id}`)}@${domain}>`,
  thread: `<vigil.account.${hashed(`${alert.route} ${alert.account?.id ?? 'unknown'}`)}@${domain}>`,
  date: alert.at,
});

/** An alert as plain text, with no more than so many findings, and lines about the reports with it. */
export const mailText = (alert: Alert, mostItems: number, enclosure: readonly string[] = []): string => {
  const digest = digestOf(alert, mostItems);
  const rest = restInWords(digest);
  const paragraphs = [
    `${capitalized(alertAccount(alert))}: ${alertHeadline(alert)}.`,
    ...(alert.failure === null ? [] : [plain(sentence(capitalized(alert.failure)))]),
    ...noticesShown(alert).map(plain),
    ...digest.shown.map(itemText),
    ...(rest === null ? [] : [rest]),
    ...(alert.gaps.length === 0
      ? []
      : [['Could not be read:', ...gapsShown(alert).map((gap) => `- ${plain(gap)}`)].join('\n')]),
    ...(enclosure.length === 0 ? [] : [enclosure.join('\n')]),
    [...(alert.link === null ? [] : [`Report: ${alert.link}`]), ...footer(alert)].join('\n'),
  ];
  return `${paragraphs.join('\n\n')}\n`;
};

const itemText = (item: AlertItem): string =>
  [
    itemHeadline(item),
    ...itemFacts(item).map(({ label, parts }) => `  ${label}: ${plain(parts)}`),
    ...(item.link === null ? [] : [`  Details: ${item.link}`]),
  ].join('\n');

const mailHtml = (alert: Alert, enclosure: readonly string[]): Markup => {
  const digest = digestOf(alert, MOST_ITEMS);
  const rest = restInWords(digest);
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Vigil</title></head>
<body style="font: 15px/1.5 -apple-system, 'Segoe UI', Roboto, Arial, sans-serif; color: #1b1b1b; max-width: 46em">
<p style="font-size: 17px"><strong>${capitalized(alertAccount(alert))}: ${alertHeadline(alert)}.</strong></p>
${alert.failure === null ? [] : html`<p>${marked(sentence(capitalized(alert.failure)))}</p>`}
${noticesShown(alert).map((notice) => html`<p>${marked(notice)}</p>`)}
${digest.shown.map(itemHtml)}
${rest === null ? [] : html`<p><strong>${rest}</strong></p>`}
${alert.gaps.length === 0 ? [] : html`<p>Could not be read:</p><ul>${gapsShown(alert).map((gap) => html`<li>${marked(gap)}</li>`)}</ul>`}
${enclosure.length === 0 ? [] : html`<ul>${enclosure.map((line) => html`<li>${line}</li>`)}</ul>`}<p style="color: #595959">${alert.link === null ? [] : html`<a href="${alert.link}">Report</a><br>`}${footer(alert).join(' ')}</p>
</body></html>
`;
};

const itemHtml = (
  item: AlertItem,
): Markup => html`<div style="margin: 24px 0; padding-left: 14px; border-left: 4px solid ${COLOURS[item.severity]}"><h2 style="font-size: 16px; margin: 0 0 6px">${itemHeadline(item)}</h2>
<table style="border-spacing: 0">${itemFacts(item).map(
  ({ label, parts }) =>
    html`<tr><th scope="row" style="text-align: left; vertical-align: top; padding: 2px 16px 2px 0; color: #595959; font-weight: normal">${label}</th><td style="padding: 2px 0; overflow-wrap: anywhere">${marked(parts)}</td></tr>`,
)}</table>
${item.link === null ? [] : html`<p style="margin: 6px 0 0"><a href="${item.link}">Details</a></p>`}</div>
`;

const gapsShown = ({ gaps }: Alert): readonly (readonly ProsePart[])[] => gaps.slice(0, MOST_GAPS).map(gapParts);

const noticesShown = ({ notices }: Alert): readonly (readonly ProsePart[])[] =>
  notices.slice(0, MOST_NOTICES).map(noticeParts);

const footer = ({ test, runId, at, route }: Alert): readonly string[] => [
  ...(test ? ['This is a sample: nothing in it is true.'] : []),
  `Sent by Vigil, route ${route}${runId === null ? '' : `, run ${runId}`}, ${at}.`,
];

const plain = (parts: readonly ProsePart[]): string => parts.map(({ text }) => text).join('');
const marked = (parts: readonly ProsePart[]): readonly Markup[] =>
  parts.map(({ text, code }) => (code ? html`<code>${text}</code>` : html`${text}`));

const hashed = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);
