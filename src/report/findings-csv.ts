import type { Finding } from '../finding/audit-report.ts';
import { confidenceOf } from '../finding/confidence.ts';
import { peopleInWords } from '../finding/people.ts';
import { boundedJson } from './bounded-json.ts';
import { nameOfSubject } from './name-of-arn.ts';
import { inReportOrder } from './report-order.ts';
import { ACCOUNT_ID_MEANING, type Column, DETAILS, defineTable, joined, RUN_ID } from './table.ts';

const EVENTS = 'cloudtrail:LookupEvents';

// What a person reads stands first, what a program looks up last.
const FINDING_COLUMNS: readonly Column<Finding>[] = [
  ['severity', (finding) => finding.severity, 'word', 'how bad it is: critical, high, medium, low or info'],
  [
    'state',
    (finding) => finding.state,
    'word',
    'where it stands since the audit before: new, worsened, reopened, open, not-evaluated, suppressed or resolved',
  ],
  [
    'outcome',
    (finding) => finding.outcome,
    'word',
    '`fail`: something is wrong; `unknown`: it could not be judged for want of data',
  ],
  ['title', (finding) => finding.title, 'text', 'what the check finds wrong'],
  [
    'subject_name',
    (finding) => nameOfSubject(finding, finding.accountId),
    'text',
    'what the finding is about, by the last part of its ARN',
    DETAILS,
  ],
  [
    'subject_type',
    (finding) => finding.subject.type,
    'word',
    'what kind of thing it is about: User, Role, ManagedPolicy …',
  ],
  [
    'subject_part',
    (finding) => finding.subject.part ?? '',
    'text',
    'which part of it, where one can have several findings of a check: an access key, an inline policy',
  ],
  ['account_id', (finding) => finding.accountId, 'text', ACCOUNT_ID_MEANING],
  ['summary', (finding) => finding.summary, 'text', 'the case in a sentence'],
  ['conditions', (finding) => finding.conditions?.text ?? '', 'text', 'what must hold for the access to be real'],
  // Sentences, each with its full stop.
  ['remediation', (finding) => finding.remediation.join(' '), 'sentences', 'how to mend it'],
  [
    'frameworks',
    (finding) => joined(finding.frameworks),
    'list',
    'controls of compliance frameworks that it speaks to',
  ],
  ['first_seen', (finding) => finding.firstSeen, 'time', 'the audit that found it first'],
  ['last_seen', (finding) => finding.lastSeen, 'time', 'the last audit that found it'],
  ['category', (finding) => finding.category, 'word', 'the family of its check'],
  ['check_id', (finding) => finding.checkId, 'text', 'the check that found it; the same for ever'],
  ['subject_arn', (finding) => finding.subject.arn, 'text', 'ARN of what it is about', DETAILS],
  [
    'subject_id',
    (finding) => finding.subject.id,
    'text',
    'unique id of what it is about (`AIDA…`, `AROA…`); its ARN where AWS gives none',
    DETAILS,
  ],
  [
    'escalation_reaches',
    (finding) => finding.escalation?.reaches ?? '',
    'text',
    'of an escalation, what is gained: `administrator`, or an ARN',
  ],
  [
    'escalation_proof',
    (finding) => finding.escalation?.proof ?? '',
    'word',
    '`proven`: replayed on a copy of the account; `derived`: by the policies; `conditional`: under conditions',
  ],
  [
    'escalation_methods',
    (finding) => joined(finding.escalation?.steps.map(({ method }) => method)),
    'list',
    'the methods of the escalation, step by step',
  ],
  [
    'external_principal',
    (finding) => finding.external?.principal ?? '',
    'text',
    'who gets in from outside, as the policy names it',
    DETAILS,
  ],
  [
    'external_kind',
    (finding) => finding.external?.kind ?? '',
    'word',
    'what they are: public, account, organization, federated or service',
  ],
  ['external_resource', (finding) => finding.external?.resource ?? '', 'text', 'what they get at, by its ARN'],
  ['external_actions', (finding) => joined(finding.external?.actions), 'list', 'what they may do with it'],
  ['evidence', (finding) => JSON.stringify(boundedJson(finding.evidence)), 'json', 'the facts behind the finding'],
  ['key', (finding) => finding.key, 'text', 'identity of the finding: the same every night for the same problem'],
  ['confidence', confidenceOf, 'word', 'how sure the finding is'],
  ['owner', (finding) => finding.owner ?? '', 'text', 'who answers for it, by the `owners` of the configuration'],
  ['by', ({ by }) => by?.[0]?.arn ?? '', 'text', 'who made the change behind it, where CloudTrail tells', EVENTS],
  ['by_at', ({ by }) => by?.[0]?.at ?? '', 'time', 'when the change was made', EVENTS],
  ['by_request', ({ by }) => by?.[0]?.request ?? '', 'text', 'the API call that made the change', EVENTS],
  ['by_source_ip', ({ by }) => by?.[0]?.sourceIp ?? '', 'text', 'where the call came from, by its address', EVENTS],
  [
    'people',
    ({ people }) => (people === undefined ? '' : peopleInWords(people)),
    'text',
    'of a role of IAM Identity Center, who signs in as it: the users and groups that are assigned its permission set',
    'sso:ListAccountAssignments',
  ],
  RUN_ID,
];

/** `findings.csv`: one row a finding. */
export const findingsTable = defineTable({
  file: 'findings.csv',
  row: 'a finding',
  columns: FINDING_COLUMNS,
  rows: (report) => inReportOrder(report).findings,
});
