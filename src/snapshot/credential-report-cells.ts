import { type Instant, parseInstant } from '../kernel/time.ts';
import type { CredentialReportRow, LastUse } from './account-snapshot.ts';

/** The `user` of the row about the root user. */
export const ROOT_ROW = '<root_account>';

/** The words that stand where the credential report has no value. Source: "Get credential reports", IAM User Guide. */
export const NO_VALUE = ['N/A', 'no_information', 'not_supported'] as const;

/** A cell that says yes or no, in whichever case; null where it says neither. */
export const booleanCell = (cell: string): boolean | null => {
  const word = cell.toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : null;
};

/** A cell that holds a time; null where it holds none. */
export const timeCell = (cell: string): Instant | null => {
  const time = parseInstant(cell);
  return time.ok ? time.value : null;
};

/** One of the two access keys that a row can tell of. */
export interface ReportedKey {
  /** `key 1` or `key 2`: the report holds no ids. */
  readonly name: string;
  readonly active: boolean;
  /** When the key was created or last changed. */
  readonly lastRotated: Instant | null;
  readonly lastUsed: LastUse | null;
}

/** The access keys that a row tells of: those that are active or have a date. */
export const reportedKeys = (row: CredentialReportRow): readonly ReportedKey[] =>
  [
    keyOf(
      'key 1',
      row.access_key_1_active,
      row.access_key_1_last_rotated,
      row.access_key_1_last_used_date,
      row.access_key_1_last_used_region,
      row.access_key_1_last_used_service,
    ),
    keyOf(
      'key 2',
      row.access_key_2_active,
      row.access_key_2_last_rotated,
      row.access_key_2_last_used_date,
      row.access_key_2_last_used_region,
      row.access_key_2_last_used_service,
    ),
  ].filter(({ active, lastRotated }) => active || lastRotated !== null);

const keyOf = (
  name: string,
  active: string,
  rotated: string,
  date: string,
  region: string,
  service: string,
): ReportedKey => {
  const used = timeCell(date);
  return {
    name,
    active: booleanCell(active) === true,
    lastRotated: timeCell(rotated),
    lastUsed: used === null ? null : { date: used, region: textCell(region), service: textCell(service) },
  };
};

const textCell = (cell: string): string | null => (cell === '' || NO_VALUE.some((word) => word === cell) ? null : cell);
