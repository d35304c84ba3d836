import { z } from 'zod';
import { ok } from '../../kernel/result.ts';
import { indexPrefix } from '../account-edits.ts';
import { type AccountState, nameKey, type UserState } from '../account-state.ts';
import { readOperation } from '../operation.ts';
import { findGroup } from './account-entities.ts';
import { inlinePolicyAnswer, inlinePolicyNames, pageOfAttachedPolicies } from './entity-policies.ts';
import { entityName, paging, pathPrefix } from './input.ts';
import { page, pageUnderPath } from './page.ts';
import { groupView, userListView } from './views.ts';

const ofGroup = z.object({ GroupName: entityName, ...paging });

/** `iam:GetGroup`: the group and a page of its users. */
const getGroup = readOperation('iam:GetGroup', ofGroup, (state, input) => {
  const group = findGroup(state, input.GroupName);
  if (!group.ok) return group;
  const users = page('GetGroup', input, (from) => membersFrom(state, nameKey(input.GroupName), from));
  return users.ok
    ? ok({ Group: groupView(group.value), Users: users.value.items.map(userListView), ...users.value.more })
    : users;
});

function* membersFrom(state: AccountState, groupKey: string, from: string): Generator<readonly [string, UserState]> {
  const prefix = indexPrefix(groupKey);
  for (const [key, userKey] of state.indexes.groupMembers.entriesFrom(from === '' ? prefix : from)) {
    if (!key.startsWith(prefix)) return;
    const user = state.users.get(userKey);
    if (user !== undefined) yield [key, user];
  }
}

/** `iam:ListGroups`. */
const listGroups = readOperation('iam:ListGroups', z.object({ PathPrefix: pathPrefix, ...paging }), (state, input) => {
  const groups = pageUnderPath('ListGroups', input, state.groups);
  return groups.ok ? ok({ Groups: groups.value.items.map(groupView), ...groups.value.more }) : groups;
});

/** `iam:ListAttachedGroupPolicies`. */
const listAttachedGroupPolicies = readOperation(
  'iam:ListAttachedGroupPolicies',
  ofGroup.extend({ PathPrefix: pathPrefix }),
  (state, input) => {
    const group = findGroup(state, input.GroupName);
    return group.ok ? pageOfAttachedPolicies('ListAttachedGroupPolicies', input, group.value) : group;
  },
);

/** `iam:ListGroupPolicies`: the inline ones. */
const listGroupPolicies = readOperation('iam:ListGroupPolicies', ofGroup, (state, input) => {
  const group = findGroup(state, input.GroupName);
  return group.ok ? inlinePolicyNames('ListGroupPolicies', input, group.value) : group;
});

/** `iam:GetGroupPolicy`: an inline one. */
const getGroupPolicy = readOperation(
  'iam:GetGroupPolicy',
  z.object({ GroupName: entityName, PolicyName: entityName }),
  (state, input) => {
    const group = findGroup(state, input.GroupName);
    if (!group.ok) return group;
    const policy = inlinePolicyAnswer(group.value, input.PolicyName, 'group');
    return policy.ok ? ok({ GroupName: group.value.groupName, ...policy.value }) : policy;
  },
);

/** The operations that read groups. */
export const groupOperations = [getGroup, listGroups, listAttachedGroupPolicies, listGroupPolicies, getGroupPolicy];
