import type { AccountSnapshot, IdentityProvider } from '../../../snapshot/account-snapshot.ts';
import { arn } from '../../../snapshot/testing/collected-builder.ts';
import { accessKey, password, virtualMfa } from '../../../snapshot/testing/credential-builder.ts';
import { allow, trusts } from '../../../snapshot/testing/policy-builder.ts';
import {
  group,
  managedPolicy,
  role,
  type SnapshotParts,
  snapshot,
  type UserParts,
  user,
} from '../../../snapshot/testing/snapshot-builder.ts';

/** An account in which `mallory` reaches administrator by one method with exactly some grants. */
export interface MethodCase {
  readonly method: string;
  readonly story: string;
  /** `action resource`, each needed. */
  readonly grants: readonly string[];
  readonly build: (grants: readonly string[]) => AccountSnapshot;
}

const IAM = 'arn:aws:iam::123456789012';
const SELF = `${IAM}:user/mallory`;
const OWN_ROLE = `${IAM}:role/mallory`;
const EVERYTHING = allow('*');
const TRUSTED_BY_ACCOUNT = trusts({ AWS: '123456789012' });

const granting = (grants: readonly string[]) => ({
  Version: '2012-10-17',
  Statement: grants.map((grant) => {
    const [Action, Resource] = grant.split(' ');
    return { Effect: 'Allow', Action, Resource };
  }),
});

/** A user with the grants, in an account with more in it. */
const asUser =
  (more: SnapshotParts = {}, parts: UserParts = {}): MethodCase['build'] =>
  (grants) =>
    snapshot({
      ...more,
      users: [
        user('mallory', { ...parts, inlinePolicies: { p: granting(grants), ...parts.inlinePolicies } }),
        ...(more.users ?? []),
      ],
    });

/** A role with the grants, in an account with more in it. */
const asRole =
  (more: SnapshotParts = {}, parts: Parameters<typeof role>[1] = {}): MethodCase['build'] =>
  (grants) =>
    snapshot({
      ...more,
      roles: [
        role('mallory', { ...parts, inlinePolicies: { p: granting(grants), ...parts.inlinePolicies } }),
        ...(more.roles ?? []),
      ],
    });

const it = (method: string, story: string, grants: readonly string[], build: MethodCase['build']): MethodCase => ({
  method,
  story,
  grants,
  build,
});

const ADMIN = user('admin', { inlinePolicies: { all: EVERYTHING } });
const KEYED_ADMIN = user('admin', {
  inlinePolicies: { all: EVERYTHING },
  accessKeys: [accessKey({ accessKeyId: 'AKIA2345ABCDEFGHIJKL' }), accessKey({ accessKeyId: 'AKIA2345ABCDEFGHIJKM' })],
});
const BOB = user('bob');
const ADMINS = group('admins', { inlinePolicies: { all: EVERYTHING } });
const WORKER = role('worker', { trustPolicy: TRUSTED_BY_ACCOUNT });
const SERVICE_ROLE = role('worker');
const BOSS = role('boss', { inlinePolicies: { all: EVERYTHING } });
const OPEN_BOSS = role('boss', { inlinePolicies: { all: EVERYTHING }, trustPolicy: TRUSTED_BY_ACCOUNT });

const TEAM = managedPolicy('team', allow('s3:ListAllMyBuckets'));
const ROLLED = managedPolicy('rolled', allow('s3:ListAllMyBuckets'), { olderVersions: [EVERYTHING] });
const FULL = managedPolicy('full', allow('s3:ListAllMyBuckets'), {
  olderVersions: [1, 2, 3, 4].map((count) => allow(`s3:GetObject${count}`)),
});

/** A boundary that lets through what is granted, and lists of buckets. */
const bounded = (grants: readonly string[]) => managedPolicy('limit', granting([...grants, 's3:ListAllMyBuckets *']));

const boundedUser =
  (more: SnapshotParts = {}): MethodCase['build'] =>
  (grants) => {
    const limit = bounded(grants);
    const self = user('mallory', { inlinePolicies: { all: EVERYTHING }, permissionsBoundary: limit });
    return snapshot({ ...more, managedPolicies: [limit], users: [self] });
  };

