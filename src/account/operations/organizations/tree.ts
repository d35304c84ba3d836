import type { Random } from '../../call.ts';
import { AWS_POLICIES } from '../../organization-policies.ts';
import {
  type MemberAccountState,
  type OrganizationState,
  type PolicyType,
  pairKey,
  type UnitState,
} from '../../organization-state.ts';

/** The kinds of children that a root or a unit has. */
export type ChildKind = 'ACCOUNT' | 'ORGANIZATIONAL_UNIT';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** An id of lower-case letters and digits, such as `o-` and ten of them. */
export const newId = (prefix: string, length: number, random: Random): string =>
  prefix + [...random(length)].map((byte) => LETTERS[byte % LETTERS.length]).join('');

const childKey = (parent: string, kind: ChildKind, child: string): string => pairKey(pairKey(parent, kind), child);

/** The ids of the children of a root or unit, in order. */
export const childrenOf = (organization: OrganizationState, parent: string, kind: ChildKind) =>
  function* (from: string): Generator<readonly [string, string]> {
    const prefix = childKey(parent, kind, '');
    for (const entry of organization.children.entriesFrom(from === '' ? prefix : from)) {
      if (!entry[0].startsWith(prefix)) return;
      yield entry;
    }
  };

/** Whether a root or unit has any children. */
export const isEmpty = (organization: OrganizationState, parent: string): boolean =>
  [...organization.children.entriesWithPrefix(pairKey(parent, ''))].length === 0;

/** Whether there is such a root or unit. */
export const isParent = ({ rootId, units }: OrganizationState, id: string): boolean => id === rootId || units.has(id);

/** The organization with an account added or moved; a new one has AWS's policies of the types that are enabled. */
export const withMember = (organization: OrganizationState, member: MemberAccountState): OrganizationState => {
  const before = organization.accounts.get(member.id);
  const placed = withChild(organization, 'ACCOUNT', before, member);
  const after = { ...placed, accounts: placed.accounts.set(member.id, member) };
  return before === undefined ? withDefaultPolicies(after, member.id) : after;
};

/** The organization with a unit added or changed; a new one has AWS's policies of the types that are enabled. */
export const withUnit = (organization: OrganizationState, unit: UnitState): OrganizationState => {
  const before = organization.units.get(unit.id);
  const placed = withChild(organization, 'ORGANIZATIONAL_UNIT', before, unit);
  const after = { ...placed, units: placed.units.set(unit.id, unit) };
  return before === undefined ? withDefaultPolicies(after, unit.id) : after;
};

/** The organization without an account, and without what is attached to it. */
export const withoutMember = (organization: OrganizationState, member: MemberAccountState): OrganizationState => ({
  ...withoutTarget(organization, member.id),
  accounts: organization.accounts.delete(member.id),
  children: organization.children.delete(childKey(member.parentId, 'ACCOUNT', member.id)),
});

/** The organization without a unit, and without what is attached to it. */
export const withoutUnit = (organization: OrganizationState, unit: UnitState): OrganizationState => ({
  ...withoutTarget(organization, unit.id),
  units: organization.units.delete(unit.id),
  children: organization.children.delete(childKey(unit.parentId, 'ORGANIZATIONAL_UNIT', unit.id)),
});

interface Placed {
  readonly id: string;
  readonly parentId: string;
}

const withChild = (
  organization: OrganizationState,
  kind: ChildKind,
  before: Placed | undefined,
  { id, parentId }: Placed,
): OrganizationState => {
  const { children } = organization;
  const left = before === undefined ? children : children.delete(childKey(before.parentId, kind, id));
  return { ...organization, children: left.set(childKey(parentId, kind, id), id) };
};

/** The organization with a policy attached to a target. */
export const withAttachment = (organization: OrganizationState, policy: string, target: string): OrganizationState => ({
  ...organization,
  policiesOfTargets: organization.policiesOfTargets.set(pairKey(target, policy), policy),
  targetsOfPolicies: organization.targetsOfPolicies.set(pairKey(policy, target), target),
});

/** The organization with a policy no longer attached to a target. */
export const withoutAttachment = (
  organization: OrganizationState,
  policy: string,
  target: string,
): OrganizationState => ({
  ...organization,
  policiesOfTargets: organization.policiesOfTargets.delete(pairKey(target, policy)),
  targetsOfPolicies: organization.targetsOfPolicies.delete(pairKey(policy, target)),
});

const withoutTarget = (organization: OrganizationState, target: string): OrganizationState => {
  const policies = [...organization.policiesOfTargets.entriesWithPrefix(pairKey(target, ''))].map(([, id]) => id);
  const detached = policies.reduce((rest, policy) => withoutAttachment(rest, policy, target), organization);
  return { ...detached, tags: detached.tags.delete(target) };
};

/** AWS's own policy of a type; undefined: the type has none. */
export const awsPolicyOf = (type: PolicyType) => Object.values(AWS_POLICIES).find((policy) => policy.type === type);

const withDefaultPolicies = (organization: OrganizationState, target: string): OrganizationState =>
  organization.enabledPolicyTypes
    .map(awsPolicyOf)
    .filter((policy) => policy !== undefined)
    .reduce((after, { id }) => withAttachment(after, id, target), organization);
