import type { Finding } from '../finding/audit-report.ts';
import type { Escalation, EscalationStep } from '../finding/check-result.ts';
import { FINDING_COLUMNS } from './finding-columns.ts';
import { grantText } from './grant-text.ts';
import { nameOfArn } from './name-of-arn.ts';
import { inReportOrder } from './report-order.ts';
import { type Column, DETAILS, defineTable, joined } from './table.ts';

/** A step of a path, and the finding that tells the path. */
interface StepRow {
  readonly finding: Finding;
  readonly escalation: Escalation;
  readonly step: EscalationStep;
  /** Counts from 1. */
  readonly number: number;
}

const COLUMNS: readonly Column<StepRow>[] = [
  ...FINDING_COLUMNS,
  ['principal_name', ({ finding }) => nameOfArn(finding.subject.arn), 'text', 'where the path begins', DETAILS],
  ['principal_arn', ({ finding }) => finding.subject.arn, 'text', 'where the path begins, by its ARN', DETAILS],
  ['reaches', ({ escalation }) => escalation.reaches, 'text', 'what is gained at the end: `administrator`, or an ARN'],
  [
    'proof',
    ({ escalation }) => escalation.proof,
    'word',
    '`proven`: replayed on a copy of the account; `derived`: by the policies; `conditional`: under conditions',
  ],
  ['steps', ({ escalation }) => String(escalation.steps.length), 'number', 'how many steps the path has'],
  ['step', ({ number }) => String(number), 'number', 'which of them it is, from 1'],
  ['method', ({ step }) => step.method, 'text', 'how the step is made, by the catalogue of escalations'],
  ['from', ({ step }) => step.from, 'text', 'who makes the step'],
  ['to', ({ step }) => step.to, 'text', 'who they are afterwards'],
  [
    'actions',
    ({ step }) => joined(step.requests.map(({ action }) => action)),
    'list',
    'the requests of the step, by their actions',
  ],
  [
    'resources',
    ({ step }) => joined(step.requests.map(({ resource }) => resource)),
    'list',
    'what each of the requests is about',
  ],
  [
    'granted_by',
    ({ step }) => joined([...new Set(step.requests.flatMap(({ grantedBy }) => grantedBy.map(grantText)))]),
    'list',
    'the statements that grant them, counted from 1, with their policies',
    DETAILS,
  ],
  [
    'preconditions',
    ({ step }) => (step.preconditions ?? []).join(' '),
    'sentences',
    'what holds in the account beside the permissions',
  ],
  ['check_id', ({ finding }) => finding.checkId, 'text', 'the check that found the path'],
  ['finding_key', ({ finding }) => finding.key, 'text', '`key` of the finding in findings.csv'],
];

/** `escalation-paths.csv`: a row for each step of each path by which somebody gains more than they hold, accepted or not. */
export const pathsTable = defineTable({
  file: 'escalation-paths.csv',
  row: 'a step of a path by which a principal gains more than it holds',
  columns: COLUMNS,
  rows: (report) =>
    inReportOrder(report).findings.flatMap((finding) =>
      finding.escalation === undefined || finding.state === 'resolved' ? [] : stepsOf(finding, finding.escalation),
    ),
});

const stepsOf = (finding: Finding, escalation: Escalation): readonly StepRow[] =>
  escalation.steps.map((step, index) => ({ finding, escalation, step, number: index + 1 }));
