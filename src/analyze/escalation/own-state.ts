import { type AccountAccess, createAccountAccess } from '../../access/account-access.ts';
import type { Arn } from '../../iam/arn.ts';
import type { Instant } from '../../kernel/time.ts';
import { createPolicyInterner } from '../../policy/policy-interner.ts';
import type { ServiceReference } from '../../reference/service-reference.ts';
import type { AccountSnapshot, Group, ManagedPolicy, Role, User } from '../../snapshot/account-snapshot.ts';
import type { Effect } from './escalation-method.ts';

/** A principal with the policies that apply to it, as they are or as its own requests have made them. */
export interface OwnState {
  readonly self: User | Role;
  /** The groups that the user is in. */
  readonly groups: readonly Group[];
  /** The managed policies attached to the principal and its groups, and its boundary. */
  readonly policies: readonly ManagedPolicy[];
  /** The account that all this is of; its lists are of no concern. */
  readonly account: AccountSnapshot;
  readonly access: AccountAccess;
}

/** What a request works on. */
export interface Target {
  /** The request's resource. */
  readonly arn: Arn;
  /** What of it: a managed policy, an inline policy of the principal, a group that the principal is in. */
  readonly what:
    | { readonly kind: 'principal' }
    | { readonly kind: 'managed-policy'; readonly policyArn: Arn }
    | { readonly kind: 'inline-policy'; readonly policyName: string }
    | { readonly kind: 'group'; readonly groupName: string };
}

/** Finds any principal of an account as it is. */
export const createOwnStates = (account: AccountSnapshot, access: AccountAccess): ((self: User | Role) => OwnState) => {
  const groupsByName = new Map(account.groups.map((group) => [group.groupName, group]));
  const policiesByArn = new Map(account.managedPolicies.map((policy) => [policy.arn, policy]));
  return (self) => {
    const groups = 'userName' in self ? self.groups.flatMap((name) => groupsByName.get(name) ?? []) : [];
    const attached = [self, ...groups].flatMap((holder) => holder.attachedManagedPolicies);
    const arns = new Set([...attached.map(({ policyArn }) => policyArn), self.permissionsBoundary]);
    const policies = [...arns].flatMap((arn) => (arn === null ? [] : (policiesByArn.get(arn) ?? [])));
    return { self, groups, policies, account, access };
  };
};

/** What decisions about a principal depend on beside its policies. */
export interface Surroundings {
  readonly reference: ServiceReference;
  readonly now: Instant;
}

/** The principal after a request that it made has had its effect. */
export const afterEffect = (
  state: OwnState,
  effect: Effect,
  target: Target,
  { reference, now }: Surroundings,
): OwnState => {
  const next = { ...state, ...changed(state, effect, target) };
  const { self, groups, policies, account } = next;
  const users = 'userName' in self ? [self] : [];
  const roles = 'roleName' in self ? [self] : [];
  return {
    ...next,
    access: createAccountAccess({ ...account, users, roles, groups, managedPolicies: policies }, reference, now),
  };
};

const changed = ({ self, groups, policies }: OwnState, effect: Effect, { what }: Target): Partial<OwnState> => {
  switch (effect) {
    case 'allows-everything':
      return what.kind === 'group' ? { groups: groups.map(allowing(what.groupName)) } : { self: withEverything(self) };
    case 'rewrites-policy':
      return what.kind === 'managed-policy' ? { policies: policies.map(rewriting(what.policyArn)) } : {};
    case 'lifts-boundary':
      return { self: { ...self, permissionsBoundary: null } };
    case 'drops-policy':
      return what.kind === 'group'
        ? { self: withoutPolicy(self, what), groups: groups.filter(({ groupName }) => groupName !== what.groupName) }
        : { self: withoutPolicy(self, what) };
    case 'escapes-limits':
      return { self: unlimited(self), groups: [] };
  }
};

const EVERYTHING = {
  policyName: 'everything',
  document: createPolicyInterner()({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  }),
} as const;

const withEverything = <Holder extends User | Role | Group>(holder: Holder): Holder => ({
  ...holder,
  inlinePolicies: [...holder.inlinePolicies, EVERYTHING],
});

const allowing =
  (groupName: string) =>
  (group: Group): Group =>
    group.groupName === groupName ? withEverything(group) : group;

const rewriting =
  (policyArn: Arn) =>
  (policy: ManagedPolicy): ManagedPolicy => {
    if (policy.arn !== policyArn) return policy;
    const versions = policy.versions.map((version) =>
      version.isDefaultVersion ? { ...version, document: EVERYTHING.document } : version,
    );
    return { ...policy, versions };
  };

const withoutPolicy = (self: User | Role, what: Target['what']): User | Role => {
  switch (what.kind) {
    case 'managed-policy':
      return {
        ...self,
        attachedManagedPolicies: self.attachedManagedPolicies.filter(({ policyArn }) => policyArn !== what.policyArn),
      };
    case 'inline-policy':
      return {
        ...self,
        inlinePolicies: self.inlinePolicies.filter(({ policyName }) => policyName !== what.policyName),
      };
    case 'group':
      return 'userName' in self ? { ...self, groups: self.groups.filter((name) => name !== what.groupName) } : self;
    case 'principal':
      return self;
  }
};

const unlimited = (self: User | Role): User | Role => {
  const free = { inlinePolicies: [EVERYTHING], attachedManagedPolicies: [], permissionsBoundary: null };
  return 'userName' in self ? { ...self, ...free, groups: [] } : { ...self, ...free };
};
