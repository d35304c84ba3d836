import type { AccountChange, PermissionsOfService } from '../finding/account-change.ts';
import { boundedJson } from './bounded-json.ts';
import { changeInWords } from './change-words.ts';
import { nameOfArn } from './name-of-arn.ts';
import { inReportOrder } from './report-order.ts';
import { ACCOUNT_ID_MEANING, type Column, DETAILS, defineTable, joined, RUN_ID } from './table.ts';

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

const EVENTS = 'cloudtrail:LookupEvents';

const COLUMNS: readonly Column<ChangeRow>[] = [
  ['kind', ({ change }) => change.kind, 'word', 'what kind of change it is'],
  ['summary', ({ change }) => changeInWords(change), 'text', 'the change in a sentence'],
  ['subject_name', ({ change }) => nameOfArn(change.subject.arn), 'text', 'what changed, by its name', DETAILS],
  [
    'subject_type',
    ({ change }) => change.subject.type,
    'word',
    'what kind of thing changed: User, Role, ManagedPolicy …',
  ],
  ['subject_part', ({ change }) => change.subject.part ?? '', 'text', 'which part of it: a policy, a key, a tag'],
  ['account_id', ({ change }) => change.accountId, 'text', ACCOUNT_ID_MEANING],
  ['since_run', ({ since }) => since, 'text', 'the audit that the account is compared with'],
  ['by', ({ change }) => joined(change.by.map(({ arn }) => arn)), 'list', 'who did it, by ARN', EVENTS],
  ['by_at', ({ change }) => joined(change.by.map(({ at }) => at)), 'list', 'when, for each of `by`', EVENTS],
  [
    'by_request',
    ({ change }) => joined(change.by.map(({ request }) => request)),
    'list',
    'by which API call, for each of `by`',
    EVENTS,
  ],
  [
    'by_source_ip',
    ({ change }) => joined(change.by.map(({ sourceIp }) => sourceIp ?? '')),
    'list',
    'from which address, for each of `by`',
    EVENTS,
  ],
  [
    'gained_actions',
    ({ change }) => actionsText(change.permissions?.gained, 'action'),
    'list',
    'actions that it may use now',
  ],
  [
    'lost_actions',
    ({ change }) => actionsText(change.permissions?.lost, 'action'),
    'list',
    'actions that it may use no more',
  ],
  [
    'gained_resources_for',
    ({ change }) => actionsText(change.permissions?.gained, 'resources'),
    'list',
    'actions that it may use on more resources',
  ],
  [
    'lost_resources_for',
    ({ change }) => actionsText(change.permissions?.lost, 'resources'),
    'list',
    'actions that it may use on fewer resources',
  ],
  [
    'fewer_conditions_for',
    ({ change }) => actionsText(change.permissions?.gained, 'conditions'),
    'list',
    'actions that it may use under fewer conditions',
  ],
  [
    'more_conditions_for',
    ({ change }) => actionsText(change.permissions?.lost, 'conditions'),
    'list',
    'actions that it may use under more conditions',
  ],
  ['before', ({ change }) => jsonText(change.before), 'json', 'what was there before', DETAILS],
  ['after', ({ change }) => jsonText(change.after), 'json', 'what is there now', DETAILS],
  ['subject_arn', ({ change }) => change.subject.arn, 'text', 'ARN of what changed', DETAILS],
  ['subject_id', ({ change }) => change.subject.id, 'text', 'unique id of what changed', DETAILS],
  RUN_ID,
];

/** `changes.csv`: a row for each change since the audit before. */
export const changesTable = defineTable({
  file: 'changes.csv',
  row: 'something that is not as it was at the audit before',
  columns: COLUMNS,
  rows: (report) => {
    const { changes, comparisons = [] } = inReportOrder(report);
    const since = new Map(comparisons.map(({ accountId, runId }) => [accountId, runId]));
    return changes?.map((change) => ({ change, since: since.get(change.accountId) ?? '' })) ?? null;
  },
});
