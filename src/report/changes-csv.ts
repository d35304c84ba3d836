import type { AccountChange, PermissionsOfService } from '../finding/account-change.ts';
import type { AuditReport } from '../finding/audit-report.ts';
import { boundedJson } from './bounded-json.ts';
import { changeInWords } from './change-words.ts';
import { type Column, table } from './csv.ts';
import { nameOfArn } from './name-of-arn.ts';
import { inReportOrder } from './report-order.ts';

interface ChangeRow {
  readonly change: AccountChange;
  /** The audit that the account is compared with. */
  readonly since: string;
}

const jsonText = (value: AccountChange['before']): string => (value === null ? '' : JSON.stringify(boundedJson(value)));

const actionsText = (
  rows: readonly PermissionsOfService[] | undefined,
  change: PermissionsOfService['change'],
): string =>
  (rows ?? [])
    .filter((row) => row.change === change)
    .flatMap(({ actions, conditional }) => actions.map((action) => (conditional ? `${action} (conditional)` : action)))
    .join('; ');

// Users script against names and order: new columns go to the end, none ever moves.
const COLUMNS: readonly Column<ChangeRow>[] = [
  ['kind', ({ change }) => change.kind],
  ['summary', ({ change }) => changeInWords(change)],
  ['subject_name', ({ change }) => nameOfArn(change.subject.arn)],
  ['subject_type', ({ change }) => change.subject.type],
  ['subject_part', ({ change }) => change.subject.part ?? ''],
  ['account_id', ({ change }) => change.accountId],
  ['since_run', ({ since }) => since],
  ['by', ({ change }) => change.by.map(({ arn }) => arn).join('; ')],
  ['by_at', ({ change }) => change.by.map(({ at }) => at).join('; ')],
  ['by_request', ({ change }) => change.by.map(({ request }) => request).join('; ')],
  ['by_source_ip', ({ change }) => change.by.map(({ sourceIp }) => sourceIp ?? '').join('; ')],
  ['gained_actions', ({ change }) => actionsText(change.permissions?.gained, 'action')],
  ['lost_actions', ({ change }) => actionsText(change.permissions?.lost, 'action')],
  ['gained_resources_for', ({ change }) => actionsText(change.permissions?.gained, 'resources')],
  ['lost_resources_for', ({ change }) => actionsText(change.permissions?.lost, 'resources')],
  ['fewer_conditions_for', ({ change }) => actionsText(change.permissions?.gained, 'conditions')],
  ['more_conditions_for', ({ change }) => actionsText(change.permissions?.lost, 'conditions')],
  ['before', ({ change }) => jsonText(change.before)],
  ['after', ({ change }) => jsonText(change.after)],
  ['subject_arn', ({ change }) => change.subject.arn],
  ['subject_id', ({ change }) => change.subject.id],
];

/** The text of `changes.csv`: a row for each change since the audit before. */
export const changesCsv = (report: AuditReport): string => {
  const { changes = [], comparisons = [] } = inReportOrder(report);
  const since = new Map(comparisons.map(({ accountId, runId }) => [accountId, runId]));
  return table(
    COLUMNS,
    changes.map((change) => ({ change, since: since.get(change.accountId) ?? '' })),
  );
};
