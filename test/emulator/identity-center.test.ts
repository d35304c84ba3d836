import * as iam from '@aws-sdk/client-iam';
import * as store from '@aws-sdk/client-identitystore';
import * as sso from '@aws-sdk/client-sso-admin';
import { expect, it } from 'vitest';
import { clientOf, runningAccount } from './running-account.ts';

const enabled = async () => {
  const account = await runningAccount('{}');
  const client = clientOf(sso.SSOAdminClient, account);
  const { InstanceArn = '' } = await client.send(new sso.CreateInstanceCommand({ Name: 'acme' }));
  const { Instances } = await client.send(new sso.ListInstancesCommand({}));
  const IdentityStoreId = Instances?.[0]?.IdentityStoreId ?? '';
  return { client, identities: clientOf(store.IdentitystoreClient, account), InstanceArn, IdentityStoreId };
};

it('a permission set is made, given policies, and assigned to a group in an account', async () => {
  const { client, identities, InstanceArn, IdentityStoreId } = await enabled();
  const { GroupId = '' } = await identities.send(new store.CreateGroupCommand({ IdentityStoreId, DisplayName: 'ops' }));
  const { PermissionSet } = await client.send(new sso.CreatePermissionSetCommand({ InstanceArn, Name: 'Admin' }));
  const PermissionSetArn = PermissionSet?.PermissionSetArn ?? '';
  const set = { InstanceArn, PermissionSetArn };
  expect(PermissionSet).toMatchObject({ Name: 'Admin', SessionDuration: 'PT1H' });
  const ManagedPolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  const attach = new sso.AttachManagedPolicyToPermissionSetCommand({ ...set, ManagedPolicyArn });
  await client.send(attach);
  await expect(client.send(attach)).rejects.toMatchObject({ name: 'ConflictException' });
  const { AttachedManagedPolicies } = await client.send(new sso.ListManagedPoliciesInPermissionSetCommand(set));
  expect(AttachedManagedPolicies).toEqual([{ Name: 'AdministratorAccess', Arn: ManagedPolicyArn }]);
  const InlinePolicy = '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}';
  await client.send(new sso.PutInlinePolicyToPermissionSetCommand({ ...set, InlinePolicy }));
  expect(await client.send(new sso.GetInlinePolicyForPermissionSetCommand(set))).toMatchObject({ InlinePolicy });
  const { AccountAssignmentCreationStatus } = await client.send(
    new sso.CreateAccountAssignmentCommand({
      ...set,
      TargetId: '123456789012',
      TargetType: 'AWS_ACCOUNT',
      PrincipalType: 'GROUP',
      PrincipalId: GroupId,
    }),
  );
  expect(AccountAssignmentCreationStatus?.Status).toBe('IN_PROGRESS');
  const asked = { InstanceArn, AccountAssignmentCreationRequestId: AccountAssignmentCreationStatus?.RequestId };
  const done = await client.send(new sso.DescribeAccountAssignmentCreationStatusCommand(asked));
  expect(done.AccountAssignmentCreationStatus).toEqual({ ...AccountAssignmentCreationStatus, Status: 'SUCCEEDED' });
  const { AccountAssignments } = await client.send(
    new sso.ListAccountAssignmentsCommand({ ...set, AccountId: '123456789012' }),
  );
  expect(AccountAssignments).toEqual([
    { AccountId: '123456789012', PermissionSetArn, PrincipalType: 'GROUP', PrincipalId: GroupId },
  ]);
  const { AccountIds } = await client.send(new sso.ListAccountsForProvisionedPermissionSetCommand(set));
  expect(AccountIds).toEqual(['123456789012']);
  await expect(client.send(new sso.DeletePermissionSetCommand(set))).rejects.toMatchObject({
    name: 'ConflictException',
  });
});