const boundedRole: MethodCase['build'] = (grants) => {
  const limit = bounded(grants);
  const self = role('mallory', { inlinePolicies: { all: EVERYTHING }, permissionsBoundary: limit });
  return snapshot({ managedPolicies: [limit], roles: [self] });
};

const LISTS_ONLY = managedPolicy('limit', allow('s3:ListAllMyBuckets'));

const ROLLED_LIMIT = (grants: readonly string[]) =>
  managedPolicy('limit', granting([...grants, 's3:ListAllMyBuckets *']), { olderVersions: [EVERYTHING] });

/** Denies actions on S3; where a grant is missing, what takes this policy away too. */
const denying = (grants: readonly string[], removal: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: grants.length > 0 ? 's3:*' : ['s3:*', removal], Resource: '*' }],
});

const provider = (text: string): IdentityProvider => ({
  arn: arn(text),
  kind: text.includes(':saml-provider/') ? 'saml' : 'oidc',
  createDate: null,
  validUntil: null,
  url: null,
  clientIds: ['sts.example.com'],
});

const SAML = `${IAM}:saml-provider/staff`;
const OIDC = `${IAM}:oidc-provider/idp.example.org`;
const federatedBoss = (name: string) =>
  role('boss', {
    inlinePolicies: { all: EVERYTHING },
    trustPolicy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: name },
          Action: name === SAML ? 'sts:AssumeRoleWithSAML' : 'sts:AssumeRoleWithWebIdentity',
        },
      ],
    },
  });

const TAGGED = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalTag/team': 'ops' } } },
  ],
};

const WITH_MFA = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['iam:PutUserPolicy'],
      Resource: SELF,
      Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    },
  ],
};

