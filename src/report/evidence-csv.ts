import type { AuditReport, FindingState } from '../finding/audit-report.ts';
import type { ControlEvidence } from '../finding/control-evidence.ts';
import { findingKey } from '../finding/finding-key.ts';
import { compareText } from '../kernel/compare-text.ts';
import { boundedJson } from './bounded-json.ts';
import { nameOfArn } from './name-of-arn.ts';
import { ACCOUNT_ID_MEANING, type Column, DETAILS, defineTable, joined, RUN_ID } from './table.ts';

/** What a check says of a subject, for which controls, and the finding that it is. */
interface EvidenceRow {
  readonly evidence: ControlEvidence;
  readonly controls: string;
  /** Empty where nothing is wrong. */
  readonly key: string;
  readonly state: FindingState | '';
}

const COLUMNS: readonly Column<EvidenceRow>[] = [
  RUN_ID,
  ['account_id', ({ evidence }) => evidence.accountId, 'text', ACCOUNT_ID_MEANING],
  ['check_id', ({ evidence }) => evidence.checkId, 'text', 'the check that judged it'],
  [
    'outcome',
    ({ evidence }) => evidence.outcome,
    'word',
    '`pass`: it is in order; `fail`: it is not; `unknown`: it could not be judged',
  ],
  [
    'subject_name',
    ({ evidence: { subject, accountId } }) => (subject.type === 'Account' ? accountId : nameOfArn(subject.arn)),
    'text',
    'what was judged, by the last part of its ARN',
    DETAILS,
  ],
  ['subject_type', ({ evidence }) => evidence.subject.type, 'word', 'what kind of thing it is: User, Role …'],
  [
    'subject_part',
    ({ evidence }) => evidence.subject.part ?? '',
    'text',
    'which part of it: an access key, an inline policy',
  ],
  ['subject_arn', ({ evidence }) => evidence.subject.arn, 'text', 'ARN of what was judged', DETAILS],
  [
    'subject_id',
    ({ evidence }) => evidence.subject.id,
    'text',
    'unique id of what was judged; its ARN where AWS gives none',
    DETAILS,
  ],
  [
    'controls',
    ({ controls }) => controls,
    'list',
    'the controls that it is evidence for, as `framework:control`; controls.csv has their titles and status',
  ],
  ['reason', ({ evidence }) => evidence.reason ?? '', 'text', 'why it could not be judged'],
  [
    'observed',
    ({ evidence }) => JSON.stringify(boundedJson(evidence.observed)),
    'json',
    'the facts behind the outcome',
  ],
  ['finding_key', ({ key }) => key, 'text', '`key` of the finding in findings.csv; empty where nothing is wrong'],
  [
    'finding_state',
    ({ state }) => state,
    'word',
    '`state` of the finding: `suppressed` is accepted, and fails nevertheless',
  ],
];

/**
 * `control-evidence.csv`: a row for each subject of each check that speaks to a control, in order or not: the population of
 * which an auditor draws a sample. A check speaks to the same control in several frameworks and editions, so that the row
 * names its controls; a row for each would be ten times as many.
 */
export const evidenceTable = defineTable({
  file: 'control-evidence.csv',
  row: 'a thing that a check which speaks to a control judged, in order or not',
  columns: COLUMNS,
  rows: (report) => (report.controlEvidence === undefined ? null : evidenceRows(report.controlEvidence, report)),
});

const evidenceRows = (
  evidence: readonly ControlEvidence[],
  { controls = [], findings }: AuditReport,
): readonly EvidenceRow[] => {
  const byCheck = controlsByCheck(controls);
  const states = new Map(findings.map(({ key, state }) => [key, state]));
  return [...evidence].sort(byAccountCheckAndSubject).map((one) => {
    const { accountId, checkId, outcome, subject } = one;
    const key = outcome === 'pass' ? '' : findingKey({ checkId, accountId, subjectId: subject.id, part: subject.part });
    const state = states.get(key);
    return {
      evidence: one,
      controls: byCheck.get(checkId) ?? '',
      key: state === undefined ? '' : key,
      state: state ?? '',
    };
  });
};

const controlsByCheck = (controls: NonNullable<AuditReport['controls']>): ReadonlyMap<string, string> => {
  const byCheck = new Map<string, Set<string>>();
  for (const { framework, control, checks } of controls) {
    for (const check of checks) {
      const known = byCheck.get(check) ?? new Set();
      byCheck.set(check, known.add(`${framework}:${control}`));
    }
  }
  return new Map([...byCheck].map(([check, names]) => [check, joined([...names])]));
};

const byAccountCheckAndSubject = (left: ControlEvidence, right: ControlEvidence): number =>
  compareText(left.accountId, right.accountId) ||
  compareText(left.checkId, right.checkId) ||
  compareText(left.subject.arn, right.subject.arn) ||
  compareText(left.subject.part ?? '', right.subject.part ?? '');
