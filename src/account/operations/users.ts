import { z } from 'zod';
import { ok } from '../../kernel/result.ts';
import { nameKey } from '../account-state.ts';
import { readOperation } from '../operation.ts';
import { findUser } from './account-entities.ts';
import { callerIn } from './callers.ts';
import { inlinePolicyAnswer, inlinePolicyNames, pageOfAttachedPolicies } from './entity-policies.ts';
import { entityName, paging, pathPrefix, userName } from './input.ts';
import { page, pageUnderPath, wholeList } from './page.ts';
import { groupView, rootView, tagList, userListView, userView } from './views.ts';

/** `iam:GetUser`; without a name, of the user who calls. */
const getUser = readOperation('iam:GetUser', z.object({ UserName: userName.optional() }), (state, input, call) => {
  const user = input.UserName === undefined ? callerIn(state, call) : findUser(state, input.UserName);
  return user.ok ? ok({ User: user.value === 'root' ? rootView(state) : userView(user.value) }) : user;
});

/** `iam:ListUsers`. */
const listUsers = readOperation('iam:ListUsers', z.object({ PathPrefix: pathPrefix, ...paging }), (state, input) => {
  const users = pageUnderPath('ListUsers', input, state.users);
  return users.ok ? ok({ Users: users.value.items.map(userListView), ...users.value.more }) : users;
});

const ofUser = z.object({ UserName: userName, ...paging });

/** `iam:ListGroupsForUser`. */
const listGroupsForUser = readOperation('iam:ListGroupsForUser', ofUser, (state, input) => {
  const user = findUser(state, input.UserName);
  if (!user.ok) return user;
  const groups = page('ListGroupsForUser', input, wholeList(user.value.groups));
  if (!groups.ok) return groups;
  const views = groups.value.items.flatMap((name) => {
    const group = state.groups.get(nameKey(name));
    return group === undefined ? [] : [groupView(group)];
  });
  return ok({ Groups: views, ...groups.value.more });
});

/** `iam:ListUserTags`. */
const listUserTags = readOperation('iam:ListUserTags', ofUser, (state, input) => {
  const user = findUser(state, input.UserName);
  if (!user.ok) return user;
  const tags = page('ListUserTags', input, wholeList(tagList(user.value.tags)));
  return tags.ok ? ok({ Tags: tags.value.items, ...tags.value.more }) : tags;
});

/** `iam:ListAttachedUserPolicies`. */
const listAttachedUserPolicies = readOperation(
  'iam:ListAttachedUserPolicies',
  ofUser.extend({ PathPrefix: pathPrefix }),
  (state, input) => {
    const user = findUser(state, input.UserName);
    return user.ok ? pageOfAttachedPolicies('ListAttachedUserPolicies', input, user.value) : user;
  },
);

/** `iam:ListUserPolicies`: the inline ones. */
const listUserPolicies = readOperation('iam:ListUserPolicies', ofUser, (state, input) => {
  const user = findUser(state, input.UserName);
  return user.ok ? inlinePolicyNames('ListUserPolicies', input, user.value) : user;
});

/** `iam:GetUserPolicy`: an inline one. */
const getUserPolicy = readOperation(
  'iam:GetUserPolicy',
  z.object({ UserName: userName, PolicyName: entityName }),
  (state, input) => {
    const user = findUser(state, input.UserName);
    if (!user.ok) return user;
    const policy = inlinePolicyAnswer(user.value, input.PolicyName, 'user');
    return policy.ok ? ok({ UserName: user.value.userName, ...policy.value }) : policy;
  },
);

/** The operations that read users. */
export const userOperations = [
  getUser,
  listUsers,
  listGroupsForUser,
  listUserTags,
  listAttachedUserPolicies,
  listUserPolicies,
  getUserPolicy,
];
