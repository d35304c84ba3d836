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
  expect(AccountAssignmentCreationStatus?.Status).toBe('SUCCEEDED');
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
