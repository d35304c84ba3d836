import type { AccessKey, CredentialReportRow, LastUse } from '../account-snapshot.ts';
import { type Collected, known, missing } from '../collected.ts';
import { type ReportedKey, reportedKeys } from '../credential-report-cells.ts';
import type { AccessKeyDocument } from '../snapshot-documents.ts';
import type { Assembly, Reader } from './assembly.ts';
import { type UserNames, userDocuments } from './user-documents.ts';

/** A key whose last use has still to be found. */
interface ListedKey extends Omit<AccessKey, 'lastUsed'> {
  /** What `GetAccessKeyLastUsed` answered; undefined where it was not read. */
  readonly ownLastUse: LastUse | null | undefined;
}

/**
 * The access keys of users. `ListAccessKeys` gives ids and dates; where a key's own last use was not read, the
 * credential report tells it; where only the report was read, the keys are `key 1` and `key 2`.
 */
export const readAccessKeys = (assembly: Assembly) => {
  const read = assembly.reader('access-keys.json');
  const listed = userDocuments(assembly, {
    source: 'access-keys',
    action: 'iam:ListAccessKeys',
    documents: assembly.documents.accessKeys?.AccessKeyMetadata,
  });
  return (user: UserNames, row: Collected<CredentialReportRow>): Collected<readonly AccessKey[]> => {
    const keys = listed(user);
    if (!keys.known) return row.known ? (keysOfRow(row.value, row) ?? keys) : keys;
    const parsed = keys.value.map(({ document, index }) => toListedKey(document, `/AccessKeyMetadata/${index}`, read));
    const reported = row.known ? matchReported(parsed, reportedKeys(row.value)) : new Map<ListedKey, ReportedKey>();
    const value = parsed.map((key) => {
      const { ownLastUse, ...rest } = key;
      const fromReport = reported.get(key);
      if (ownLastUse !== undefined) return { ...rest, lastUsed: known(ownLastUse, keys.source, keys.time) };
      if (fromReport === undefined || !row.known) return { ...rest, lastUsed: lastUseGap(key, user, assembly) };
      return { ...rest, lastUsed: known(fromReport.lastUsed, row.source, row.time) };
    });
    return known(value, keys.source, keys.time);
  };
};

const toListedKey = (document: AccessKeyDocument, pointer: string, read: Reader): ListedKey => {
  const { AccessKeyId: accessKeyId, Status, CreateDate, AccessKeyLastUsed: used } = document;
  const createDate = read.instant(CreateDate, `${pointer}/CreateDate`);
  if (Status !== 'Active' && Status !== 'Inactive' && Status !== 'Expired') {
    read.problem(`${pointer}/Status`, `\`${Status}\` is not a status of an access key`, 'write `Active` or `Inactive`');
  }
  const status = Status === 'Inactive' || Status === 'Expired' ? Status : 'Active';
  if (used === undefined) return { accessKeyId, status, createDate, ownLastUse: undefined };
  const date = read.instantOrNull(used.LastUsedDate, `${pointer}/AccessKeyLastUsed/LastUsedDate`);
  const ownLastUse = date && { date, service: nameOrNull(used.ServiceName), region: nameOrNull(used.Region) };
  return { accessKeyId, status, createDate, ownLastUse };
};

// `GetAccessKeyLastUsed` answers `N/A` where a key was never used, or in a service without regions.
const nameOrNull = (text: string | undefined): string | null => (text === undefined || text === 'N/A' ? null : text);

/**
 * Which reported key is which listed one: the report has no ids. A key's rotation date is its creation date, or later
 * where its status was changed since ("created or last changed"), so dates decide first. One key left on each side is
 * the same one, if it is as active and not younger.
 */
const matchReported = (
  keys: readonly ListedKey[],
  reported: readonly ReportedKey[],
): ReadonlyMap<ListedKey, ReportedKey> => {
  const matches = new Map<ListedKey, ReportedKey>();
  for (const key of keys) {
    const sameDate = reported.filter(({ lastRotated }) => lastRotated === key.createDate);
    const twins = keys.filter(({ createDate }) => createDate === key.createDate);
    const [match] = sameDate;
    if (match !== undefined && sameDate.length === 1 && twins.length === 1) matches.set(key, match);
  }
  const taken = new Set(matches.values());
  const [keyLeft, ...otherKeys] = keys.filter((key) => !matches.has(key));
  const [reportedLeft, ...otherReported] = reported.filter((key) => !taken.has(key));
  if (keyLeft === undefined || reportedLeft === undefined) return matches;
  if (otherKeys.length > 0 || otherReported.length > 0 || reportedLeft.lastRotated === null) return matches;
  const sameStatus = reportedLeft.active === (keyLeft.status === 'Active');
  return sameStatus && keyLeft.createDate <= reportedLeft.lastRotated ? matches.set(keyLeft, reportedLeft) : matches;
};

const lastUseGap = ({ accessKeyId }: ListedKey, { arn, userName }: UserNames, { gaps }: Assembly) => {
  const action = 'iam:GetAccessKeyLastUsed';
  const detail = `the last use of access key ${accessKeyId} was not read`;
  return missing(
    gaps.ofSubject(action, [accessKeyId, arn, userName]) ??
      gaps.ofAction(action) ??
      gaps.add({ source: 'access-keys', action, reason: 'skipped', detail, subject: arn }),
  );
};

/** The keys that a row of the credential report tells of; null where it names an active key without a date. */
const keysOfRow = (
  row: CredentialReportRow,
  { source, time }: Extract<Collected<unknown>, { known: true }>,
): Collected<readonly AccessKey[]> | null => {
  const keys: AccessKey[] = [];
  for (const { name, active, lastRotated, lastUsed } of reportedKeys(row)) {
    if (lastRotated === null) return null;
    const status = active ? 'Active' : 'Inactive';
    keys.push({ accessKeyId: name, status, createDate: lastRotated, lastUsed: known(lastUsed, source, time) });
  }
  return known(keys, source, time);
};
