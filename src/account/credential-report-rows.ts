import type { Instant } from '../kernel/time.ts';
import { addDays } from '../kernel/time.ts';
import type { CredentialReportRow } from '../snapshot/account-snapshot.ts';
import type { AccountState, UserState } from './account-state.ts';
import type { AccessKeyState, UploadedState } from './credential-state.ts';
import { rootArn } from './operations/account-entities.ts';

/**
 * The rows of the credential report as AWS would make it now: the root user, then the users by name.
 * Source: "Get credential reports for your AWS account", IAM User Guide.
 */
export const credentialReportRows = (state: AccountState): CredentialReportRow[] => [
  rootRow(state),
  ...[...state.users.values()].map((user) => userRow(state, user)),
];

const rootRow = (state: AccountState): CredentialReportRow => ({
  user: '<root_account>',
  arn: rootArn(state),
  user_creation_time: timeCell(state.root.createDate),
  // A member account that an organization has made has no root password, and AWS says so.
  password_enabled: state.root.loginProfile === null ? 'false' : 'not_supported',
  password_last_used: state.root.passwordLastUsed === null ? 'no_information' : timeCell(state.root.passwordLastUsed),
  password_last_changed: 'not_supported',
  password_next_rotation: 'not_supported',
  mfa_active: String(state.root.mfaDevices.length > 0),
  ...accessKeyCells(activeFirst(state.root.accessKeys)),
  ...certificateCells(activeFirst(state.root.signingCertificates)),
});

const userRow = (state: AccountState, user: UserState): CredentialReportRow => ({
  user: user.userName,
  arn: user.arn,
  user_creation_time: timeCell(user.createDate),
  ...passwordCells(state, user),
  mfa_active: String(user.mfaDevices.length > 0),
  ...accessKeyCells(activeFirst(user.accessKeys)),
  ...certificateCells(activeFirst(user.signingCertificates)),
});

const passwordCells = ({ passwordPolicy }: AccountState, { loginProfile, passwordLastUsed }: UserState) => {
  if (loginProfile === null) {
    return {
      password_enabled: 'false',
      password_last_used: 'N/A',
      password_last_changed: 'N/A',
      password_next_rotation: 'N/A',
    };
  }
  const maxAge = passwordPolicy?.maxPasswordAge ?? null;
  return {
    password_enabled: 'true',
    password_last_used: passwordLastUsed === null ? 'no_information' : timeCell(passwordLastUsed),
    password_last_changed: timeCell(loginProfile.lastChanged),
    password_next_rotation: maxAge === null ? 'N/A' : timeCell(addDays(loginProfile.lastChanged, maxAge)),
  };
};

/** Recorded from AWS: the active ones come first. */
const activeFirst = <T extends { readonly status: string }>(credentials: readonly T[]): readonly T[] =>
  credentials.toSorted((a, b) => Number(b.status === 'Active') - Number(a.status === 'Active'));

const accessKeyCells = ([first, second]: readonly AccessKeyState[]) => ({
  access_key_1_active: String(first?.status === 'Active'),
  access_key_1_last_rotated: timeCell(first?.createDate),
  access_key_1_last_used_date: timeCell(first?.lastUsed?.date),
  access_key_1_last_used_region: first?.lastUsed?.region ?? 'N/A',
  access_key_1_last_used_service: first?.lastUsed?.service ?? 'N/A',
  access_key_2_active: String(second?.status === 'Active'),
  access_key_2_last_rotated: timeCell(second?.createDate),
  access_key_2_last_used_date: timeCell(second?.lastUsed?.date),
  access_key_2_last_used_region: second?.lastUsed?.region ?? 'N/A',
  access_key_2_last_used_service: second?.lastUsed?.service ?? 'N/A',
});

const certificateCells = ([first, second]: readonly UploadedState[]) => ({
  cert_1_active: String(first?.status === 'Active'),
  cert_1_last_rotated: timeCell(first?.uploadDate),
  cert_2_active: String(second?.status === 'Active'),
  cert_2_last_rotated: timeCell(second?.uploadDate),
});

const timeCell = (time: Instant | undefined): string => time ?? 'N/A';
