import { z } from 'zod';
import { type Arn, iamArn } from '../../iam/arn.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { indexPrefix, withGroup, withoutGroup, withUser } from '../account-edits.ts';
import { type AccountState, type GroupState, nameKey, type UserState } from '../account-state.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import { type Operation, operation } from '../operation.ts';
import { checkQuota } from '../quotas.ts';
import { newUniqueId } from '../unique-id.ts';
import { findGroup, findUser } from './account-entities.ts';
import { withAttached, withDetached, withInline, withoutInline } from './entity-policy-edits.ts';
import { arnText, entityName, entityPath, policyDocument, userName } from './input.ts';
import { groupView } from './views.ts';

const arnOfGroup = ({ partition, accountId }: AccountState, path: string, name: string): Arn =>
  iamArn(partition, accountId, `group${path}${name}`);

const nameIsFree = (state: AccountState, name: string): Result<null, AwsError> =>
  state.groups.has(nameKey(name))
    ? awsError('EntityAlreadyExists', `Group with name ${name} already exists.`)
    : ok(null);

/** `iam:CreateGroup`. */
const createGroup = operation(
  'iam:CreateGroup',
  z.object({ Path: entityPath.default('/'), GroupName: entityName }),
  (state, { Path, GroupName }, call) => {
    const free = nameIsFree(state, GroupName);
    if (!free.ok) return free;
    const allowed = checkQuota(state, 'GroupsPerAccount', state.groups.size + 1);
    if (!allowed.ok) return allowed;
    const group: GroupState = {
      groupName: GroupName,
      groupId: newUniqueId('AGPA', call.random),
      arn: arnOfGroup(state, Path, GroupName),
      path: Path,
      createDate: call.now,
      inlinePolicies: [],
      attachedPolicies: [],
    };
    return ok({ state: withGroup(state, group), answer: { Group: groupView(group) } });
  },
);

/** `iam:UpdateGroup`: another name or path, and with it another ARN; users and policies stay. */
const updateGroup = operation(
  'iam:UpdateGroup',
  z.object({ GroupName: entityName, NewPath: entityPath.optional(), NewGroupName: entityName.optional() }),
  (state, { GroupName, NewPath, NewGroupName }) => {
    const group = findGroup(state, GroupName);
    if (!group.ok) return group;
    const { groupName: oldName, path: oldPath } = group.value;
    const name = NewGroupName ?? oldName;
    const path = NewPath ?? oldPath;
    const free = nameKey(name) === nameKey(oldName) ? ok(null) : nameIsFree(state, name);
    if (!free.ok) return free;
    const renamed = { ...group.value, groupName: name, path, arn: arnOfGroup(state, path, name) };
    const moved = withGroup(withoutGroup(state, nameKey(oldName)), renamed);
    return ok({ state: withMembersMoved(moved, oldName, name), answer: {} });
  },
);

const withMembersMoved = (state: AccountState, oldName: string, newName: string): AccountState =>
  membersOf(state, oldName).reduce(
    (account, user) =>
      withUser(account, {
        ...user,
        groups: user.groups.map((group) => (nameKey(group) === nameKey(oldName) ? newName : group)),
      }),
    state,
  );

const membersOf = (state: AccountState, groupName: string): UserState[] =>
  [...state.indexes.groupMembers.entriesWithPrefix(indexPrefix(nameKey(groupName)))].flatMap(
    ([, key]) => state.users.get(key) ?? [],
  );

/** `iam:DeleteGroup`: one without users and policies. */
const deleteGroup = operation('iam:DeleteGroup', z.object({ GroupName: entityName }), (state, { GroupName }) => {
  const group = findGroup(state, GroupName);
  if (!group.ok) return group;
  const [member] = state.indexes.groupMembers.entriesWithPrefix(indexPrefix(nameKey(GroupName)));
  if (member !== undefined) return conflict('remove users from group');
  if (group.value.attachedPolicies.length > 0) return conflict('detach all policies');
  if (group.value.inlinePolicies.length > 0) return conflict('delete policies');
  return ok({ state: withoutGroup(state, nameKey(GroupName)), answer: {} });
});

const conflict = (mend: string) => awsError('DeleteConflict', `Cannot delete entity, must ${mend} first.`);

const membership = z.object({ GroupName: entityName, UserName: userName });

/** `iam:AddUserToGroup`; a user who is in it already stays so. */
const addUserToGroup = operation('iam:AddUserToGroup', membership, (state, { GroupName, UserName }) => {
  const user = findUser(state, UserName);
  if (!user.ok) return user;
  const group = findGroup(state, GroupName);
  if (!group.ok) return group;
  const { groups } = user.value;
  if (groups.some((name) => nameKey(name) === nameKey(GroupName))) return ok({ state, answer: {} });
  const allowed = checkQuota(state, 'GroupsPerUser', groups.length + 1);
  if (!allowed.ok) return allowed;
  return ok({ state: withUser(state, { ...user.value, groups: [...groups, group.value.groupName] }), answer: {} });
});

/** `iam:RemoveUserFromGroup`; as recorded from AWS, that one is not in it is no error. */
const removeUserFromGroup = operation('iam:RemoveUserFromGroup', membership, (state, { GroupName, UserName }) => {
  const user = findUser(state, UserName);
  if (!user.ok) return user;
  const group = findGroup(state, GroupName);
  if (!group.ok) return group;
  const groups = user.value.groups.filter((name) => nameKey(name) !== nameKey(GroupName));
  return ok({ state: withUser(state, { ...user.value, groups }), answer: {} });
});

/** Defines an operation that changes a group and answers nothing. */
const groupEdit = <Schema extends z.ZodType<{ readonly GroupName: string }>>(
  name: string,
  schema: Schema,
  edit: (group: GroupState, input: z.output<Schema>, state: AccountState) => Result<GroupState, AwsError>,
): Operation =>
  operation(name, schema, (state, input) => {
    const group = findGroup(state, input.GroupName);
    if (!group.ok) return group;
    const edited = edit(group.value, input, state);
    return edited.ok ? ok({ state: withGroup(state, edited.value), answer: {} }) : edited;
  });

const onePolicy = z.object({ GroupName: entityName, PolicyArn: arnText });

/** The operations that make, change and delete groups, their policies, and who is in them. */
export const groupEditOperations = [
  createGroup,
  updateGroup,
  deleteGroup,
  addUserToGroup,
  removeUserFromGroup,
  groupEdit('iam:AttachGroupPolicy', onePolicy, (group, { PolicyArn }, state) =>
    withAttached(state, 'group', group, PolicyArn),
  ),
  groupEdit('iam:DetachGroupPolicy', onePolicy, (group, { PolicyArn }) => withDetached(group, PolicyArn)),
  groupEdit(
    'iam:PutGroupPolicy',
    z.object({ GroupName: entityName, PolicyName: entityName, PolicyDocument: policyDocument }),
    (group, input, state) => withInline(state, { kind: 'group', name: group.groupName }, group, input),
  ),
  groupEdit(
    'iam:DeleteGroupPolicy',
    z.object({ GroupName: entityName, PolicyName: entityName }),
    (group, { PolicyName }) => withoutInline('group', group, PolicyName),
  ),
];
