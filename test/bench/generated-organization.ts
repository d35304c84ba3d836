import type {
  ManagedPolicyDetailDocument,
  RoleDetailDocument,
  UserDetailDocument,
} from '../../src/snapshot/snapshot-documents.ts';
import { type AccountSize, generatedAccount } from './generated-account.ts';

/** The user of the management account by whose credentials all accounts are read, and the role that it assumes in each. */
export const HUB = {
  accessKeyId: 'AKIAVIGILHUB22222222',
  secretAccessKey: 'emulated/secret/of/the/vigil/hub/user/44',
  roleName: 'vigil-audit',
  externalId: 'vigil-bench',
} as const;

const FIRST = 100_000_000_000;
const accountIdOf = (index: number): string => String(FIRST + index);

/** A management account and its members, as `account-file.md` says them. */
export interface GeneratedOrganization {
  readonly accounts: readonly Readonly<Record<string, unknown>>[];
  readonly organization: Readonly<Record<string, unknown>>;
}

/**
 * An organization of so many accounts: of a hundred, one has 2,100 users and roles, five have 300, the others 10 to 50. The first is
 * the management account, administrator of all by the role that AWS makes, the second one holds the pipelines, which deploy to each
 * fifth account; of each tenth account a role is trusted by the account after it. `open`: each fiftieth account lets in
 * everybody of the organization as administrator. The same number gives the same organization.
 */
export const generatedOrganization = (count: number, open = false): GeneratedOrganization => ({
  accounts: Array.from({ length: count }, (_, index) => accountFile(index, open)),
  organization: {
    organizationId: ORGANIZATION,
    rootId: 'r-ab12',
    policies: [{ policyName: 'no-leaving', document: deny('organizations:LeaveOrganization') }],
    attachedPolicies: ['no-leaving'],
    organizationalUnits: UNITS.map((name, unit) => ({
      name,
      accounts: Array.from({ length: count }, (_, index) => index)
        .filter((index) => index > 0 && index % UNITS.length === unit)
        .map((index) => ({ accountId: accountIdOf(index), name: `${name}-${index}` })),
    })),
  },
});

const ORGANIZATION = 'o-exampleorg1';
const UNITS = ['workloads', 'platform', 'sandbox', 'data'];

/** How large the account of a number is. */
const sizeOf = (index: number): AccountSize => {
  if (index % 100 === 50) return { users: 400, groups: 30, roles: 1700, policies: 500, versions: 1 };
  if (index % 20 === 7) return { users: 60, groups: 10, roles: 240, policies: 120, versions: 1 };
  return { users: 2 + (index % 9), groups: 2, roles: 8 + (index % 33), policies: 6 + (index % 11), versions: 1 };
};

const accountFile = (index: number, open: boolean): Readonly<Record<string, unknown>> => {
  const accountId = accountIdOf(index);
  const text = JSON.stringify(generatedAccount(sizeOf(index), index + 1).authorizationDetails);
  const { UserDetailList, GroupDetailList, RoleDetailList, Policies }: Details = JSON.parse(
    text.replaceAll('123456789012', accountId),
  );
  return {
    accountId,
    alias: `bench-${index}`,
    policies: Policies.map(({ PolicyName, PolicyVersionList: [version] }) => ({
      policyName: PolicyName,
      document: version?.Document,
    })),
    groups: GroupDetailList.map(({ GroupName, ...group }) => ({ groupName: GroupName, ...grants(group) })),
    users: [
      ...UserDetailList.map(({ UserName, GroupList, UserPolicyList, Tags, ...user }, at) => ({
        userName: UserName,
        groups: [...new Set(GroupList)],
        inlinePolicies: (UserPolicyList ?? []).map(({ PolicyName, PolicyDocument }) => ({
          policyName: PolicyName,
          document: PolicyDocument,
        })),
        ...grants(user),
        tags: tagsOf(Tags),
        ...credentials(at),
      })),
      ...(index === 0 ? [hubUser] : []),
    ],
    roles: [
      ...RoleDetailList.map(({ RoleName, AssumeRolePolicyDocument, Tags, ...role }, at) => ({
        roleName: RoleName,
        assumeRolePolicyDocument: AssumeRolePolicyDocument,
        ...grants(role),
        tags: tagsOf(Tags),
        ...(at % 3 === 0 ? { lastUsed: `${at % 200}d ago`, uses: { 's3:GetObject': `${at % 200}d ago` } } : {}),
      })),
      ...(index === 0 ? [] : memberRoles(index, open)),
    ],
  };
};

