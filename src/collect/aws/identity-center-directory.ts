import type { DirectoryGroupDocument, IdentityCenterDocument } from '../../snapshot/identity-center.ts';
import { allTokenPages, required } from './answers.ts';
import type { ServiceScope } from './service-scope.ts';

/**
 * The users and groups of the directory by name, and nothing else of them. Only of the groups that are `assigned` something it is
 * asked who is in them: a call each, and a company's directory may have thousands.
 */
export const readDirectory = async (
  { reader, connect, progress }: ServiceScope,
  region: string,
  IdentityStoreId: string,
  assigned: ReadonlySet<string>,
): Promise<Pick<IdentityCenterDocument, 'users' | 'groups'>> => {
  const sdk = await import('@aws-sdk/client-identitystore');
  const client = connect(sdk.IdentitystoreClient, region);
  progress.phase('users and groups of the directory', 2 + assigned.size);
  const users = await reader.read('identitystore:ListUsers', () =>
    allTokenPages(
      (NextToken) => client.send(new sdk.ListUsersCommand({ IdentityStoreId, NextToken })),
      ({ Users }) =>
        required(Users, 'Users').map(({ UserId, UserName, DisplayName }) => {
          const id = required(UserId, 'UserId');
          // A user whom some other directory provisioned may have no user name of their own.
          return {
            UserId: id,
            UserName: UserName ?? DisplayName ?? id,
            ...(DisplayName !== undefined && { DisplayName }),
          };
        }),
      ({ NextToken }) => NextToken,
    ),
  );
  const groups = await reader.read('identitystore:ListGroups', () =>
    allTokenPages(
      (NextToken) => client.send(new sdk.ListGroupsCommand({ IdentityStoreId, NextToken })),
      ({ Groups }) =>
        required(Groups, 'Groups').map(({ GroupId, DisplayName }): DirectoryGroupDocument => {
          const id = required(GroupId, 'GroupId');
          return { GroupId: id, DisplayName: DisplayName ?? id };
        }),
      ({ NextToken }) => NextToken,
    ),
  );
  const asked = (groups ?? []).map(({ GroupId }) => GroupId).filter((id) => assigned.has(id));
  const members = await reader.readEach(
    'identitystore:ListGroupMemberships',
    asked,
    (id) => id,
    (GroupId) =>
      allTokenPages(
        (NextToken) => client.send(new sdk.ListGroupMembershipsCommand({ IdentityStoreId, GroupId, NextToken })),
        ({ GroupMemberships }) =>
          required(GroupMemberships, 'GroupMemberships').flatMap(({ MemberId }) => MemberId?.UserId ?? []),
        ({ NextToken }) => NextToken,
      ).then((ids) => ids.toSorted()),
  );
  const membersOf = new Map(asked.map((id, index) => [id, members?.[index] ?? undefined]));
  const withMembers = (group: DirectoryGroupDocument): DirectoryGroupDocument => {
    const memberIds = membersOf.get(group.GroupId);
    return memberIds === undefined ? group : { ...group, memberIds };
  };
  return {
    ...(users && { users: users.toSorted((one, other) => (one.UserId < other.UserId ? -1 : 1)) }),
    ...(groups && {
      groups: groups.toSorted((one, other) => (one.GroupId < other.GroupId ? -1 : 1)).map(withMembers),
    }),
  };
};