it('the identity store has users and groups, each name once', async () => {
  const { identities, IdentityStoreId } = await enabled();
  const user = new store.CreateUserCommand({ IdentityStoreId, UserName: 'ann', DisplayName: 'Ann' });
  const { UserId = '' } = await identities.send(user);
  await expect(identities.send(user)).rejects.toMatchObject({ name: 'ConflictException' });
  const described = await identities.send(new store.DescribeUserCommand({ IdentityStoreId, UserId }));
  expect(described).toMatchObject({ UserId, UserName: 'ann', DisplayName: 'Ann', IdentityStoreId });
  expect((await identities.send(new store.ListUsersCommand({ IdentityStoreId }))).Users).toHaveLength(1);
  const { GroupId } = await identities.send(new store.CreateGroupCommand({ IdentityStoreId, DisplayName: 'ops' }));
  const { Groups } = await identities.send(new store.ListGroupsCommand({ IdentityStoreId }));
  expect(Groups).toEqual([{ IdentityStoreId, GroupId, DisplayName: 'ops' }]);
  expect(await identities.send(new store.DescribeGroupCommand({ IdentityStoreId, GroupId }))).toMatchObject({
    GroupId,
  });
  await expect(
    identities.send(new store.DescribeGroupCommand({ IdentityStoreId, GroupId: UserId })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

it('an account has one instance, and none to begin with', async () => {
  const { client, InstanceArn } = await enabled();
  await expect(client.send(new sso.CreateInstanceCommand({}))).rejects.toMatchObject({ name: 'ConflictException' });
  await client.send(new sso.DeleteInstanceCommand({ InstanceArn }));
  expect((await client.send(new sso.ListInstancesCommand({}))).Instances).toEqual([]);
  await expect(client.send(new sso.ListPermissionSetsCommand({ InstanceArn }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

const DENY = '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}';

/** A permission set with policies of every kind, and what assigns it to a group in another account. */
const withPermissionSet = async () => {
  const account = await runningAccount(`
accounts:
  - { accountId: "123456789012" }
  - accountId: "444455556666"
    policies: [{ policyName: ops, path: /team/, document: ${DENY} }, { policyName: bound, document: ${DENY} }]
  - { accountId: "777788889999" }
organization: { accounts: [{ accountId: "444455556666" }, { accountId: "777788889999" }] }
`);
  const client = clientOf(sso.SSOAdminClient, account);
  const { InstanceArn = '' } = await client.send(new sso.CreateInstanceCommand({}));
  const { PermissionSet } = await client.send(
    new sso.CreatePermissionSetCommand({
      InstanceArn,
      Name: 'Ops',
      Description: 'for operators',
      SessionDuration: 'PT4H',
    }),
  );
  const set = { InstanceArn, PermissionSetArn: PermissionSet?.PermissionSetArn };
  const ManagedPolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
  await client.send(new sso.AttachManagedPolicyToPermissionSetCommand({ ...set, ManagedPolicyArn }));
  const reference = { ...set, CustomerManagedPolicyReference: { Name: 'ops', Path: '/team/' } };
  await client.send(new sso.AttachCustomerManagedPolicyReferenceToPermissionSetCommand(reference));
  await client.send(new sso.PutInlinePolicyToPermissionSetCommand({ ...set, InlinePolicy: DENY }));
  const PermissionsBoundary = { CustomerManagedPolicyReference: { Name: 'bound' } };
  await client.send(new sso.PutPermissionsBoundaryToPermissionSetCommand({ ...set, PermissionsBoundary }));
  const assignment = (PrincipalId: string, TargetId = '444455556666') =>
    ({ ...set, TargetId, TargetType: 'AWS_ACCOUNT', PrincipalType: 'GROUP', PrincipalId }) as const;
  const rolesIn = async (accountId: string) =>
    (await account.as(accountId).iam.send(new iam.ListRolesCommand({ PathPrefix: '/aws-reserved/' }))).Roles ?? [];
  return { account, client, set, reference, assignment, rolesIn };
};

it('an assignment makes the role of its permission set in the account, and the last one takes it away', async () => {
  const { account, client, assignment, rolesIn } = await withPermissionSet();
  await client.send(new sso.CreateAccountAssignmentCommand(assignment('one')));
  await client.send(new sso.CreateAccountAssignmentCommand(assignment('two')));
  const [role, ...others] = await rolesIn('444455556666');
  expect(others).toEqual([]);
  const RoleName = role?.RoleName ?? '';
  expect(RoleName).toMatch(/^AWSReservedSSO_Ops_[0-9a-f]{16}$/);
  expect(role).toMatchObject({
    Path: '/aws-reserved/sso.amazonaws.com/eu-west-1/',
    Description: 'for operators',
    MaxSessionDuration: 14_400,
  });
  const target = account.as('444455556666').iam;
  const { SAMLProviderList } = await target.send(new iam.ListSAMLProvidersCommand({}));
  expect(SAMLProviderList?.map(({ Arn }) => Arn)).toEqual([
    expect.stringMatching(/^arn:aws:iam::444455556666:saml-provider\/AWSSSO_[0-9a-f]{16}_DO_NOT_DELETE$/),
  ]);
  expect(JSON.parse(decodeURIComponent(role?.AssumeRolePolicyDocument ?? ''))).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: SAMLProviderList?.[0]?.Arn },
        Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
        Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
      },
    ],
  });
  const { AttachedPolicies } = await target.send(new iam.ListAttachedRolePoliciesCommand({ RoleName }));
  expect(AttachedPolicies?.map(({ PolicyArn }) => PolicyArn)).toEqual([
    'arn:aws:iam::aws:policy/ReadOnlyAccess',
    'arn:aws:iam::444455556666:policy/team/ops',
  ]);
  const inline = await target.send(new iam.GetRolePolicyCommand({ RoleName, PolicyName: 'AwsSSOInlinePolicy' }));
  expect(decodeURIComponent(inline.PolicyDocument ?? '')).toBe(DENY);
  expect((await target.send(new iam.GetRoleCommand({ RoleName }))).Role?.PermissionsBoundary).toEqual({
    PermissionsBoundaryType: 'Policy',
    PermissionsBoundaryArn: 'arn:aws:iam::444455556666:policy/bound',
  });
  await expect(target.send(new iam.DeleteRoleCommand({ RoleName }))).rejects.toMatchObject({
    name: 'UnmodifiableEntityException',
  });
  await client.send(new sso.DeleteAccountAssignmentCommand(assignment('one')));
  expect(await rolesIn('444455556666')).toHaveLength(1);
  await client.send(new sso.DeleteAccountAssignmentCommand(assignment('two')));
  expect(await rolesIn('444455556666')).toEqual([]);
});

it('a changed permission set reaches its roles when it is provisioned', async () => {
  const { client, set, assignment, rolesIn } = await withPermissionSet();
  await client.send(new sso.CreateAccountAssignmentCommand(assignment('one')));
  await client.send(new sso.UpdatePermissionSetCommand({ ...set, Description: 'changed' }));
  const described = async () => (await rolesIn('444455556666'))[0]?.Description;
  expect(await described()).toBe('for operators');
  const { InstanceArn } = set;
  const outdated = async () => {
    const ProvisioningStatus = 'LATEST_PERMISSION_SET_NOT_PROVISIONED';
    const asked = { InstanceArn, AccountId: '444455556666', ProvisioningStatus } as const;
    return (await client.send(new sso.ListPermissionSetsProvisionedToAccountCommand(asked))).PermissionSets;
  };
  expect(await outdated()).toEqual([set.PermissionSetArn]);
  const { PermissionSetProvisioningStatus } = await client.send(
    new sso.ProvisionPermissionSetCommand({ ...set, TargetType: 'ALL_PROVISIONED_ACCOUNTS' }),
  );
  expect(await described()).toBe('changed');
  expect(await outdated()).toEqual([]);
  const ProvisionPermissionSetRequestId = PermissionSetProvisioningStatus?.RequestId;
  const done = await client.send(
    new sso.DescribePermissionSetProvisioningStatusCommand({ InstanceArn, ProvisionPermissionSetRequestId }),
  );
  expect(done.PermissionSetProvisioningStatus?.Status).toBe('SUCCEEDED');
});

it('an account that lacks a customer managed policy of the set fails the assignment, and gets no role', async () => {
  const { client, set, assignment, rolesIn } = await withPermissionSet();
  await client.send(new sso.CreateAccountAssignmentCommand(assignment('one', '777788889999')));
  const { InstanceArn } = set;
  const { AccountAssignmentsCreationStatus } = await client.send(
    new sso.ListAccountAssignmentCreationStatusCommand({ InstanceArn, Filter: { Status: 'FAILED' } }),
  );
  const AccountAssignmentCreationRequestId = AccountAssignmentsCreationStatus?.[0]?.RequestId;
  const failed = await client.send(
    new sso.DescribeAccountAssignmentCreationStatusCommand({ InstanceArn, AccountAssignmentCreationRequestId }),
  );
  expect(failed.AccountAssignmentCreationStatus?.FailureReason).toContain('arn:aws:iam::777788889999:policy/team/ops');
  expect(await rolesIn('777788889999')).toEqual([]);
  const listed = await client.send(new sso.ListAccountAssignmentsCommand({ ...set, AccountId: '777788889999' }));
  expect(listed.AccountAssignments).toEqual([]);
});

it('what a permission set was given is told, and taken away again', async () => {
  const { client, set, reference } = await withPermissionSet();
  const references = new sso.ListCustomerManagedPolicyReferencesInPermissionSetCommand(set);
  expect((await client.send(references)).CustomerManagedPolicyReferences).toEqual([{ Name: 'ops', Path: '/team/' }]);
  await client.send(new sso.DetachCustomerManagedPolicyReferenceFromPermissionSetCommand(reference));
  expect((await client.send(references)).CustomerManagedPolicyReferences).toEqual([]);
  const boundary = new sso.GetPermissionsBoundaryForPermissionSetCommand(set);
  expect((await client.send(boundary)).PermissionsBoundary).toEqual({
    CustomerManagedPolicyReference: { Name: 'bound', Path: '/' },
  });
  await client.send(new sso.DeletePermissionsBoundaryFromPermissionSetCommand(set));
  await expect(client.send(boundary)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  const resource = { InstanceArn: set.InstanceArn, ResourceArn: set.PermissionSetArn };
  await client.send(new sso.TagResourceCommand({ ...resource, Tags: [{ Key: 'team', Value: 'ops' }] }));
  const tagged = await client.send(new sso.ListTagsForResourceCommand(resource));
  expect(tagged.Tags).toEqual([{ Key: 'team', Value: 'ops' }]);
  await client.send(new sso.UntagResourceCommand({ ...resource, TagKeys: ['team'] }));
  expect((await client.send(new sso.ListTagsForResourceCommand(resource))).Tags).toEqual([]);
});

it('an instance that is deleted takes its roles along', async () => {
  const { client, set, assignment, rolesIn } = await withPermissionSet();
  await client.send(new sso.CreateAccountAssignmentCommand(assignment('one')));
  await client.send(new sso.DeleteInstanceCommand({ InstanceArn: set.InstanceArn }));
  expect(await rolesIn('444455556666')).toEqual([]);
});
