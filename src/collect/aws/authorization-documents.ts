import type {
  AttachedPermissionsBoundary,
  AttachedPolicy,
  GroupDetail,
  InstanceProfile,
  ManagedPolicyDetail,
  PolicyDetail,
  RoleDetail,
  Tag,
  UserDetail,
} from '@aws-sdk/client-iam';
import type {
  GroupDetailDocument,
  InstanceProfileDocument,
  ManagedPolicyDetailDocument,
  RoleDetailDocument,
  UserDetailDocument,
} from '../../snapshot/snapshot-documents.ts';
import { documentText, isoTime, isoTimeOrAbsent, required } from './answers.ts';

/** A user of the account authorization details. */
export const userDocument = (user: UserDetail): UserDetailDocument => ({
  Path: user.Path ?? '/',
  UserName: required(user.UserName, 'UserName'),
  UserId: required(user.UserId, 'UserId'),
  Arn: required(user.Arn, 'Arn'),
  CreateDate: isoTime(required(user.CreateDate, 'CreateDate')),
  UserPolicyList: user.UserPolicyList?.map(inlinePolicy),
  GroupList: user.GroupList,
  AttachedManagedPolicies: user.AttachedManagedPolicies?.map(attachedPolicy),
  PermissionsBoundary: boundary(user.PermissionsBoundary),
  Tags: user.Tags?.map(tag),
});

/** A group of the account authorization details. */
export const groupDocument = (group: GroupDetail): GroupDetailDocument => ({
  Path: group.Path ?? '/',
  GroupName: required(group.GroupName, 'GroupName'),
  GroupId: required(group.GroupId, 'GroupId'),
  Arn: required(group.Arn, 'Arn'),
  CreateDate: isoTime(required(group.CreateDate, 'CreateDate')),
  GroupPolicyList: group.GroupPolicyList?.map(inlinePolicy),
  AttachedManagedPolicies: group.AttachedManagedPolicies?.map(attachedPolicy),
});

/** A role of the account authorization details. */
export const roleDocument = (role: RoleDetail): RoleDetailDocument => ({
  Path: role.Path ?? '/',
  RoleName: required(role.RoleName, 'RoleName'),
  RoleId: required(role.RoleId, 'RoleId'),
  Arn: required(role.Arn, 'Arn'),
  CreateDate: isoTime(required(role.CreateDate, 'CreateDate')),
  AssumeRolePolicyDocument: documentText(required(role.AssumeRolePolicyDocument, 'AssumeRolePolicyDocument')),
  InstanceProfileList: role.InstanceProfileList?.map(instanceProfileDocument),
  RolePolicyList: role.RolePolicyList?.map(inlinePolicy),
  AttachedManagedPolicies: role.AttachedManagedPolicies?.map(attachedPolicy),
  PermissionsBoundary: boundary(role.PermissionsBoundary),
  Tags: role.Tags?.map(tag),
  // Asked and without a date: not used in the 400 days that AWS keeps track of.
  RoleLastUsed: {
    LastUsedDate: isoTimeOrAbsent(role.RoleLastUsed?.LastUsedDate),
    Region: role.RoleLastUsed?.Region,
  },
});

/** A managed policy of the account authorization details, with all its versions. */
export const managedPolicyDocument = (policy: ManagedPolicyDetail): ManagedPolicyDetailDocument => ({
  PolicyName: required(policy.PolicyName, 'PolicyName'),
  PolicyId: required(policy.PolicyId, 'PolicyId'),
  Arn: required(policy.Arn, 'Arn'),
  Path: policy.Path ?? '/',
  DefaultVersionId: required(policy.DefaultVersionId, 'DefaultVersionId'),
  AttachmentCount: policy.AttachmentCount,
  PermissionsBoundaryUsageCount: policy.PermissionsBoundaryUsageCount,
  IsAttachable: policy.IsAttachable,
  Description: policy.Description,
  CreateDate: isoTime(required(policy.CreateDate, 'CreateDate')),
  UpdateDate: isoTimeOrAbsent(policy.UpdateDate),
  PolicyVersionList: required(policy.PolicyVersionList, 'PolicyVersionList').map((version) => ({
    VersionId: required(version.VersionId, 'VersionId'),
    IsDefaultVersion: version.IsDefaultVersion ?? false,
    CreateDate: isoTimeOrAbsent(version.CreateDate),
    Document: documentText(required(version.Document, 'Document')),
  })),
});

/** An instance profile with the names of its roles. */
export const instanceProfileDocument = (profile: InstanceProfile): InstanceProfileDocument => ({
  Path: profile.Path ?? '/',
  InstanceProfileName: required(profile.InstanceProfileName, 'InstanceProfileName'),
  InstanceProfileId: required(profile.InstanceProfileId, 'InstanceProfileId'),
  Arn: required(profile.Arn, 'Arn'),
  CreateDate: isoTime(required(profile.CreateDate, 'CreateDate')),
  Roles: (profile.Roles ?? []).map(({ RoleName }) => ({ RoleName: required(RoleName, 'RoleName') })),
});

const inlinePolicy = ({ PolicyName, PolicyDocument }: PolicyDetail) => ({
  PolicyName: required(PolicyName, 'PolicyName'),
  PolicyDocument: documentText(required(PolicyDocument, 'PolicyDocument')),
});

const attachedPolicy = ({ PolicyName, PolicyArn }: AttachedPolicy) => ({
  PolicyName: required(PolicyName, 'PolicyName'),
  PolicyArn: required(PolicyArn, 'PolicyArn'),
});

const boundary = (attached: AttachedPermissionsBoundary | undefined) =>
  attached?.PermissionsBoundaryArn === undefined
    ? undefined
    : {
        PermissionsBoundaryType: attached.PermissionsBoundaryType,
        PermissionsBoundaryArn: attached.PermissionsBoundaryArn,
      };

const tag = ({ Key, Value }: Tag) => ({ Key: required(Key, 'Key'), Value: Value ?? '' });
