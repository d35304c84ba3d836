import { arnParts } from '../../iam/arn.ts';
import type {
  AccountState,
  GroupState,
  InlinePolicyState,
  ManagedPolicyState,
  RoleState,
  UserState,
} from '../account-state.ts';
import {
  attachedPolicyList,
  boundaryView,
  type DocumentForm,
  groupView,
  instanceProfilesOfRole,
  instanceProfileView,
  policyListView,
  policyVersionView,
  roleLastUsedView,
  tagList,
} from './views.ts';

// The shapes that `GetAccountAuthorizationDetails` answers.

/** The shape `PolicyDetail`, of each inline policy. */
const policyDetailList = (policies: readonly InlinePolicyState[], form: DocumentForm) =>
  policies.map(({ policyName, document }) => ({ PolicyName: policyName, PolicyDocument: form(document) }));

/** The shape `UserDetail`. */
export const userDetail = (user: UserState, form: DocumentForm) => ({
  Path: user.path,
  UserName: user.userName,
  UserId: user.userId,
  Arn: user.arn,
  CreateDate: user.createDate,
  UserPolicyList: user.inlinePolicies.length === 0 ? undefined : policyDetailList(user.inlinePolicies, form),
  GroupList: user.groups,
  AttachedManagedPolicies: attachedPolicyList(user.attachedPolicies),
  PermissionsBoundary: boundaryView(user.permissionsBoundary),
  Tags: tagList(user.tags),
});

/** The shape `GroupDetail`. */
export const groupDetail = (group: GroupState, form: DocumentForm) => ({
  ...groupView(group),
  GroupPolicyList: policyDetailList(group.inlinePolicies, form),
  AttachedManagedPolicies: attachedPolicyList(group.attachedPolicies),
});

/** The shape `RoleDetail`. */
export const roleDetail = (state: AccountState, role: RoleState, form: DocumentForm) => ({
  Path: role.path,
  RoleName: role.roleName,
  RoleId: role.roleId,
  Arn: role.arn,
  CreateDate: role.createDate,
  AssumeRolePolicyDocument: form(role.assumeRolePolicyDocument),
  InstanceProfileList: instanceProfilesOfRole(state, role).map((profile) => instanceProfileView(state, profile)),
  RolePolicyList: policyDetailList(role.inlinePolicies, form),
  AttachedManagedPolicies: attachedPolicyList(role.attachedPolicies),
  PermissionsBoundary: boundaryView(role.permissionsBoundary),
  Tags: tagList(role.tags),
  RoleLastUsed: roleLastUsedView(role.lastUsed),
});

/** The shape `ManagedPolicyDetail`. Of AWS's own policies, which have dozens of versions, the one in force is told. */
export const managedPolicyDetail = (state: AccountState, policy: ManagedPolicyState, form: DocumentForm) => ({
  ...policyListView(state, policy),
  Description: policy.description ?? undefined,
  PolicyVersionList: policy.versions
    .filter(({ versionId }) => versionId === policy.defaultVersionId || arnParts(policy.arn).account !== 'aws')
    .map((version) => ({ ...policyVersionView(policy, version), Document: form(version.document) })),
});
