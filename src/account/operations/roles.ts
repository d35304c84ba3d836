import { z } from 'zod';
import { ok } from '../../kernel/result.ts';
import { readOperation } from '../operation.ts';
import { findRole } from './account-entities.ts';
import { inlinePolicyAnswer, inlinePolicyNames, pageOfAttachedPolicies } from './entity-policies.ts';
import { entityName, paging, pathPrefix, roleName } from './input.ts';
import { page, pageUnderPath, wholeList } from './page.ts';
import { roleListView, roleView, tagList } from './views.ts';

const ofRole = z.object({ RoleName: roleName, ...paging });

/** `iam:GetRole`. */
const getRole = readOperation('iam:GetRole', z.object({ RoleName: roleName }), (state, input) => {
  const role = findRole(state, input.RoleName);
  return role.ok ? ok({ Role: roleView(role.value) }) : role;
});

/** `iam:ListRoles`. */
const listRoles = readOperation('iam:ListRoles', z.object({ PathPrefix: pathPrefix, ...paging }), (state, input) => {
  const roles = pageUnderPath('ListRoles', input, state.roles);
  return roles.ok ? ok({ Roles: roles.value.items.map(roleListView), ...roles.value.more }) : roles;
});

/** `iam:ListRoleTags`. */
const listRoleTags = readOperation('iam:ListRoleTags', ofRole, (state, input) => {
  const role = findRole(state, input.RoleName);
  if (!role.ok) return role;
  const tags = page('ListRoleTags', input, wholeList(tagList(role.value.tags)));
  return tags.ok ? ok({ Tags: tags.value.items, ...tags.value.more }) : tags;
});

/** `iam:ListAttachedRolePolicies`. */
const listAttachedRolePolicies = readOperation(
  'iam:ListAttachedRolePolicies',
  ofRole.extend({ PathPrefix: pathPrefix }),
  (state, input) => {
    const role = findRole(state, input.RoleName);
    return role.ok ? pageOfAttachedPolicies('ListAttachedRolePolicies', input, role.value) : role;
  },
);

/** `iam:ListRolePolicies`: the inline ones. */
const listRolePolicies = readOperation('iam:ListRolePolicies', ofRole, (state, input) => {
  const role = findRole(state, input.RoleName);
  return role.ok ? inlinePolicyNames('ListRolePolicies', input, role.value) : role;
});

/** `iam:GetRolePolicy`: an inline one. */
const getRolePolicy = readOperation(
  'iam:GetRolePolicy',
  z.object({ RoleName: roleName, PolicyName: entityName }),
  (state, input) => {
    const role = findRole(state, input.RoleName);
    if (!role.ok) return role;
    const policy = inlinePolicyAnswer(role.value, input.PolicyName, 'role');
    return policy.ok ? ok({ RoleName: role.value.roleName, ...policy.value }) : policy;
  },
);

/** The operations that read roles. */
export const roleOperations = [
  getRole,
  listRoles,
  listRoleTags,
  listAttachedRolePolicies,
  listRolePolicies,
  getRolePolicy,
];
