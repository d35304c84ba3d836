import {
  type Alert,
  type AlertGap,
  type AlertItem,
  type AlertNotice,
  type NoticeKind,
  TRANSITIONS,
  type Transition,
} from '../finding/alert.ts';
import { type ProsePart, proseOf } from '../report/prose.ts';
import { capitalized, counted, listedInWords, nameInWords, numberInWords, timeInWords } from '../report/words.ts';
import { defused } from './defused.ts';
import { severitiesInWords } from './digest.ts';

/** A fact of a finding for people: its label, and words and names of which nothing is alive. */
export interface Fact {
  readonly label: string;
  readonly parts: readonly ProsePart[];
}

const TRANSITION_LABELS: Readonly<Record<Transition, string>> = {
  new: 'New',
  worsened: 'Worsened',
  reopened: 'Reopened',
  resolved: 'Resolved',
  open: 'Open',
  'still-open': 'Still open',
};

/** What people call the account of an alert: `prod (123456789012)`. */
export const alertAccount = ({ account, accountIds, items, failure }: Alert): string => {
  if (account === null && failure !== null) return 'the account';
  if (account === null) {
    const count = new Set(accountIds ?? items.flatMap((item) => item.account?.id ?? [])).size;
    return count > 1 ? counted(count, 'account') : 'your accounts';
  }
  const id = defused(account.id, 40);
  return account.alias === null ? `account ${id}` : `${defused(account.alias, 80)} (${id})`;
};

const NOTICES: Readonly<Record<NoticeKind, string>> = {
  'account-missing': 'missing from the audit',
  administrator: 'a new administrator',
  'route-dead': 'an alert route takes no alerts',
  upload: 'reports do not arrive',
  baseline: 'first audit',
  suppression: 'a suppression expires',
  'account-back': 'back in the audit',
  'all-back': 'all that were missing are back',
  'gap-ended': 'what could not be read was read again',
  heartbeat: 'all is well',
};

/** The alert in one line, without the account: `3 new, 1 worsened: 1 critical and 3 high`. */
export const alertHeadline = (alert: Alert): string => {
  const { items, gaps, notices, failure, test } = alert;
  const sample = test ? 'Sample: ' : '';
  if (failure !== null) return `${sample}could not be audited`;
  // Of a first audit only some are listed; its notice counts them.
  const isBaseline = notices.some(({ kind }) => kind === 'baseline');
  const listed = isBaseline ? items.filter(({ transition }) => transition !== 'open') : items;
  const counts = TRANSITIONS.map((transition) => ({
    transition,
    count: listed.filter((item) => item.transition === transition).length,
  })).filter(({ count }) => count > 0);
  const told = counts.map(({ transition, count }) =>
    transition === 'open'
      ? counted(count, 'finding open now', 'findings open now')
      : `${numberInWords(count)} ${transition.replace('-', ' ')}`,
  );
  const findings = told.length === 0 ? [] : [`${listedInWords(told, told.length)}: ${severitiesInWords(listed)}`];
  const unread =
    gaps.length === 0 ? [] : [counted(gaps.length, 'source could not be read', 'sources could not be read')];
  const besides = [...new Set(notices.map(({ kind }) => NOTICES[kind]))];
  return `${sample}${[...findings, ...unread, ...besides].join('; ') || 'nothing new'}`;
};

/** A finding in a line: `New, critical: Root user has no MFA device`. */
export const itemHeadline = ({ transition, severity, what }: AlertItem): string =>
  `${TRANSITION_LABELS[transition]}, ${severity}: ${defused(what.title, 200)}`;

const MOST_REASONS = 4;
const MOST_STEPS = 5;

/** What a message tells of a finding: who, what, why, since when, by whom, owner, mend. */
export const itemFacts = (item: AlertItem): readonly Fact[] => {
  const { account, who, what, why, since, by, owner, mend } = item;
  const part = who.part === null ? [] : [words(', '), code(who.part)];
  const reasons = why.length > MOST_REASONS ? [...why.slice(0, MOST_REASONS), 'and more'] : why;
  return [
    ...(account === undefined ? [] : [{ label: 'Account', parts: accountParts(account) }]),
    { label: 'Who', parts: [code(who.name), ...part, words(' '), code(who.arn)] },
    { label: 'What', parts: sentence(what.summary) },
    ...(reasons.length === 0 ? [] : [{ label: 'Why', parts: joined(reasons) }]),
    { label: 'Since', parts: [words(timeInWords(since))] },
    { label: 'By', parts: by === null ? [words('not known')] : actorParts(by) },
    { label: 'Owner', parts: owner === null ? [words('nobody is named')] : [code(owner)] },
    ...(mend.length === 0 ? [] : [{ label: 'Mend', parts: joined(mend.slice(0, MOST_STEPS)) }]),
  ];
};

/** What could not be read, in a sentence. */
export const gapParts = ({ account, source, detail, checks }: AlertGap): readonly ProsePart[] => [
  ...ofAccount(account),
  words(`${defused(nameInWords(source), 80)}: `),
  ...sentence(detail),
  words(checks === 0 ? '' : ` (${counted(checks, 'check')} could not judge)`),
];

/** A notice in sentences. */
export const noticeParts = ({ account, text }: AlertNotice): readonly ProsePart[] => [
  ...ofAccount(account),
  ...sentence(text),
];

/** A sentence of ours with names of the account in backticks, defused. */
export const sentence = (text: string): readonly ProsePart[] =>
  proseOf(text.slice(0, 2000)).map(({ text: piece, code: isCode }) => ({
    // The blanks between a word and a name are no blanks at the end of a text.
    text: isCode ? defused(piece) : spaced(piece),
    code: isCode,
  }));

const spaced = (piece: string): string =>
  `${/^\s/.test(piece) ? ' ' : ''}${defused(piece)}${/\S\s$/.test(piece) ? ' ' : ''}`;

const words = (text: string): ProsePart => ({ text, code: false });
const code = (text: string): ProsePart => ({ text: defused(text, 300), code: true });

const joined = (sentences: readonly string[]): readonly ProsePart[] =>
  sentences.flatMap((text, index) => [...(index === 0 ? [] : [words(' ')]), ...sentence(ended(text))]);

const ended = (text: string): string => (/[.!?…]$/.test(text) ? capitalized(text) : `${capitalized(text)}.`);

const ofAccount = (account: AlertItem['account']): readonly ProsePart[] =>
  account === undefined ? [] : [...accountParts(account), words(': ')];

const accountParts = ({ id, alias }: NonNullable<AlertItem['account']>): readonly ProsePart[] =>
  alias === null ? [code(id)] : [code(alias), words(' '), code(id)];

const actorParts = (by: NonNullable<AlertItem['by']>): readonly ProsePart[] => [
  code(by.arn),
  words(' with '),
  code(by.request),
  words(` on ${timeInWords(by.at)}`),
  ...(by.sourceIp === null ? [] : [words(' from '), code(by.sourceIp)]),
];