interface Details {
  readonly UserDetailList: readonly UserDetailDocument[];
  readonly GroupDetailList: readonly (Attached & { readonly GroupName: string })[];
  readonly RoleDetailList: readonly RoleDetailDocument[];
  readonly Policies: readonly ManagedPolicyDetailDocument[];
}

type Attached = Pick<UserDetailDocument, 'AttachedManagedPolicies' | 'PermissionsBoundary'>;

const grants = ({ AttachedManagedPolicies = [], PermissionsBoundary }: Attached) => ({
  attachedPolicies: [...new Set(AttachedManagedPolicies.map(({ PolicyName }) => PolicyName))],
  ...(PermissionsBoundary && {
    permissionsBoundary: PermissionsBoundary.PermissionsBoundaryArn?.split('/').at(-1),
  }),
});

const tagsOf = (tags: UserDetailDocument['Tags'] = []) =>
  Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));

/** Two users of three have keys, some of them old and unused; one of four signs in, half of these with MFA. */
const credentials = (at: number) => ({
  accessKeys:
    at % 3 === 0 ? [] : [{ createDate: `${(at * 13) % 500}d ago`, ...(at % 2 ? { lastUsed: `${at % 13}d ago` } : {}) }],
  ...(at % 4 === 0 ? { password: { createDate: '1y ago', lastUsed: `${at % 150}d ago` } } : {}),
  mfa: at % 8 === 0 ? [{ kind: 'virtual' }] : [],
});

const statement = (parts: object) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...parts }] });
const deny = (action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: action, Resource: '*' }],
});
const trusting = (principal: string, condition?: object) =>
  statement({ Principal: { AWS: principal }, Action: 'sts:AssumeRole', ...(condition && { Condition: condition }) });

const hubUser = {
  userName: 'vigil',
  attachedPolicies: ['SecurityAudit'],
  inlinePolicies: [
    {
      policyName: 'hub',
      document: statement({
        Action: ['sts:AssumeRole', 'organizations:List*', 'organizations:Describe*'],
        Resource: ['*'],
      }),
    },
  ],
  accessKeys: [{ createDate: '10d ago', accessKeyId: HUB.accessKeyId, secretAccessKey: HUB.secretAccessKey }],
};

const memberRoles = (index: number, open: boolean) => {
  const management = `arn:aws:iam::${accountIdOf(0)}:root`;
  const administrator = { attachedPolicies: ['AdministratorAccess'] };
  const next = `arn:aws:iam::${accountIdOf(index + 1)}:role/onward`;
  return [
    {
      roleName: HUB.roleName,
      attachedPolicies: ['SecurityAudit'],
      assumeRolePolicyDocument: trusting(management, { StringEquals: { 'sts:ExternalId': HUB.externalId } }),
    },
    { roleName: 'OrganizationAccountAccessRole', ...administrator, assumeRolePolicyDocument: trusting(management) },
    ...(index % 5 === 3
      ? [
          {
            roleName: 'deploy',
            ...administrator,
            assumeRolePolicyDocument: trusting(`arn:aws:iam::${accountIdOf(1)}:root`),
          },
        ]
      : []),
    ...(index % 10 === 4
      ? [
          {
            roleName: 'onward',
            assumeRolePolicyDocument: statement({
              Principal: { Service: 'lambda.amazonaws.com' },
              Action: 'sts:AssumeRole',
            }),
            inlinePolicies: [
              { policyName: 'onward', document: statement({ Action: 'sts:AssumeRole', Resource: next }) },
            ],
          },
        ]
      : []),
    ...(index % 10 === 5
      ? [
          {
            roleName: 'onward',
            ...administrator,
            assumeRolePolicyDocument: trusting(`arn:aws:iam::${accountIdOf(index - 1)}:role/onward`),
          },
        ]
      : []),
    ...(open && index % 50 === 9
      ? [
          {
            roleName: 'break-glass',
            ...administrator,
            assumeRolePolicyDocument: trusting('*', { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } }),
          },
        ]
      : []),
  ];
};
