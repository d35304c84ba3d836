import type { Arn } from '../../iam/arn.ts';
import type { Instant } from '../../kernel/time.ts';
import type { CredentialReportRow, RootUser, VirtualMfaDevice } from '../account-snapshot.ts';
import { type Collected, known, mapCollected } from '../collected.ts';
import { booleanCell, reportedKeys, timeCell } from '../credential-report-cells.ts';
import type { Assembly } from './assembly.ts';

/** The root user, out of the account summary, the credential report and the virtual MFA devices. */
export const readRootUser = (
  arn: Arn,
  { documents, report, timeOf }: Assembly,
  virtualDevices: Collected<readonly VirtualMfaDevice[]>,
): RootUser => {
  const summary = documents.accountSummary?.SummaryMap ?? {};
  const fromSummary = (key: string): Collected<number> | null => {
    const value = Object.hasOwn(summary, key) ? summary[key] : undefined;
    return value === undefined ? null : known(value, 'account-summary', timeOf('account-summary'));
  };
  const summaryMfa = fromSummary('AccountMFAEnabled');
  const mfaActive = summaryMfa ? mapCollected(summaryMfa, (count) => count > 0) : reportedMfa(report.rootRow);
  return {
    arn,
    mfaActive,
    mfaKind: mfaKind(arn, mfaActive, virtualDevices),
    accessKeyCount: accessKeyCount(fromSummary('AccountAccessKeysPresent'), report.rootRow),
    lastUsed: mapCollected(report.rootRow, lastUse),
  };
};

const reportedMfa = (row: Collected<CredentialReportRow>): Collected<boolean> =>
  mapCollected(row, ({ mfa_active }) => booleanCell(mfa_active) === true);

const mfaKind = (
  rootArn: Arn,
  mfaActive: Collected<boolean>,
  virtualDevices: Collected<readonly VirtualMfaDevice[]>,
): RootUser['mfaKind'] => {
  if (!mfaActive.known) return mfaActive;
  if (!mfaActive.value) return mapCollected(mfaActive, () => 'none' as const);
  return mapCollected(virtualDevices, (devices) =>
    devices.some(({ userArn, serialNumber }) => userArn === rootArn || isRootDevice(serialNumber))
      ? 'virtual'
      : 'hardware',
  );
};

// The name that the console gives to the root user's virtual device; its `User` is not always told.
const isRootDevice = (serialNumber: string): boolean => serialNumber.endsWith(':mfa/root-account-mfa-device');

/** The summary says only whether there are keys (0 or 1) but is up to date; the report knows how many. */
const accessKeyCount = (present: Collected<number> | null, row: Collected<CredentialReportRow>): Collected<number> => {
  const counted = mapCollected(row, (cells) => reportedKeys(cells).length);
  if (present === null || !present.known) return counted;
  return mapCollected(present, (count) => (count === 0 || !counted.known ? count : Math.max(1, counted.value)));
};

const lastUse = (row: CredentialReportRow): Instant | null =>
  [timeCell(row.password_last_used), ...reportedKeys(row).map((key) => key.lastUsed?.date ?? null)]
    .filter((time) => time !== null)
    .sort()
    .at(-1) ?? null;
