import * as store from '@aws-sdk/client-identitystore';
import * as sso from '@aws-sdk/client-sso-admin';
import { expect, it } from 'vitest';
import { clientOf, runningAccount } from './running-account.ts';

/** An identity store with a user and a group. */
const withIdentities = async () => {
  const account = await runningAccount('{}');
  const admin = clientOf(sso.SSOAdminClient, account);
  await admin.send(new sso.CreateInstanceCommand({}));
  const { Instances } = await admin.send(new sso.ListInstancesCommand({}));
  const ofStore = { IdentityStoreId: Instances?.[0]?.IdentityStoreId ?? '' };
  const client = clientOf(store.IdentitystoreClient, account);
  const { UserId = '' } = await client.send(
    new store.CreateUserCommand({
      ...ofStore,
      UserName: 'ann',
      DisplayName: 'Ann Ant',
      Name: { GivenName: 'Ann', FamilyName: 'Ant' },
      Emails: [{ Value: 'ann@example.com', Type: 'work', Primary: true }],
    }),
  );
  const { GroupId = '' } = await client.send(
    new store.CreateGroupCommand({ ...ofStore, DisplayName: 'ops', Description: 'operators' }),
  );
  return { client, ofStore, UserId, GroupId };
};

it('a user keeps what it was given, and what is changed of it', async () => {
  const { client, ofStore, UserId } = await withIdentities();
  const describe = async () => {
    const { $metadata: _, ...user } = await client.send(new store.DescribeUserCommand({ ...ofStore, UserId }));
    return user;
  };
  expect(await describe()).toEqual({
    ...ofStore,
    UserId,
    UserName: 'ann',
    DisplayName: 'Ann Ant',
    Name: { GivenName: 'Ann', FamilyName: 'Ant' },
    Emails: [{ Value: 'ann@example.com', Type: 'work', Primary: true }],
  });
  const Operations = [
    { AttributePath: 'userName', AttributeValue: 'anna' },
    { AttributePath: 'displayName', AttributeValue: 'Anna' },
    { AttributePath: 'name.givenName', AttributeValue: 'Anna' },
    { AttributePath: 'emails' },
  ];
  await client.send(new store.UpdateUserCommand({ ...ofStore, UserId, Operations }));
  expect(await describe()).toEqual({
    ...ofStore,
    UserId,
    UserName: 'anna',
    DisplayName: 'Anna',
    Name: { GivenName: 'Anna', FamilyName: 'Ant' },
  });
});

it('users and groups are found by their names, each of which is given once', async () => {
  const { client, ofStore, UserId, GroupId } = await withIdentities();
  const by = (AttributePath: string, AttributeValue: string) => ({
    ...ofStore,
    AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue } },
  });
  expect((await client.send(new store.GetUserIdCommand(by('userName', 'ANN')))).UserId).toBe(UserId);
  expect((await client.send(new store.GetGroupIdCommand(by('displayName', 'ops')))).GroupId).toBe(GroupId);
  await expect(client.send(new store.GetUserIdCommand(by('userName', 'bob')))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  const other = await client.send(new store.CreateUserCommand({ ...ofStore, UserName: 'bob' }));
  const Operations = [{ AttributePath: 'userName', AttributeValue: 'Ann' }];
  const rename = new store.UpdateUserCommand({ ...ofStore, UserId: other.UserId, Operations });
  await expect(client.send(rename)).rejects.toMatchObject({ name: 'ConflictException' });
  const Filters = [{ AttributePath: 'UserName', AttributeValue: 'bob' }];
  const { Users } = await client.send(new store.ListUsersCommand({ ...ofStore, Filters }));
  expect(Users?.map((user) => user.UserId)).toEqual([other.UserId]);
});

it('a user is in a group until the membership, the user or the group goes', async () => {
  const { client, ofStore, UserId, GroupId } = await withIdentities();
  const pair = { ...ofStore, GroupId, MemberId: { UserId } };
  const join = new store.CreateGroupMembershipCommand(pair);
  const { MembershipId = '' } = await client.send(join);
  await expect(client.send(join)).rejects.toMatchObject({ name: 'ConflictException' });
  const membership = { ...ofStore, MembershipId };
  expect(await client.send(new store.DescribeGroupMembershipCommand(membership))).toMatchObject({
    ...pair,
    MembershipId,
  });
  expect(await client.send(new store.GetGroupMembershipIdCommand(pair))).toMatchObject({ MembershipId });
  const ofGroup = new store.ListGroupMembershipsCommand({ ...ofStore, GroupId });
  const ofUser = new store.ListGroupMembershipsForMemberCommand({ ...ofStore, MemberId: { UserId } });
  expect((await client.send(ofGroup)).GroupMemberships).toEqual([{ ...pair, MembershipId }]);
  expect((await client.send(ofUser)).GroupMemberships).toEqual([{ ...pair, MembershipId }]);
  const isIn = new store.IsMemberInGroupsCommand({ ...ofStore, MemberId: { UserId }, GroupIds: [GroupId] });
  expect((await client.send(isIn)).Results).toEqual([{ GroupId, MemberId: { UserId }, MembershipExists: true }]);
  await client.send(new store.DeleteGroupMembershipCommand(membership));
  expect((await client.send(isIn)).Results?.[0]?.MembershipExists).toBe(false);
  await client.send(join);
  await client.send(new store.DeleteGroupCommand({ ...ofStore, GroupId }));
  expect((await client.send(ofUser)).GroupMemberships).toEqual([]);
  await client.send(new store.DeleteUserCommand({ ...ofStore, UserId }));
  await expect(client.send(ofUser)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
