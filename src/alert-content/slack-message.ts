import type { Alert, AlertItem } from '../finding/alert.ts';
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

/** A message of Slack in Block Kit: what an incoming webhook takes. */
export interface SlackMessage {
  /** What notifications show. */
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
  readonly unfurl_links: false;
  readonly unfurl_media: false;
}

/** The blocks in use (https://docs.slack.dev/reference/block-kit/blocks). */
export type SlackBlock =
  | { readonly type: 'header'; readonly text: PlainText }
  | { readonly type: 'section'; readonly text: MarkdownText }
  | { readonly type: 'context'; readonly elements: readonly MarkdownText[] }
  | { readonly type: 'divider' };

interface PlainText {
  readonly type: 'plain_text';
  readonly text: string;
  readonly emoji: false;
}

interface MarkdownText {
  readonly type: 'mrkdwn';
  readonly text: string;
  readonly verbatim: true;
}

// Slack takes 50 blocks of 3,000 characters; a wall of text is read by nobody, so fewer findings are shown.
const MOST_ITEMS = 15;
const MOST_GAPS = 10;
const MOST_NOTICES = 10;
const MOST_IN_HEADER = 150;
const MOST_IN_SECTION = 3000;

/** An alert as a message of Slack, within Slack's limits. What comes from the account stands as code, and calls nobody. */
export const slackMessage = (alert: Alert): SlackMessage => {
  const headline = `${alertAccount(alert)}: ${alertHeadline(alert)}`;
  const digest = digestOf(alert, MOST_ITEMS);
  const rest = restInWords(digest);
  return {
    text: truncated(escaped(`Vigil: ${headline}`), MOST_IN_SECTION),
    blocks: [
      {
        type: 'header',
        text: { type: 'plain_text', text: truncated(`Vigil: ${headline}`, MOST_IN_HEADER), emoji: false },
      },
      ...(alert.failure === null ? [] : [section(markdown(sentence(capitalized(alert.failure))))]),
      ...(alert.notices.length === 0 ? [] : [section(noticesText(alert))]),
      ...digest.shown.map((item) => section(itemText(item))),
      ...(rest === null ? [] : [section(`*${rest}*`)]),
      ...(alert.gaps.length === 0 ? [] : [section(gapsText(alert))]),
      { type: 'context', elements: [mrkdwn(footer(alert))] },
    ],
    unfurl_links: false,
    unfurl_media: false,
  };
};

const itemText = (item: AlertItem): string => {
  const title = `*${escaped(itemHeadline(item))}*${item.link === null ? '' : ` (${linkTo(item.link, 'details')})`}`;
  return [title, ...itemFacts(item).map(({ label, parts }) => `*${label}:* ${markdown(parts)}`)].join('\n');
};

const noticesText = ({ notices }: Alert): string => {
  const more = notices.length > MOST_NOTICES ? [`and ${String(notices.length - MOST_NOTICES)} more`] : [];
  return [...notices.slice(0, MOST_NOTICES).map((notice) => markdown(noticeParts(notice))), ...more].join('\n');
};

const gapsText = ({ gaps }: Alert): string => {
  const lines = gaps.slice(0, MOST_GAPS).map((gap) => `• ${markdown(gapParts(gap))}`);
  const more = gaps.length > MOST_GAPS ? [`• and ${String(gaps.length - MOST_GAPS)} more`] : [];
  return ['*Could not be read*', ...lines, ...more].join('\n');
};

const footer = ({ id, at, runId, link, test }: Alert): string =>
  [
    ...(test ? ['A sample: nothing in it is true'] : []),
    ...(link === null ? [] : [linkTo(link, 'Report')]),
    ...(runId === null ? [] : [`run ${escaped(runId)}`]),
    at,
    `alert ${escaped(id)}`,
  ].join(' · ');

const section = (text: string): SlackBlock => ({ type: 'section', text: mrkdwn(text) });

// `verbatim`: Slack makes no links of what looks like one.
const mrkdwn = (text: string): MarkdownText => ({
  type: 'mrkdwn',
  text: whole(text),
  verbatim: true,
});

// A text cut inside an entity, a link or a stretch of code would show its remains: cut before it, or closed.
const whole = (text: string): string => {
  if (text.length <= MOST_IN_SECTION) return text;
  const cut = truncated(text, MOST_IN_SECTION - 1).replace(/[&<][^;>\s]*…$/, '…');
  const lastLine = cut.slice(cut.lastIndexOf('\n') + 1);
  return lastLine.split('`').length % 2 === 0 ? `${cut}\`` : cut;
};

const markdown = (parts: readonly ProsePart[]): string =>
  parts.map(({ text, code }) => (code ? `\`${escaped(text)}\`` : escaped(text))).join('');

const linkTo = (url: string, label: string): string => `<${escaped(url).replaceAll('|', '%7C')}|${label}>`;

// https://docs.slack.dev/messaging/formatting-message-text: the first three make mentions and links, the last code.
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('`', "'");
