import fc from 'fast-check';
import type { SnapshotDocuments } from '../snapshot-documents.ts';
import { TEST_ACCOUNT } from './collected-builder.ts';
import { accountDocument, deniedCall, reportCsv, reportRow } from './documents-builder.ts';

const text = fc.oneof(
  fc.string({ maxLength: 12, unit: 'grapheme' }),
  fc.constantFrom('__proto__', 'constructor', '<img src=x onerror=alert(1)>', "=cmd|' /C calc'!A0", '', '\u2028', '"'),
);
const time = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const list = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { maxLength: 3 });
const iamArn = (kind: string) => text.map((name) => `arn:aws:iam::${TEST_ACCOUNT}:${kind}/${name}`);
// JSON has no -0.
const document = fc
  .jsonValue({ maxDepth: 4 })
  .filter((value) => value !== null)
  .map((value): unknown => JSON.parse(JSON.stringify(value)));

const inlinePolicies = optional(list(fc.record({ PolicyName: text, PolicyDocument: document })));
const attached = optional(list(fc.record({ PolicyName: text, PolicyArn: iamArn('policy') })));
const tags = optional(list(fc.record({ Key: text, Value: text })));
const boundary = optional(fc.record({ PermissionsBoundaryArn: iamArn('policy') }));

const details = fc.record(
  {
    UserDetailList: list(
      fc.record({
        Path: text,
        UserName: text,
        UserId: text,
        Arn: iamArn('user'),
        CreateDate: time,
        UserPolicyList: inlinePolicies,
        GroupList: optional(list(text)),
        AttachedManagedPolicies: attached,
        PermissionsBoundary: boundary,
        Tags: tags,
      }),
    ),
    RoleDetailList: list(
      fc.record({
        Path: text,
        RoleName: text,
        RoleId: text,
        Arn: iamArn('role'),
        CreateDate: time,
        AssumeRolePolicyDocument: document,
        RolePolicyList: inlinePolicies,
        RoleLastUsed: optional(fc.record({ LastUsedDate: optional(time), Region: optional(text) })),
      }),
    ),
    Policies: list(
      fc.record({
        PolicyName: text,
        PolicyId: text,
        Arn: iamArn('policy'),
        Path: text,
        DefaultVersionId: text,
        AttachmentCount: optional(fc.nat()),
        CreateDate: time,
        PolicyVersionList: list(
          fc.record({
            VersionId: text,
            IsDefaultVersion: fc.boolean(),
            CreateDate: optional(time),
            Document: document,
          }),
        ),
      }),
    ),
  },
  { requiredKeys: ['UserDetailList'] },
);

const setArn = text.map((id) => `arn:aws:sso:::permissionSet/ssoins-1/${id}`);

const permissionSet = fc.record(
  {
    PermissionSetArn: setArn,
    Name: text,
    Description: text,
    SessionDuration: fc.oneof(text, fc.constantFrom('PT8H', 'P1DT30M', 'P', 'PT99999999999999999999H')),
    AttachedManagedPolicies: list(fc.record({ Arn: iamArn('policy') })),
    CustomerManagedPolicyReferences: list(fc.record({ Name: text }, { requiredKeys: ['Name'] })),
    InlinePolicy: fc.oneof(fc.constant(''), document),
    PermissionsBoundary: fc.oneof(fc.constant(null), fc.record({ ManagedPolicyArn: iamArn('policy') })),
    AccountAssignments: list(
      fc.record({ AccountId: text, PrincipalType: fc.constantFrom('USER', 'GROUP'), PrincipalId: text }),
    ),
    unreadAccounts: list(text),
  },
  { requiredKeys: ['PermissionSetArn', 'Name'] },
);

const identityCenter = fc.record(
  {
    instanceArn: text,
    identityStoreId: text,
    permissionSets: list(permissionSet),
    users: list(
      fc.record({ UserId: text, UserName: text, DisplayName: text }, { requiredKeys: ['UserId', 'UserName'] }),
    ),
    groups: list(
      fc.record(
        { GroupId: text, DisplayName: text, memberIds: list(text) },
        { requiredKeys: ['GroupId', 'DisplayName'] },
      ),
    ),
    managedPolicies: list(fc.record({ Arn: iamArn('policy'), PolicyDocument: document })),
  },
  { requiredKeys: ['instanceArn', 'identityStoreId'] },
);

const account = fc.record({
  alias: fc.option(text),
  sources: fc.constantFrom([], [{ name: 'access-keys' as const, time: '2026-01-01T00:00:00Z' }]),
  gaps: list(fc.constant(deniedCall('mfa-devices', 'iam:ListMFADevices', 'alice'))),
});

/** Documents of the test account: any files, hostile names and texts, policy documents of any JSON. */
export const arbitraryDocuments: fc.Arbitrary<SnapshotDocuments> = fc.record(
  {
    account: account.map(accountDocument),
    authorizationDetails: details,
    credentialReport: list(text).map((users) => reportCsv(...users.map((user) => reportRow(user)))),
    accountSummary: fc.record({
      SummaryMap: fc.dictionary(fc.constantFrom('Users', 'AccountMFAEnabled', 'constructor'), fc.nat()),
    }),
    passwordPolicy: fc.record({
      PasswordPolicy: fc.option(fc.record({ MinimumPasswordLength: optional(fc.nat()), HardExpiry: fc.boolean() })),
    }),
    accessKeys: fc.record({
      AccessKeyMetadata: list(
        fc.record({
          UserName: text,
          AccessKeyId: text,
          Status: fc.constantFrom('Active', 'Inactive'),
          CreateDate: time,
          AccessKeyLastUsed: optional(fc.record({ LastUsedDate: optional(time), ServiceName: optional(text) })),
        }),
      ),
    }),
    mfaDevices: fc.record({
      VirtualMFADevices: optional(
        list(fc.record({ SerialNumber: text, User: optional(fc.record({ Arn: iamArn('user') })) })),
      ),
      MFADevices: optional(list(fc.record({ UserName: text, SerialNumber: text, EnableDate: optional(time) }))),
    }),
    cloudTrail: fc.record({
      from: time,
      to: time,
      principals: fc.dictionary(
        iamArn('role'),
        list(
          fc.record(
            { service: text, action: text, lastUsed: time, resources: list(text), moreResources: fc.boolean() },
            { requiredKeys: ['service', 'lastUsed'] },
          ),
        ),
      ),
    }),
    identityCenter: fc.option(identityCenter),
    identityProviders: fc.record({
      SAMLProviderList: optional(list(fc.record({ Arn: iamArn('saml-provider'), ValidUntil: optional(time) }))),
      OpenIDConnectProviderList: optional(
        list(fc.record({ Arn: iamArn('oidc-provider'), Url: optional(text), ClientIDList: optional(list(text)) })),
      ),
    }),
  },
  { requiredKeys: ['account'] },
);
