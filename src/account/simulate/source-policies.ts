import type { Arn } from '../../iam/arn.ts';
import { type AccountState, type GroupState, nameKey, type RoleState, type UserState } from '../account-state.ts';
import { findPolicy } from '../operations/account-entities.ts';

/** A policy that a simulation asks, under the name by which its answers tell of it. */
export interface SourcePolicy {
  readonly id: string;
  readonly type: 'IAM Policy' | 'Resource Policy' | 'Permissions Boundary Policy';
  /** JSON text. */
  readonly document: string;
  /** Where it comes from; null: the request brought it. */
  readonly origin: PolicyOrigin | null;
}

/** What a policy of an account is. */
export type PolicyOrigin =
  | { readonly kind: 'managed'; readonly arn: Arn }
  | {
      readonly kind: 'inline';
      readonly holder: Holder['kind'];
      readonly holderName: string;
      readonly policyName: string;
    };

/** A user, group or role. */
export type Holder =
  | { readonly kind: 'user'; readonly entity: UserState }
  | { readonly kind: 'group'; readonly entity: GroupState }
  | { readonly kind: 'role'; readonly entity: RoleState };

/** The policies of the request, numbered. */
export const givenPolicies = (
  list: string,
  documents: readonly string[],
  type: SourcePolicy['type'] = 'IAM Policy',
): SourcePolicy[] => documents.map((document, index) => ({ id: `${list}.${index + 1}`, type, document, origin: null }));

/** The identity-based policies that say what somebody may do, a user's groups with theirs; each managed policy once. */
export const policiesOfHolder = (state: AccountState, holder: Holder): SourcePolicy[] => {
  const groups = holder.kind === 'user' ? holder.entity.groups : [];
  const holders: Holder[] = [
    holder,
    ...groups.flatMap((name) => {
      const entity = state.groups.get(nameKey(name));
      return entity === undefined ? [] : [{ kind: 'group', entity } as const];
    }),
  ];
  const attached = new Set(holders.flatMap(({ entity }) => entity.attachedPolicies));
  return [...holders.flatMap(inlinePolicies), ...[...attached].flatMap((arn) => managedPolicy(state, arn))];
};

/** The permissions boundary of a user or role; null: none is set. */
export const boundaryOfHolder = (state: AccountState, { kind, entity }: Holder): SourcePolicy | null => {
  if (kind === 'group' || entity.permissionsBoundary === null) return null;
  const [boundary] = managedPolicy(state, entity.permissionsBoundary);
  return boundary === undefined ? null : { ...boundary, type: 'Permissions Boundary Policy' };
};

/** What a user, group or role is called. */
const holderName = ({ kind, entity }: Holder): string => {
  switch (kind) {
    case 'user':
      return entity.userName;
    case 'group':
      return entity.groupName;
    case 'role':
      return entity.roleName;
  }
};

const inlinePolicies = (holder: Holder): SourcePolicy[] =>
  holder.entity.inlinePolicies.map(({ policyName, document }) => ({
    id: `${holder.kind}_${holderName(holder)}_${policyName}`,
    type: 'IAM Policy',
    document,
    origin: { kind: 'inline', holder: holder.kind, holderName: holderName(holder), policyName },
  }));

const managedPolicy = (state: AccountState, arn: Arn): SourcePolicy[] => {
  const policy = findPolicy(state, arn);
  if (!policy.ok) return [];
  const { policyName, versions, defaultVersionId } = policy.value;
  const document = versions.find(({ versionId }) => versionId === defaultVersionId)?.document ?? '{}';
  return [{ id: policyName, type: 'IAM Policy', document, origin: { kind: 'managed', arn } }];
};
