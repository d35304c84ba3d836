import { CREDENTIAL_REPORT_COLUMNS } from '../../snapshot/account-snapshot.ts';
import type { FakeApis } from './fake-iam.ts';

const FAKE_ACCOUNT = '111122223333';

/** When everything in the fake account was made. */
export const CREATED = '2025-01-02T03:04:05Z';

/** When its credential report was made. */
export const REPORTED = '2026-01-01T00:00:00Z';

/** A user of a fake account. What is absent: no keys, no MFA. */
export interface FakeUser {
  readonly name: string;
  /** When the user's access keys were made. */
  readonly keys?: readonly string[];
  readonly mfa?: 'virtual' | 'hardware';
  readonly boundary?: string;
  readonly signingCertificate?: boolean;
  /** Has an inline policy, so that it is asked what the user last accessed. */
  readonly granted?: boolean;
  /** Not in the credential report: made after it. */
  readonly unreported?: boolean;
}

/** A fake account with these users and nothing else, all of whose APIs answer. */
export const fakeAccount = (users: readonly FakeUser[] = []): FakeApis => {
  const userNamed = (parameters: URLSearchParams) => users.find(({ name }) => name === parameters.get('UserName'));
  return {
    GetCallerIdentity: () => ({
      result: { Account: FAKE_ACCOUNT, Arn: `arn:aws:sts::${FAKE_ACCOUNT}:assumed-role/audit/me`, UserId: 'AROA:me' },
    }),
    GetAccountAuthorizationDetails: () => ({
      result: {
        UserDetailList: users.map(userDetail),
        GroupDetailList: [],
        RoleDetailList: [],
        Policies: [],
        IsTruncated: false,
      },
    }),
    GetPolicy: (parameters) => {
      const Arn = parameters.get('PolicyArn') ?? '';
      const PolicyName = Arn.split('/').at(-1);
      return {
        result: { Policy: { PolicyName, PolicyId: 'ANPA1', Arn, DefaultVersionId: 'v3', CreateDate: CREATED } },
      };
    },
    GetPolicyVersion: (parameters) => ({
      result: {
        PolicyVersion: {
          VersionId: parameters.get('VersionId'),
          IsDefaultVersion: true,
          CreateDate: CREATED,
          Document: encodeURIComponent('{"Version":"2012-10-17","Statement":[]}'),
        },
      },
    }),
    GenerateCredentialReport: () => ({ result: { State: 'COMPLETE' } }),
    GetCredentialReport: () => ({
      result: {
        Content: Buffer.from(credentialReport(users)).toString('base64'),
        ReportFormat: 'text/csv',
        GeneratedTime: REPORTED,
      },
    }),
    GetAccountSummary: () => ({ result: { SummaryMap: new Map([['Users', users.length]]) } }),
    GetAccountPasswordPolicy: () => ({
      result: { PasswordPolicy: { MinimumPasswordLength: 14, RequireSymbols: true } },
    }),
    ListAccountAliases: () => ({ result: { AccountAliases: ['fake'], IsTruncated: false } }),
    ListVirtualMFADevices: () => ({
      result: {
        VirtualMFADevices: users
          .filter(({ mfa }) => mfa === 'virtual')
          .map((user) => ({
            SerialNumber: `arn:aws:iam::${FAKE_ACCOUNT}:mfa/${user.name}`,
            User: { Arn: arnOf(user), UserName: user.name, UserId: 'AIDA', Path: '/', CreateDate: CREATED },
            EnableDate: CREATED,
          })),
        IsTruncated: false,
      },
    }),
    ListMFADevices: (parameters) => ({
      result: {
        MFADevices:
          userNamed(parameters)?.mfa === 'hardware'
            ? [{ UserName: parameters.get('UserName'), SerialNumber: 'GAHT12345678', EnableDate: CREATED }]
            : [],
        IsTruncated: false,
      },
    }),
    ListAccessKeys: (parameters) => ({
      result: {
        AccessKeyMetadata: (userNamed(parameters)?.keys ?? []).map((CreateDate, index) => ({
          UserName: parameters.get('UserName'),
          AccessKeyId: `AKIA${parameters.get('UserName')}${index}`,
          Status: 'Active',
          CreateDate,
        })),
        IsTruncated: false,
      },
    }),
    GetAccessKeyLastUsed: () => ({
      result: {
        UserName: 'someone',
        AccessKeyLastUsed: { LastUsedDate: '2025-12-31T00:00:00Z', ServiceName: 's3', Region: 'eu-west-1' },
      },
    }),
    ListServiceSpecificCredentials: () => ({ result: { ServiceSpecificCredentials: [], IsTruncated: false } }),
    ListSSHPublicKeys: () => ({ result: { SSHPublicKeys: [], IsTruncated: false } }),
    ListSigningCertificates: (parameters) => ({
      result: {
        Certificates: userNamed(parameters)?.signingCertificate === true ? [signingCertificate(parameters)] : [],
        IsTruncated: false,
      },
    }),
    ListServerCertificates: () => ({ result: { ServerCertificateMetadataList: [], IsTruncated: false } }),
    ListSAMLProviders: () => ({ result: { SAMLProviderList: [] } }),
    ListOpenIDConnectProviders: () => ({
      result: { OpenIDConnectProviderList: [{ Arn: `arn:aws:iam::${FAKE_ACCOUNT}:oidc-provider/ci.example.com` }] },
    }),
    GetOpenIDConnectProvider: () => ({
      result: { Url: 'ci.example.com', ClientIDList: ['sts.amazonaws.com'], ThumbprintList: [], CreateDate: CREATED },
    }),
    GenerateServiceLastAccessedDetails: (parameters) => ({
      result: { JobId: `job-of-${parameters.get('Arn')?.split('/').at(-1)}` },
    }),
    GetServiceLastAccessedDetails: () => ({
      result: {
        JobStatus: 'COMPLETED',
        ServicesLastAccessed: [
          {
            ServiceName: 'Amazon S3',
            ServiceNamespace: 's3',
            LastAuthenticated: '2025-12-30T00:00:00Z',
            TrackedActionsLastAccessed: [
              { ActionName: 'ListAllMyBuckets', LastAccessedTime: '2025-12-30T00:00:00Z' },
              { ActionName: 'CreateBucket' },
            ],
          },
          { ServiceName: 'Amazon SQS', ServiceNamespace: 'sqs' },
        ],
        IsTruncated: false,
      },
    }),
    ListInstanceProfiles: () => ({ result: { InstanceProfiles: [], IsTruncated: false } }),
  };
};

