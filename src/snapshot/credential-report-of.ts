import type { Instant } from '../kernel/time.ts';
import type {
  AccessKey,
  AccountSnapshot,
  CredentialReportRow,
  Password,
  RootUser,
  UploadedCredential,
  User,
} from './account-snapshot.ts';
import type { Collected } from './collected.ts';
import { ROOT_ROW } from './credential-report-cells.ts';

/** Stands for what is not known: AWS's own word for it. It never stands for "no", which is `false` or `N/A`. */
const UNKNOWN = 'no_information';
/** There is none. */
const NONE = 'N/A';
/** What AWS writes about the root user's password, of which IAM knows only the last use. */
const NOT_SUPPORTED = 'not_supported';

/**
 * The account's credential report: the one that AWS issued where it was collected, else one of our own in AWS's columns
 * and words. What could not be read is `no_information`. Root comes first, then users by name, without regard to case.
 * Source: "Get credential reports", IAM User Guide.
 */
export const credentialReportOf = (snapshot: AccountSnapshot): readonly CredentialReportRow[] =>
  snapshot.credentialReport.known
    ? snapshot.credentialReport.value.rows
    : [rootRow(snapshot), ...snapshot.users.toSorted(byName).map(userRow)];

const byName = (a: User, b: User): number => {
  const [x, y] = [a.userName.toLowerCase(), b.userName.toLowerCase()];
  if (x !== y) return x < y ? -1 : 1;
  return a.userName < b.userName ? -1 : 1;
};

const userRow = (user: User): CredentialReportRow => ({
  user: user.userName,
  arn: user.arn,
  user_creation_time: user.createDate,
  ...passwordCells(user.password),
  mfa_active: user.mfa.known ? String(user.mfa.value.active) : UNKNOWN,
  ...keyCells(user.accessKeys),
  ...certificateCells(user.signingCertificates),
});

const rootRow = ({ root, accountSummary }: AccountSnapshot): CredentialReportRow => ({
  user: ROOT_ROW,
  arn: root.arn,
  user_creation_time: UNKNOWN,
  password_enabled: NOT_SUPPORTED,
  // The root user's last use may have been a key's; AWS's report has the password's here, ours the later of the two.
  password_last_used: (root.lastUsed.known ? root.lastUsed.value : null) ?? UNKNOWN,
  password_last_changed: NOT_SUPPORTED,
  password_next_rotation: NOT_SUPPORTED,
  mfa_active: root.mfaActive.known ? String(root.mfaActive.value) : UNKNOWN,
  ...rootKeyCells(root.accessKeyCount),
  ...rootCertificateCells(
    accountSummary.known ? accountSummary.value.get('AccountSigningCertificatesPresent') : undefined,
  ),
});

type Cells<Prefix extends string> = {
  readonly [Column in keyof CredentialReportRow as Column extends `${Prefix}${string}` ? Column : never]: string;
};

const passwordCells = (password: Collected<Password>): Cells<'password_'> => {
  if (!password.known) {
    return {
      password_enabled: UNKNOWN,
      password_last_used: UNKNOWN,
      password_last_changed: UNKNOWN,
      password_next_rotation: UNKNOWN,
    };
  }
  const { enabled, lastUsed, lastChanged, nextRotation } = password.value;
  return {
    password_enabled: String(enabled),
    password_last_used: lastUsed ?? (enabled ? 'no_information' : NONE),
    password_last_changed: lastChanged ?? NONE,
    password_next_rotation: nextRotation ?? NONE,
  };
};

/** The report has room for two keys, which is as many as a user can have. */
const keyCells = (keys: Collected<readonly AccessKey[]>): Cells<'access_key_'> => {
  const [first, second] = keys.known ? keys.value.toSorted(byCreateDate) : [];
  const one = keys.known ? keyCell(first) : UNKNOWN_KEY;
  const two = keys.known ? keyCell(second) : UNKNOWN_KEY;
  return numberedKeys(one, two);
};

const byCreateDate = (a: AccessKey, b: AccessKey): number => {
  if (a.createDate !== b.createDate) return a.createDate < b.createDate ? -1 : 1;
  return a.accessKeyId < b.accessKeyId ? -1 : 1;
};

interface KeyCells {
  readonly active: string;
  readonly rotated: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

const NO_KEY: KeyCells = { active: 'false', rotated: NONE, date: NONE, region: NONE, service: NONE };
const UNKNOWN_KEY: KeyCells = { active: UNKNOWN, rotated: UNKNOWN, date: UNKNOWN, region: UNKNOWN, service: UNKNOWN };

const keyCell = (key: AccessKey | undefined): KeyCells => {
  if (key === undefined) return NO_KEY;
  const cells = { active: String(key.status === 'Active'), rotated: key.createDate };
  if (!key.lastUsed.known) return { ...UNKNOWN_KEY, ...cells };
  const use = key.lastUsed.value;
  return { ...cells, date: use?.date ?? NONE, region: use?.region ?? NONE, service: use?.service ?? NONE };
};

const rootKeyCells = (count: RootUser['accessKeyCount']): Cells<'access_key_'> => {
  // Of root's keys only the number is known here, not even whether they are active.
  const cell = (number: number): KeyCells => (count.known && count.value < number ? NO_KEY : UNKNOWN_KEY);
  return numberedKeys(cell(1), cell(2));
};

const numberedKeys = (one: KeyCells, two: KeyCells): Cells<'access_key_'> => ({
  access_key_1_active: one.active,
  access_key_1_last_rotated: one.rotated,
  access_key_1_last_used_date: one.date,
  access_key_1_last_used_region: one.region,
  access_key_1_last_used_service: one.service,
  access_key_2_active: two.active,
  access_key_2_last_rotated: two.rotated,
  access_key_2_last_used_date: two.date,
  access_key_2_last_used_region: two.region,
  access_key_2_last_used_service: two.service,
});

const certificateCells = (certificates: Collected<readonly UploadedCredential[]>): Cells<'cert_'> => {
  if (!certificates.known) return UNKNOWN_CERTIFICATES;
  const [first, second] = certificates.value.toSorted((a, b) => ((a.uploadDate ?? '') < (b.uploadDate ?? '') ? -1 : 1));
  return {
    cert_1_active: String(first?.status === 'Active'),
    cert_1_last_rotated: rotated(first),
    cert_2_active: String(second?.status === 'Active'),
    cert_2_last_rotated: rotated(second),
  };
};

const rotated = (certificate: UploadedCredential | undefined): Instant | string =>
  certificate === undefined ? NONE : (certificate.uploadDate ?? UNKNOWN);

const UNKNOWN_CERTIFICATES: Cells<'cert_'> = {
  cert_1_active: UNKNOWN,
  cert_1_last_rotated: UNKNOWN,
  cert_2_active: UNKNOWN,
  cert_2_last_rotated: UNKNOWN,
};

const rootCertificateCells = (present: number | undefined): Cells<'cert_'> =>
  present === 0
    ? { cert_1_active: 'false', cert_1_last_rotated: NONE, cert_2_active: 'false', cert_2_last_rotated: NONE }
    : UNKNOWN_CERTIFICATES;
