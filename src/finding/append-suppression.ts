import { isMap, isSeq, parseDocument } from 'yaml';
import type { Finding } from './audit-report.ts';
import type { SuppressionReason } from './suppression.ts';

/** What somebody says who suppresses a finding. Days are `2027-01-31`. */
export interface NewSuppression {
  readonly reason: SuppressionReason;
  readonly justification: string;
  readonly owner: string;
  readonly approver: string;
  readonly ticket: string | null;
  readonly created: string;
  readonly expires: string;
  readonly pin: string | null;
}

const HEADER = ' What is accepted, by whom and until when. `vigil suppressions --preview` says what this file hides.';

/**
 * The text of a suppression file with an entry for one finding at its end. `text`: the file as it is, which holds in order; null:
 * there is none yet. Comments and order stay.
 */
export const appendSuppression = (text: string | null, finding: Finding, suppression: NewSuppression): string => {
  const document = parseDocument(text ?? 'suppressions: []\n');
  if (text === null) document.commentBefore = HEADER;
  const list = document.get('suppressions');
  if (!isSeq(list)) throw new Error('the suppression file was not parsed before');
  // An empty list is written `[]`, and stays in that style unless told.
  if (list.items.length === 0) list.flow = false;
  list.add(document.createNode(entryOf(finding, suppression)));
  if (isMap(document.contents) && list.items.length === 1) document.contents.flow = false;
  const isFlush = /^- /m.test(text ?? '');
  return document.toString({ lineWidth: 0, indentSeq: !isFlush });
};

/** The members of an entry in their order, those that say nothing left out. */
const entryOf = ({ checkId, accountId, subject }: Finding, suppression: NewSuppression) => {
  const isPrincipal = ['User', 'Group', 'Role', 'RootUser'].includes(subject.type);
  const members: readonly (readonly [string, string | null])[] = [
    ['check', checkId],
    [isPrincipal ? 'principal' : 'resource', subject.arn],
    // The ARN of a bucket says no account.
    ['account', subject.arn.split(':')[4] === accountId ? null : accountId],
    ['part', subject.part],
    ['reason', suppression.reason],
    ['justification', suppression.justification],
    ['owner', suppression.owner],
    ['approver', suppression.approver],
    ['ticket', suppression.ticket],
    ['created', suppression.created],
    ['expires', suppression.expires],
    ['pin', suppression.pin],
  ];
  return Object.fromEntries(members.filter(([, value]) => value !== null));
};
