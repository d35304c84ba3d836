import { z } from 'zod';
import { iamArn } from '../../iam/arn.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { withInstanceProfile, withoutInstanceProfile } from '../account-edits.ts';
import { type AccountState, type InstanceProfileState, nameKey } from '../account-state.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import { operation, readOperation } from '../operation.ts';
import { checkQuota } from '../quotas.ts';
import { newUniqueId } from '../unique-id.ts';
import { findRole, found } from './account-entities.ts';
import { entityName, entityPath, paging, pathPrefix, roleName } from './input.ts';
import { page, pageUnderPath, wholeList } from './page.ts';
import { modifiableRole } from './protected-roles.ts';
import { tagOperations } from './tag-operations.ts';
import { MINDING_CASE, tagsInput, withTags } from './tags.ts';
import { instanceProfileDetail, instanceProfilesOfRole, instanceProfileView, newInstanceProfileView } from './views.ts';

const ofProfile = z.object({ InstanceProfileName: entityName });

const findProfile = (state: AccountState, name: string): Result<InstanceProfileState, AwsError> =>
  found(state.instanceProfiles.get(nameKey(name)), `Instance Profile ${name} cannot be found.`);

/** `iam:CreateInstanceProfile`. */
const createInstanceProfile = operation(
  'iam:CreateInstanceProfile',
  ofProfile.extend({ Path: entityPath.default('/'), Tags: tagsInput.default([]) }),
  (state, { InstanceProfileName: name, Path, Tags }, call) => {
    const tags = withTags(new Map(), Tags, MINDING_CASE);
    if (!tags.ok) return tags;
    if (state.instanceProfiles.has(nameKey(name))) {
      return awsError('EntityAlreadyExists', `Instance Profile ${name} already exists.`);
    }
    const allowed = checkQuota(state, 'InstanceProfilesPerAccount', state.instanceProfiles.size + 1);
    if (!allowed.ok) return allowed;
    const profile: InstanceProfileState = {
      instanceProfileName: name,
      instanceProfileId: newUniqueId('AIPA', call.random),
      arn: iamArn(state.partition, state.accountId, `instance-profile${Path}${name}`),
      path: Path,
      createDate: call.now,
      roles: [],
      tags: tags.value,
    };
    const answer = { InstanceProfile: newInstanceProfileView(state, profile) };
    return ok({ state: withInstanceProfile(state, profile), answer });
  },
);

/** `iam:DeleteInstanceProfile`. */
const deleteInstanceProfile = operation('iam:DeleteInstanceProfile', ofProfile, (state, input) => {
  const profile = findProfile(state, input.InstanceProfileName);
  if (!profile.ok) return profile;
  return profile.value.roles.length > 0
    ? awsError('DeleteConflict', 'Cannot delete entity, must remove roles from instance profile first.')
    : ok({ state: withoutInstanceProfile(state, nameKey(input.InstanceProfileName)), answer: {} });
});

const profileAndRole = ofProfile.extend({ RoleName: roleName });

/** `iam:AddRoleToInstanceProfile`. */
const addRole = operation('iam:AddRoleToInstanceProfile', profileAndRole, (state, input) => {
  const profile = findProfile(state, input.InstanceProfileName);
  if (!profile.ok) return profile;
  const role = modifiableRole(state, input.RoleName);
  if (!role.ok) return role;
  const roles = [...profile.value.roles, role.value.roleName];
  const allowed = checkQuota(state, 'InstanceSessionsPerInstanceProfile', roles.length);
  return allowed.ok ? ok({ state: withInstanceProfile(state, { ...profile.value, roles }), answer: {} }) : allowed;
});

/** `iam:RemoveRoleFromInstanceProfile`. */
const removeRole = operation('iam:RemoveRoleFromInstanceProfile', profileAndRole, (state, input) => {
  const profile = findProfile(state, input.InstanceProfileName);
  if (!profile.ok) return profile;
  const role = findRole(state, input.RoleName);
  if (!role.ok) return role;
  const roles = profile.value.roles.filter((name) => nameKey(name) !== nameKey(input.RoleName));
  const place = `Role ${input.RoleName} in Instance Profile ${input.InstanceProfileName}`;
  return roles.length === profile.value.roles.length
    ? awsError('NoSuchEntity', `${place} cannot be found.`)
    : ok({ state: withInstanceProfile(state, { ...profile.value, roles }), answer: {} });
});

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
  ofProfile,
  (state, { InstanceProfileName: name }) => {
    const profile = findProfile(state, name);
    return profile.ok ? ok({ InstanceProfile: instanceProfileDetail(state, profile.value) }) : profile;
  },
);

const ofRole = z.object({ RoleName: roleName, ...paging });

/** `iam:ListInstanceProfilesForRole`. */
const listInstanceProfilesForRole = readOperation('iam:ListInstanceProfilesForRole', ofRole, (state, input) => {
  const role = findRole(state, input.RoleName);
  if (!role.ok) return role;
  const profiles = page('ListInstanceProfilesForRole', input, wholeList(instanceProfilesOfRole(state, role.value)));
  if (!profiles.ok) return profiles;
  const { items, more } = profiles.value;
  return ok({ InstanceProfiles: items.map((profile) => instanceProfileView(state, profile)), ...more });
});

/** The operations on instance profiles. */
export const instanceProfileOperations = [
  createInstanceProfile,
  deleteInstanceProfile,
  addRole,
  removeRole,
  getInstanceProfile,
  listInstanceProfiles,
  listInstanceProfilesForRole,
  ...tagOperations({
    noun: 'InstanceProfile',
    name: ofProfile,
    find: (state, { InstanceProfileName }) => findProfile(state, InstanceProfileName),
    save: withInstanceProfile,
  }),
];
