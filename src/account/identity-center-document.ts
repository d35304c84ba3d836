import { friendlyName } from '../iam/arn.ts';
import type { IdentityCenterDocument, PermissionSetDocument } from '../snapshot/identity-center.ts';
import { type AccountState, nameKey } from './account-state.ts';
import { awsManagedPolicies } from './aws-managed-policies.ts';
import type {
  CustomerPolicyReference,
  IdentityCenterState,
  IdentityState,
  PermissionSetBoundary,
  PermissionSetState,
} from './identity-center-state.ts';
import { parsed } from './trust-document.ts';

/** `identity-center.json` of an account; null: it has no instance. */
export const identityCenterDocument = (state: AccountState): IdentityCenterDocument | null => {
  const { identityCenter: instance, partition } = state;
  if (instance === null) return null;
  const identities = (type: IdentityState['type']) =>
    [...instance.identities.values()].filter((each) => each.type === type);
  return {
    instanceArn: instance.instanceArn,
    identityStoreId: instance.identityStoreId,
    permissionSets: [...instance.permissionSets.values()].map((set) => permissionSetDocument(instance, set)),
    users: identities('USER').map(({ id, name, displayName }) => ({
      UserId: id,
      UserName: name,
      ...(displayName !== null && { DisplayName: displayName }),
    })),
    groups: identities('GROUP').map(({ id, name }) => ({ GroupId: id, DisplayName: name, ...membersOf(instance, id) })),
    managedPolicies: namedPolicies(instance).flatMap((Arn) => {
      const policy = awsManagedPolicies(partition).get(nameKey(friendlyName(Arn)));
      const version = policy?.versions.find(({ versionId }) => versionId === policy.defaultVersionId);
      return version === undefined ? [] : [{ Arn, PolicyDocument: parsed(version.document) }];
    }),
  };
};

/** Of groups that are assigned nothing nobody asks who is in them. */
const membersOf = ({ assignments, memberships }: IdentityCenterState, groupId: string) =>
  [...assignments.values()].some(({ principalId }) => principalId === groupId) && {
    memberIds: [...memberships.values()]
      .filter((each) => each.groupId === groupId)
      .map(({ userId }) => userId)
      .toSorted(),
  };

const namedPolicies = ({ permissionSets }: IdentityCenterState) =>
  [
    ...new Set(
      [...permissionSets.values()].flatMap(({ managedPolicies, permissionsBoundary: boundary }) =>
        boundary?.kind === 'managed' ? [...managedPolicies, boundary.arn] : managedPolicies,
      ),
    ),
  ].toSorted();

const permissionSetDocument = (instance: IdentityCenterState, set: PermissionSetState): PermissionSetDocument => ({
  PermissionSetArn: set.arn,
  Name: set.name,
  ...(set.description !== null && { Description: set.description }),
  SessionDuration: set.sessionDuration,
  AttachedManagedPolicies: set.managedPolicies.toSorted().map((Arn) => ({ Name: friendlyName(Arn), Arn })),
  CustomerManagedPolicyReferences: set.customerPolicies.map(referenceDocument),
  InlinePolicy: set.inlinePolicy === '' ? '' : parsed(set.inlinePolicy),
  PermissionsBoundary: boundaryDocument(set.permissionsBoundary),
  AccountAssignments: [...instance.assignments.values()]
    .filter(({ permissionSetArn }) => permissionSetArn === set.arn)
    .map(({ accountId, principalType, principalId }) => ({
      AccountId: accountId,
      PrincipalType: principalType,
      PrincipalId: principalId,
    })),
});

const boundaryDocument = (boundary: PermissionSetBoundary | null): PermissionSetDocument['PermissionsBoundary'] => {
  if (boundary === null) return null;
  return boundary.kind === 'managed'
    ? { ManagedPolicyArn: boundary.arn }
    : { CustomerManagedPolicyReference: referenceDocument(boundary.policy) };
};

const referenceDocument = ({ name, path }: CustomerPolicyReference) => ({ Name: name, Path: path });