const signingCertificate = (parameters: URLSearchParams) => ({
  UserName: parameters.get('UserName'),
  CertificateId: 'TA7SMP42TDN5Z26OBPJE7EXAMPLE',
  CertificateBody: '-----BEGIN CERTIFICATE-----',
  Status: 'Active',
  UploadDate: CREATED,
});

/** The ARN of a user of the fake account. */
export const arnOf = ({ name }: FakeUser): string => `arn:aws:iam::${FAKE_ACCOUNT}:user/${name}`;

/** Users for each of whom something has to be asked, so that every API is called. */
export const EVERY_KIND_OF_USER: readonly FakeUser[] = [
  { name: 'virtual', keys: [CREATED], mfa: 'virtual' },
  { name: 'hardware', mfa: 'hardware', signingCertificate: true },
  {
    name: 'bounded',
    granted: true,
    keys: [CREATED, CREATED],
    boundary: `arn:aws:iam::${FAKE_ACCOUNT}:policy/boundary`,
  },
];

/** A user as the account authorization details tell of them. */
export const userDetail = (user: FakeUser) => ({
  Path: '/',
  UserName: user.name,
  UserId: `AIDA${user.name}`,
  Arn: arnOf(user),
  CreateDate: CREATED,
  UserPolicyList: user.granted === true ? [{ PolicyName: 'inline', PolicyDocument: '%7B%7D' }] : [],
  GroupList: [],
  AttachedManagedPolicies: [],
  PermissionsBoundary: user.boundary && {
    PermissionsBoundaryType: 'Policy',
    PermissionsBoundaryArn: user.boundary,
  },
});

const credentialReport = (users: readonly FakeUser[]): string => {
  const rows = [
    { user: '<root_account>', arn: `arn:aws:iam::${FAKE_ACCOUNT}:root`, mfa_active: 'true' },
    ...users
      .filter(({ unreported }) => unreported !== true)
      .map((user) => ({
        user: user.name,
        arn: arnOf(user),
        mfa_active: String(user.mfa !== undefined),
        ...keyCells(1, user.keys?.[0]),
        ...keyCells(2, user.keys?.[1]),
        cert_1_active: String(user.signingCertificate === true),
      })),
  ];
  const lines = rows.map((row: Readonly<Record<string, string>>) =>
    CREDENTIAL_REPORT_COLUMNS.map((column) => row[column] ?? defaultCell(column)).join(','),
  );
  return [CREDENTIAL_REPORT_COLUMNS.join(','), ...lines].join('\n');
};

const keyCells = (slot: 1 | 2, created: string | undefined) =>
  created === undefined ? {} : { [`access_key_${slot}_active`]: 'true', [`access_key_${slot}_last_rotated`]: created };

const defaultCell = (column: string): string =>
  column === 'user_creation_time' ? CREATED : /_(active|enabled)$/.test(column) ? 'false' : 'N/A';
