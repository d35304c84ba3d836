import type { Group, ManagedPolicy, Role } from '../account-snapshot.ts';
import { known, missing } from '../collected.ts';
import type {
  AuthorizationDetailsDocument,
  GroupDetailDocument,
  ManagedPolicyDetailDocument,
  RoleDetailDocument,
} from '../snapshot-documents.ts';
import { type Assembly, readAttachedPolicies, readInlinePolicies, readTags } from './assembly.ts';

const FILE = 'authorization-details.json';
const ACTION = 'iam:GetAccountAuthorizationDetails';

/** Reads groups: the document, and its JSON pointer. */
export const readGroups = (assembly: Assembly): ((document: GroupDetailDocument, pointer: string) => Group) => {
  const read = assembly.reader(FILE);
  return (document, pointer) => ({
    arn: read.arn(document.Arn, `${pointer}/Arn`),
    groupName: document.GroupName,
    groupId: document.GroupId,
    path: document.Path,
    createDate: read.instant(document.CreateDate, `${pointer}/CreateDate`),
    inlinePolicies: readInlinePolicies(document.GroupPolicyList, assembly.intern),
    attachedManagedPolicies: readAttachedPolicies(document.AttachedManagedPolicies, read, pointer),
  });
};

/** Reads roles: the document, and its JSON pointer. */
export const readRoles = (assembly: Assembly): ((document: RoleDetailDocument, pointer: string) => Role) => {
  const read = assembly.reader(FILE);
  const time = assembly.timeOf('authorization-details');

  const lastUsed = ({ RoleLastUsed: used, Arn }: RoleDetailDocument, pointer: string): Role['lastUsed'] => {
    if (used === undefined) {
      const detail = `the last use of ${Arn} was not read`;
      return missing(
        assembly.gaps.add({ source: 'authorization-details', action: ACTION, reason: 'skipped', detail, subject: Arn }),
      );
    }
    const date = read.instantOrNull(used.LastUsedDate, `${pointer}/RoleLastUsed/LastUsedDate`);
    return known(date === null ? null : { date, region: used.Region ?? null }, 'authorization-details', time);
  };

  return (document, pointer) => ({
    arn: read.arn(document.Arn, `${pointer}/Arn`),
    roleName: document.RoleName,
    roleId: document.RoleId,
    path: document.Path,
    createDate: read.instant(document.CreateDate, `${pointer}/CreateDate`),
    tags: readTags(document.Tags),
    trustPolicy: assembly.intern(document.AssumeRolePolicyDocument),
    inlinePolicies: readInlinePolicies(document.RolePolicyList, assembly.intern),
    attachedManagedPolicies: readAttachedPolicies(document.AttachedManagedPolicies, read, pointer),
    permissionsBoundary: document.PermissionsBoundary
      ? read.arn(
          document.PermissionsBoundary.PermissionsBoundaryArn,
          `${pointer}/PermissionsBoundary/PermissionsBoundaryArn`,
        )
      : null,
    instanceProfiles: (document.InstanceProfileList ?? []).map(({ InstanceProfileName }) => InstanceProfileName),
    lastUsed: lastUsed(document, pointer),
  });
};

/** Reads managed policies: the document, and its JSON pointer. Counts that were not told are counted. */
export const readManagedPolicies = (
  assembly: Assembly,
): ((document: ManagedPolicyDetailDocument, pointer: string) => ManagedPolicy) => {
  const read = assembly.reader(FILE);
  const uses = countUses(assembly.documents.authorizationDetails ?? {});
  return (document, pointer) => {
    const arn = read.arn(document.Arn, `${pointer}/Arn`);
    const createDate = read.instant(document.CreateDate, `${pointer}/CreateDate`);
    return {
      arn,
      policyName: document.PolicyName,
      policyId: document.PolicyId,
      path: document.Path,
      awsManaged: /^arn:[^:]*:iam::aws:/.test(arn),
      defaultVersionId: document.DefaultVersionId,
      versions: document.PolicyVersionList.map((version, index) => ({
        versionId: version.VersionId,
        isDefaultVersion: version.VersionId === document.DefaultVersionId,
        createDate:
          read.instantOrNull(version.CreateDate, `${pointer}/PolicyVersionList/${index}/CreateDate`) ?? createDate,
        document: assembly.intern(version.Document),
      })),
      attachmentCount: document.AttachmentCount ?? uses.attached.get(arn) ?? 0,
      permissionsBoundaryUsageCount: document.PermissionsBoundaryUsageCount ?? uses.asBoundary.get(arn) ?? 0,
      createDate,
      updateDate: read.instantOrNull(document.UpdateDate, `${pointer}/UpdateDate`) ?? createDate,
    };
  };
};

const countUses = ({
  UserDetailList = [],
  GroupDetailList = [],
  RoleDetailList = [],
}: AuthorizationDetailsDocument) => {
  const attached = new Map<string, number>();
  const asBoundary = new Map<string, number>();
  const count = (counts: Map<string, number>, arn: string): void => {
    counts.set(arn, (counts.get(arn) ?? 0) + 1);
  };
  for (const { AttachedManagedPolicies = [] } of [...UserDetailList, ...GroupDetailList, ...RoleDetailList]) {
    for (const { PolicyArn } of AttachedManagedPolicies) count(attached, PolicyArn);
  }
  for (const { PermissionsBoundary } of [...UserDetailList, ...RoleDetailList]) {
    if (PermissionsBoundary) count(asBoundary, PermissionsBoundary.PermissionsBoundaryArn);
  }
  return { attached, asBoundary };
};
