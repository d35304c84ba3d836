import { z } from 'zod';
import { ok } from '../../kernel/result.ts';
import { nameKey } from '../account-state.ts';
import { readOperation } from '../operation.ts';
import { findRole, found } from './account-entities.ts';
import { inlinePolicyAnswer, inlinePolicyNames, pageOfAttachedPolicies } from './entity-policies.ts';
import { entityName, paging, pathPrefix, roleName } from './input.ts';
import { page, pageUnderPath, wholeList } from './page.ts';
import { instanceProfilesOfRole, instanceProfileView, roleListView, roleView, tagList } from './views.ts';

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

/** `iam:ListInstanceProfiles`. */
const listInstanceProfiles = readOperation(
  'iam:ListInstanceProfiles',
  z.object({ PathPrefix: pathPrefix, ...paging }),
  (state, input) => {
    const profiles = pageUnderPath('ListInstanceProfiles', input, state.instanceProfiles);
    if (!profiles.ok) return profiles;
    const { items, more } = profiles.value;
    return ok({ InstanceProfiles: items.map((profile) => instanceProfileView(state, profile)), ...more });
  },
);

/** `iam:GetInstanceProfile`. */
const getInstanceProfile = readOperation(
  'iam:GetInstanceProfile',
  z.object({ InstanceProfileName: entityName }),
  (state, { InstanceProfileName: name }) => {
    const profile = found(state.instanceProfiles.get(nameKey(name)), `Instance Profile ${name} cannot be found.`);
    return profile.ok ? ok({ InstanceProfile: instanceProfileView(state, profile.value) }) : profile;
  },
);

/** `iam:ListInstanceProfilesForRole`. */
const listInstanceProfilesForRole = readOperation('iam:ListInstanceProfilesForRole', ofRole, (state, input) => {
  const role = findRole(state, input.RoleName);
  if (!role.ok) return role;
  const profiles = page('ListInstanceProfilesForRole', input, wholeList(instanceProfilesOfRole(state, role.value)));
  if (!profiles.ok) return profiles;
  const { items, more } = profiles.value;
  return ok({ InstanceProfiles: items.map((profile) => instanceProfileView(state, profile)), ...more });
});

/** The operations that read roles and instance profiles. */
export const roleOperations = [
  getRole,
  listRoles,
  listRoleTags,
  listAttachedRolePolicies,
  listRolePolicies,
  getRolePolicy,
  getInstanceProfile,
  listInstanceProfiles,
  listInstanceProfilesForRole,
];