/** The methods that need calls of IAM and STS alone. */
export const METHOD_CASES: readonly MethodCase[] = [
  it('iam-007', 'a user', [`iam:PutUserPolicy ${SELF}`], asUser()),
  it('iam-008', 'a user', [`iam:AttachUserPolicy ${SELF}`], asUser()),
  it('iam-005', 'a role', [`iam:PutRolePolicy ${OWN_ROLE}`], asRole()),
  it('iam-009', 'a role', [`iam:AttachRolePolicy ${OWN_ROLE}`], asRole()),
  it(
    'iam-001',
    'a user',
    [`iam:CreatePolicyVersion ${TEAM.arn}`],
    asUser({ managedPolicies: [TEAM] }, { attachedManagedPolicies: [TEAM] }),
  ),
  it(
    'iam-001',
    'a role',
    [`iam:CreatePolicyVersion ${TEAM.arn}`],
    asRole({ managedPolicies: [TEAM] }, { attachedManagedPolicies: [TEAM] }),
  ),
  it(
    'iam-001',
    'five versions',
    [`iam:CreatePolicyVersion ${FULL.arn}`, `iam:DeletePolicyVersion ${FULL.arn}`],
    asUser({ managedPolicies: [FULL] }, { attachedManagedPolicies: [FULL] }),
  ),
  it(
    'iam-011',
    'a member',
    [`iam:PutGroupPolicy ${IAM}:group/team`],
    asUser({ groups: [group('team')] }, { groups: ['team'] }),
  ),
  it(
    'iam-010',
    'a member',
    [`iam:AttachGroupPolicy ${IAM}:group/team`],
    asUser({ groups: [group('team')] }, { groups: ['team'] }),
  ),
  it(
    'own-iam-set-default-version',
    'a user',
    [`iam:SetDefaultPolicyVersion ${ROLLED.arn}`],
    asUser({ managedPolicies: [ROLLED] }, { attachedManagedPolicies: [ROLLED] }),
  ),
  it(
    'iam-013',
    'a user',
    [`iam:AddUserToGroup ${IAM}:group/admins`],
    asUser({ groups: [group('admins', { inlinePolicies: { all: EVERYTHING } })] }),
  ),
  it('own-iam-retag-self', 'a user', [`iam:TagUser ${SELF}`], asUser({}, { inlinePolicies: { tagged: TAGGED } })),
  it('own-iam-retag-self', 'a role', [`iam:TagRole ${OWN_ROLE}`], asRole({}, { inlinePolicies: { tagged: TAGGED } })),
  it('own-iam-create-role', 'with a managed policy', ['iam:CreateRole *', 'iam:AttachRolePolicy *'], asUser()),
  it('own-iam-create-role', 'with an inline policy', ['iam:CreateRole *', 'iam:PutRolePolicy *'], asRole()),
  it(
    'own-iam-create-user',
    'with a key',
    ['iam:CreateUser *', 'iam:AttachUserPolicy *', 'iam:CreateAccessKey *'],
    asUser(),
  ),
  it(
    'own-iam-create-user',
    'with a password',
    ['iam:CreateUser *', 'iam:PutUserPolicy *', 'iam:CreateLoginProfile *'],
    asRole(),
  ),
  it(
    'own-iam-create-user',
    'in a group',
    ['iam:CreateUser *', `iam:AddUserToGroup ${IAM}:group/admins`, 'iam:CreateAccessKey *'],
    asRole({ groups: [ADMINS] }),
  ),
  it(
    'own-iam-create-group',
    'with a managed policy',
    ['iam:CreateGroup *', 'iam:AttachGroupPolicy *', 'iam:AddUserToGroup *'],
    asUser(),
  ),
  it(
    'own-iam-create-group',
    'with an inline policy',
    ['iam:CreateGroup *', 'iam:PutGroupPolicy *', 'iam:AddUserToGroup *'],
    asUser(),
  ),
  it(
    'own-iam-policy-of-user',
    'a role',
    [`iam:CreatePolicyVersion ${TEAM.arn}`, `iam:CreateAccessKey ${BOB.arn}`],
    asRole({ managedPolicies: [TEAM], users: [user('bob', { attachedManagedPolicies: [TEAM] })] }),
  ),
  it(
    'own-iam-group-of-user',
    'with a managed policy',
    [`iam:AttachGroupPolicy ${IAM}:group/team`, `iam:CreateAccessKey ${BOB.arn}`],
    asUser({ groups: [group('team')], users: [user('bob', { groups: ['team'] })] }),
  ),
  it(
    'own-iam-group-of-user',
    'with an inline policy',
    [`iam:PutGroupPolicy ${IAM}:group/team`, `iam:CreateAccessKey ${BOB.arn}`],
    asRole({ groups: [group('team')], users: [user('bob', { groups: ['team'] })] }),
  ),
  it(
    'own-iam-raise-and-sign-in',
    'with a new password',
    [`iam:AttachUserPolicy ${BOB.arn}`, `iam:UpdateLoginProfile ${BOB.arn}`],
    asUser({ users: [user('bob', { password: password() })] }),
  ),
  it(
    'own-iam-raise-and-sign-in',
    'with the first password',
    [`iam:PutUserPolicy ${BOB.arn}`, `iam:CreateLoginProfile ${BOB.arn}`],
    asRole({ users: [BOB] }),
  ),
  it(
    'own-iam-join-user',
    'a role',
    [`iam:AddUserToGroup ${IAM}:group/admins`, `iam:CreateAccessKey ${BOB.arn}`],
    asRole({ groups: [ADMINS], users: [BOB] }),
  ),
  it('sts-001', 'a user', [`sts:AssumeRole ${OPEN_BOSS.arn}`], asUser({ roles: [OPEN_BOSS] })),
  it('sts-001', 'a role', [`sts:AssumeRole ${OPEN_BOSS.arn}`], asRole({ roles: [OPEN_BOSS] })),
  it('iam-002', 'a user', [`iam:CreateAccessKey ${ADMIN.arn}`], asUser({ users: [ADMIN] })),
  it(
    'iam-003',
    'a role',
    [`iam:DeleteAccessKey ${ADMIN.arn}`, `iam:CreateAccessKey ${ADMIN.arn}`],
    asRole({ users: [KEYED_ADMIN] }),
  ),
  it('iam-004', 'a user', [`iam:CreateLoginProfile ${ADMIN.arn}`], asUser({ users: [ADMIN] })),
  it(
    'iam-006',
    'a user',
    [`iam:UpdateLoginProfile ${ADMIN.arn}`],
    asUser({ users: [user('admin', { inlinePolicies: { all: EVERYTHING }, password: password() })] }),
  ),
  it('iam-012', 'a user', [`iam:UpdateAssumeRolePolicy ${BOSS.arn}`], asUser({ roles: [BOSS] })),
  it(
    'iam-014',
    'a user',
    [`iam:AttachRolePolicy ${WORKER.arn}`, `sts:AssumeRole ${WORKER.arn}`],
    asUser({ roles: [WORKER] }),
  ),
  it(
    'iam-015',
    'a user',
    [`iam:AttachUserPolicy ${BOB.arn}`, `iam:CreateAccessKey ${BOB.arn}`],
    asUser({ users: [BOB] }),
  ),
  it(
    'iam-016',
    'a user',
    [`iam:CreatePolicyVersion ${TEAM.arn}`, `sts:AssumeRole ${WORKER.arn}`],
    asUser({
      managedPolicies: [TEAM],
      roles: [role('worker', { trustPolicy: TRUSTED_BY_ACCOUNT, attachedManagedPolicies: [TEAM] })],
    }),
  ),
  it(
    'iam-017',
    'a role',
    [`iam:PutRolePolicy ${WORKER.arn}`, `sts:AssumeRole ${WORKER.arn}`],
    asRole({ roles: [WORKER] }),
  ),
  it('iam-018', 'a user', [`iam:PutUserPolicy ${BOB.arn}`, `iam:CreateAccessKey ${BOB.arn}`], asUser({ users: [BOB] })),
  it(
    'iam-019',
    'a user',
    [`iam:AttachRolePolicy ${SERVICE_ROLE.arn}`, `iam:UpdateAssumeRolePolicy ${SERVICE_ROLE.arn}`],
    asUser({ roles: [SERVICE_ROLE] }),
  ),
  it(
    'iam-020',
    'a user',
    [`iam:CreatePolicyVersion ${TEAM.arn}`, `iam:UpdateAssumeRolePolicy ${SERVICE_ROLE.arn}`],
    asUser({ managedPolicies: [TEAM], roles: [role('worker', { attachedManagedPolicies: [TEAM] })] }),
  ),
  it(
    'iam-021',
    'a role',
    [`iam:PutRolePolicy ${SERVICE_ROLE.arn}`, `iam:UpdateAssumeRolePolicy ${SERVICE_ROLE.arn}`],
    asRole({ roles: [SERVICE_ROLE] }),
  ),
  it('iam-022', 'its own', [`iam:DeleteUserPermissionsBoundary ${SELF}`], boundedUser()),
  it(
    'iam-022',
    'that of another',
    [`iam:DeleteUserPermissionsBoundary ${ADMIN.arn}`, `iam:CreateAccessKey ${ADMIN.arn}`],
    asUser({
      managedPolicies: [LISTS_ONLY],
      users: [user('admin', { inlinePolicies: { all: EVERYTHING }, permissionsBoundary: LISTS_ONLY })],
    }),
  ),
  it('own-iam-put-user-boundary', 'its own', [`iam:PutUserPermissionsBoundary ${SELF}`], boundedUser()),
  it('iam-023', 'its own', [`iam:DeleteRolePermissionsBoundary ${OWN_ROLE}`], boundedRole),
  it(
    'iam-023',
    'that of another',
    [`iam:DeleteRolePermissionsBoundary ${OPEN_BOSS.arn}`, `sts:AssumeRole ${OPEN_BOSS.arn}`],
    asUser({
      managedPolicies: [LISTS_ONLY],
      roles: [
        role('boss', {
          inlinePolicies: { all: EVERYTHING },
          trustPolicy: TRUSTED_BY_ACCOUNT,
          permissionsBoundary: LISTS_ONLY,
        }),
      ],
    }),
  ),
  it('own-iam-put-role-boundary', 'its own', [`iam:PutRolePermissionsBoundary ${OWN_ROLE}`], boundedRole),
  it('own-iam-edit-boundary', 'rewritten', [`iam:CreatePolicyVersion ${LISTS_ONLY.arn}`], boundedUser()),
  it('own-iam-edit-boundary', 'rolled back', [`iam:SetDefaultPolicyVersion ${LISTS_ONLY.arn}`], (grants) => {
    const limit = ROLLED_LIMIT(grants);
    const self = role('mallory', { inlinePolicies: { all: EVERYTHING }, permissionsBoundary: limit });
    return snapshot({ managedPolicies: [limit], roles: [self] });
  }),
  it('own-iam-drop-deny', 'an inline policy', [`iam:DeleteUserPolicy ${SELF}`], (grants) =>
    snapshot({
      users: [user('mallory', { inlinePolicies: { all: EVERYTHING, no: denying(grants, 'iam:DeleteUserPolicy') } })],
    }),
  ),
  it('own-iam-drop-deny', 'a managed policy', [`iam:DetachRolePolicy ${OWN_ROLE}`], (grants) => {
    const no = managedPolicy('no', denying(grants, 'iam:DetachRolePolicy'));
    const self = role('mallory', { inlinePolicies: { all: EVERYTHING }, attachedManagedPolicies: [no] });
    return snapshot({ managedPolicies: [no], roles: [self] });
  }),
  it('own-iam-drop-deny', 'a group', [`iam:RemoveUserFromGroup ${IAM}:group/limited`], (grants) =>
    snapshot({
      groups: [group('limited', { inlinePolicies: { no: denying(grants, 'iam:RemoveUserFromGroup') } })],
      users: [user('mallory', { inlinePolicies: { all: EVERYTHING }, groups: ['limited'] })],
    }),
  ),
  it(
    'own-iam-mfa-on',
    'then writes a policy',
    ['iam:CreateVirtualMFADevice *', `iam:EnableMFADevice ${SELF}`],
    asUser({}, { inlinePolicies: { mfa: WITH_MFA } }),
  ),
  it(
    'own-iam-mfa-off',
    'with a password',
    [`iam:DeactivateMFADevice ${ADMIN.arn}`, `iam:UpdateLoginProfile ${ADMIN.arn}`],
    asUser({
      users: [user('admin', { inlinePolicies: { all: EVERYTHING }, password: password(), mfa: virtualMfa() })],
    }),
  ),
  it(
    'own-iam-saml-update',
    'a provider that is there',
    [`iam:UpdateSAMLProvider ${SAML}`],
    asUser({ roles: [federatedBoss(SAML)], identityProviders: [provider(SAML)] }),
  ),
  it(
    'own-iam-saml-create',
    'a provider that is gone',
    [`iam:CreateSAMLProvider ${SAML}`],
    asUser({ roles: [federatedBoss(SAML)] }),
  ),
  it(
    'own-iam-saml-trust',
    'a provider of its own',
    ['iam:CreateSAMLProvider *', `iam:UpdateAssumeRolePolicy ${BOSS.arn}`],
    asRole({ roles: [BOSS] }),
  ),
  it(
    'own-iam-oidc-create',
    'a provider of its own',
    ['iam:CreateOpenIDConnectProvider *', `iam:UpdateAssumeRolePolicy ${BOSS.arn}`],
    asUser({ roles: [BOSS] }),
  ),
  it(
    'own-iam-oidc-audience',
    'a provider that is there',
    [`iam:AddClientIDToOpenIDConnectProvider ${OIDC}`],
    asUser({ roles: [federatedBoss(OIDC)], identityProviders: [provider(OIDC)] }),
  ),
  it(
    'own-iam-oidc-thumbprint',
    'a provider that is there',
    [`iam:UpdateOpenIDConnectProviderThumbprint ${OIDC}`],
    asUser({ roles: [federatedBoss(OIDC)], identityProviders: [provider(OIDC)] }),
  ),
  it(
    'own-iam-reactivate-key',
    'a key that is inactive',
    [`iam:UpdateAccessKey ${ADMIN.arn}`],
    asUser({
      users: [
        user('admin', {
          inlinePolicies: { all: EVERYTHING },
          accessKeys: [accessKey({ accessKeyId: 'AKIA2345ABCDEFGHIJKL', status: 'Inactive' })],
        }),
      ],
    }),
  ),
];
