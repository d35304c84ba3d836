import { z } from 'zod';
import { iamArn } from '../../iam/arn.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { indexPrefix, withoutRole, withRole } from '../account-edits.ts';
import { type AccountState, nameKey, type RoleState } from '../account-state.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import { accountAt, type CloudState, withAccount } from '../cloud-state.ts';
import { cloudOperation, operation } from '../operation.ts';
import { checkQuota } from '../quotas.ts';
import { newUniqueId } from '../unique-id.ts';
import { findRole } from './account-entities.ts';
import { boundaryArn } from './entity-policy-edits.ts';
import { arnText, descriptionText, entityPath, policyDocument, roleName } from './input.ts';
import { isProtected, isServiceLinked, modifiableRole, protectedRole } from './protected-roles.ts';
import { IGNORING_CASE, tagsInput, withTags } from './tags.ts';
import { acceptedTrustPolicy, withOrphaned } from './trusted-principals.ts';
import { newRoleView, redescribedRoleView } from './views.ts';

const maxSessionDuration = z.int().min(3600).max(43_200);

const newRoleInput = z.object({
  Path: entityPath.default('/'),
  RoleName: roleName,
  AssumeRolePolicyDocument: policyDocument,
  Description: descriptionText.nullable().default(null),
  MaxSessionDuration: maxSessionDuration.default(3600),
  PermissionsBoundary: arnText.optional(),
  Tags: tagsInput.default([]),
});

/** `iam:CreateRole`. */
const createRole = cloudOperation('iam:CreateRole', newRoleInput, (cloud, input, call) => {
  const state = accountAt(cloud, call.account);
  const parts = newRoleParts(cloud, state, input);
  if (!parts.ok) return parts;
  const role: RoleState = {
    ...parts.value,
    roleName: input.RoleName,
    roleId: newUniqueId('AROA', call.random),
    arn: iamArn(state.partition, state.accountId, `role${input.Path}${input.RoleName}`),
    path: input.Path,
    createDate: call.now,
    description: input.Description,
    maxSessionDuration: input.MaxSessionDuration,
    inlinePolicies: [],
    attachedPolicies: [],
    lastUsed: null,
  };
  return ok({ cloud: withAccount(cloud, withRole(state, role)), answer: { Role: newRoleView(role) } });
});

const newRoleParts = (
  cloud: CloudState,
  state: AccountState,
  { Path, RoleName, AssumeRolePolicyDocument, PermissionsBoundary, Tags }: z.output<typeof newRoleInput>,
): Result<Pick<RoleState, 'tags' | 'permissionsBoundary' | 'assumeRolePolicyDocument'>, AwsError> => {
  const tags = withTags(new Map(), Tags, IGNORING_CASE);
  if (!tags.ok) return tags;
  if (isServiceLinked({ path: Path })) {
    return awsError('InvalidInput', "Path prefix '/aws-service-role/' can only be used for AWS Service linked Roles");
  }
  if (isProtected({ path: Path })) return protectedRole(RoleName);
  const trust = acceptedTrustPolicy(cloud, state, AssumeRolePolicyDocument);
  if (!trust.ok) return trust;
  if (state.roles.has(nameKey(RoleName))) {
    return awsError('EntityAlreadyExists', `Role with name ${RoleName} already exists.`);
  }
  const boundary = PermissionsBoundary === undefined ? ok(null) : boundaryArn(state, PermissionsBoundary);
  if (!boundary.ok) return boundary;
  const allowed = checkQuota(state, 'RolesPerAccount', state.roles.size + 1);
  if (!allowed.ok) return allowed;
  return ok({ tags: tags.value, permissionsBoundary: boundary.value, assumeRolePolicyDocument: trust.value });
};

/** `iam:DeleteRole`. */
const deleteRole = cloudOperation('iam:DeleteRole', z.object({ RoleName: roleName }), (cloud, { RoleName }, call) => {
  const state = accountAt(cloud, call.account);
  const role = modifiableRole(state, RoleName);
  if (!role.ok) return role;
  const kept = whatKeeps(state, role.value);
  return kept === null
    ? ok({ cloud: withRoleGone(cloud, state, role.value), answer: {} })
    : awsError('DeleteConflict', `Cannot delete entity, must ${kept} first.`);
});

const whatKeeps = (state: AccountState, role: RoleState): string | null => {
  if (!state.indexes.roleProfiles.entriesWithPrefix(indexPrefix(nameKey(role.roleName))).next().done) {
    return 'remove roles from instance profile';
  }
  if (role.attachedPolicies.length > 0) return 'detach all policies';
  return role.inlinePolicies.length > 0 ? 'delete policies' : null;
};

/** The cloud without a role of one of its accounts, which other roles may have trusted. */
export const withRoleGone = (cloud: CloudState, state: AccountState, role: RoleState): CloudState =>
  withOrphaned(withAccount(cloud, withoutRole(state, nameKey(role.roleName))), role.arn, role.roleId);

/** `iam:UpdateRole`. */
const updateRole = operation(
  'iam:UpdateRole',
  z.object({
    RoleName: roleName,
    Description: descriptionText.optional(),
    MaxSessionDuration: maxSessionDuration.optional(),
  }),
  (state, { RoleName, Description, MaxSessionDuration }) => {
    const role = findRole(state, RoleName);
    if (!role.ok) return role;
    if (MaxSessionDuration !== undefined && isProtected(role.value)) {
      const message = `${role.value.roleName} is an AWS service linked role, max session duration cannot be changed.`;
      return awsError('UnmodifiableEntity', message);
    }
    const updated = {
      ...role.value,
      description: Description ?? role.value.description,
      maxSessionDuration: MaxSessionDuration ?? role.value.maxSessionDuration,
    };
    return ok({ state: withRole(state, updated), answer: {} });
  },
);

/** `iam:UpdateRoleDescription`: what came before UpdateRole, and answers the role. */
const updateRoleDescription = operation(
  'iam:UpdateRoleDescription',
  z.object({ RoleName: roleName, Description: descriptionText }),
  (state, { RoleName, Description }) => {
    const role = findRole(state, RoleName);
    if (!role.ok) return role;
    const updated = { ...role.value, description: Description };
    return ok({ state: withRole(state, updated), answer: { Role: redescribedRoleView(updated) } });
  },
);

/** `iam:UpdateAssumeRolePolicy`: replaces the trust policy. */
const updateAssumeRolePolicy = cloudOperation(
  'iam:UpdateAssumeRolePolicy',
  z.object({ RoleName: roleName, PolicyDocument: policyDocument }),
  (cloud, { RoleName, PolicyDocument }, call) => {
    const state = accountAt(cloud, call.account);
    const role = modifiableRole(state, RoleName);
    if (!role.ok) return role;
    const trust = acceptedTrustPolicy(cloud, state, PolicyDocument);
    if (!trust.ok) return trust;
    const updated = withRole(state, { ...role.value, assumeRolePolicyDocument: trust.value });
    return ok({ cloud: withAccount(cloud, updated), answer: {} });
  },
);

/** The operations that make, change and delete roles. */
export const roleEditOperations = [createRole, deleteRole, updateRole, updateRoleDescription, updateAssumeRolePolicy];
