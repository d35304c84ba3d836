import type { CredentialReportRow } from '../account-snapshot.ts';
import type { CollectionGap } from '../collected.ts';
import { printCredentialReport } from '../credential-report.ts';
import type {
  AccountDocument,
  AuthorizationDetailsDocument,
  ManagedPolicyDetailDocument,
  RoleDetailDocument,
  SnapshotDocuments,
  UserDetailDocument,
} from '../snapshot-documents.ts';
import { TEST_ACCOUNT, TEST_CREATE_DATE, TEST_TIME } from './collected-builder.ts';
import { allow, trusts } from './policy-builder.ts';

/** `account.json` of the test account, without gaps. */
export const accountDocument = (parts: Partial<AccountDocument> = {}): AccountDocument => ({
  accountId: TEST_ACCOUNT,
  alias: null,
  partition: 'aws',
  collectedAt: TEST_TIME,
  sources: [],
  gaps: [],
  ...parts,
});

/** Documents of the test account, which has nothing but what is given. */
export const documents = (
  parts: Partial<Omit<SnapshotDocuments, 'account'>> & {
    readonly account?: Partial<AccountDocument>;
    readonly details?: Partial<AuthorizationDetailsDocument>;
  } = {},
): SnapshotDocuments => {
  const { account, details, ...members } = parts;
  const lists = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [], ...details };
  return { account: accountDocument(account), authorizationDetails: lists, ...members };
};

/** A user as the authorization details tell of it. */
export const userDetail = (UserName: string, parts: Partial<UserDetailDocument> = {}): UserDetailDocument => ({
  Path: '/',
  UserName,
  UserId: `AIDA${UserName.toUpperCase()}`,
  Arn: `arn:aws:iam::${TEST_ACCOUNT}:user/${UserName}`,
  CreateDate: TEST_CREATE_DATE,
  ...parts,
});

/** A role as the authorization details tell of it: trusts EC2, never used. */
export const roleDetail = (RoleName: string, parts: Partial<RoleDetailDocument> = {}): RoleDetailDocument => ({
  Path: '/',
  RoleName,
  RoleId: `AROA${RoleName.toUpperCase()}`,
  Arn: `arn:aws:iam::${TEST_ACCOUNT}:role/${RoleName}`,
  CreateDate: TEST_CREATE_DATE,
  AssumeRolePolicyDocument: trusts({ Service: 'ec2.amazonaws.com' }),
  RoleLastUsed: {},
  ...parts,
});

/** A customer managed policy of one version as the authorization details tell of it. */
export const policyDetail = (
  PolicyName: string,
  parts: Partial<ManagedPolicyDetailDocument> = {},
): ManagedPolicyDetailDocument => ({
  PolicyName,
  PolicyId: `ANPA${PolicyName.toUpperCase()}`,
  Arn: `arn:aws:iam::${TEST_ACCOUNT}:policy/${PolicyName}`,
  Path: '/',
  DefaultVersionId: 'v1',
  CreateDate: TEST_CREATE_DATE,
  PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: allow('s3:GetObject') }],
  ...parts,
});

const NOTHING: CredentialReportRow = {
  user: '',
  arn: '',
  user_creation_time: 'N/A',
  password_enabled: 'false',
  password_last_used: 'N/A',
  password_last_changed: 'N/A',
  password_next_rotation: 'N/A',
  mfa_active: 'false',
  access_key_1_active: 'false',
  access_key_1_last_rotated: 'N/A',
  access_key_1_last_used_date: 'N/A',
  access_key_1_last_used_region: 'N/A',
  access_key_1_last_used_service: 'N/A',
  access_key_2_active: 'false',
  access_key_2_last_rotated: 'N/A',
  access_key_2_last_used_date: 'N/A',
  access_key_2_last_used_region: 'N/A',
  access_key_2_last_used_service: 'N/A',
  cert_1_active: 'false',
  cert_1_last_rotated: 'N/A',
  cert_2_active: 'false',
  cert_2_last_rotated: 'N/A',
};

/** A row of the credential report: a user without any credential, made at `TEST_CREATE_DATE`. */
export const reportRow = (user: string, cells: Partial<CredentialReportRow> = {}): CredentialReportRow => {
  const isRoot = user === '<root_account>';
  return {
    ...NOTHING,
    user,
    arn: `arn:aws:iam::${TEST_ACCOUNT}:${isRoot ? 'root' : `user/${user}`}`,
    user_creation_time: TEST_CREATE_DATE,
    password_enabled: isRoot ? 'not_supported' : 'false',
    ...cells,
  };
};

/** The CSV of a credential report of root and these users. */
export const reportCsv = (...rows: readonly CredentialReportRow[]): string =>
  printCredentialReport([reportRow('<root_account>'), ...rows]);

/** A gap of a denied call. */
export const deniedCall = (
  source: CollectionGap['source'],
  action: string,
  subject: string | null = null,
): CollectionGap => ({ source, action, reason: 'denied', detail: `${action} was denied`, subject });
