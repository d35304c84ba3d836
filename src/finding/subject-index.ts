import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import type { Collected } from '../snapshot/collected.ts';
import type { PermissionSet } from '../snapshot/identity-center.ts';
import type { CheckResult, SubjectType } from './check-result.ts';

/** What a subject's ARN stands for. */
export interface SubjectIdentity {
  readonly type: SubjectType;
  /** Unique id, or the ARN where there is none. */
  readonly id: string;
}

/** Finds the type and unique id of everything in an account that a finding can be about, by ARN. */
export const indexSubjects = (snapshot: AccountSnapshot): ReadonlyMap<string, SubjectIdentity> => {
  const subjects = new Map<string, SubjectIdentity>();
  for (const { arn, userId } of snapshot.users) subjects.set(arn, { type: 'User', id: userId });
  for (const { arn, groupId } of snapshot.groups) subjects.set(arn, { type: 'Group', id: groupId });
  for (const { arn, roleId } of snapshot.roles) subjects.set(arn, { type: 'Role', id: roleId });
  for (const { arn, policyId } of snapshot.managedPolicies) subjects.set(arn, { type: 'ManagedPolicy', id: policyId });
  for (const { arn, id } of listed(snapshot.serverCertificates)) subjects.set(arn, { type: 'ServerCertificate', id });
  for (const { arn, id } of listed(snapshot.instanceProfiles)) subjects.set(arn, { type: 'InstanceProfile', id });
  for (const { arn } of listed(snapshot.identityProviders)) subjects.set(arn, { type: 'IdentityProvider', id: arn });
  for (const { arn } of permissionSets(snapshot)) subjects.set(arn, { type: 'PermissionSet', id: arn });
  for (const { arn } of listed(snapshot.resources)) subjects.set(arn, { type: 'Resource', id: arn });
  return subjects;
};

/** What a result of a check is about; `resourceType` is what the check judges. */
export const subjectOf = (
  subject: CheckResult['subject'],
  subjects: ReadonlyMap<string, SubjectIdentity>,
  resourceType: SubjectType | readonly SubjectType[],
): SubjectIdentity & { readonly arn: string; readonly part: string | null } => ({
  arn: subject.arn,
  ...(subjects.get(subject.arn) ?? { type: accountWide(resourceType), id: subject.arn }),
  part: subject.part ?? null,
});

// The ARN of the root user stands for the account too; it is no entity of the lists.
const accountWide = (resourceType: SubjectType | readonly SubjectType[]): SubjectType =>
  resourceType === 'RootUser' ? 'RootUser' : 'Account';

const permissionSets = ({ identityCenter }: AccountSnapshot): readonly PermissionSet[] =>
  identityCenter.known && identityCenter.value !== null ? listed(identityCenter.value.permissionSets) : [];

const listed = <T>(list: Collected<readonly T[]>): readonly T[] => (list.known ? list.value : []);
