import type { AccountAccess } from '../../access/account-access.ts';
import type { RequestContext } from '../../evaluate/request-context.ts';
import type { Arn } from '../../iam/arn.ts';
import { createPolicyInterner } from '../../policy/policy-interner.ts';
import type { AccountSnapshot, Group, ManagedPolicy, Role, User } from '../../snapshot/account-snapshot.ts';
import type { Effect } from './escalation-method.ts';

/** A principal with the policies that apply to it, as they are or as its own requests have made them. */
export interface OwnState {
  readonly self: User | Role;
  /** The groups that the user is in. */
  readonly groups: readonly Group[];
  /** The managed policies attached to the principal and its groups, and its boundary. */
  readonly policies: readonly ManagedPolicy[];
  readonly access: AccountAccess;
  /** What is known of its requests. */
  readonly context: RequestContext;
  /** Whether the policies of the organization limit it. */
  readonly guarded: boolean;
}

/** What a request works on. */
export interface Target {
  /** The request's resource. */
  readonly arn: Arn;
  /**
   * What of it: a managed policy or a version of it, an inline policy of the principal, a group that the principal is in or
   * joins, a tag that it gives itself, somebody or something that does not exist yet.
   */
  readonly what:
    | { readonly kind: 'principal' | 'new' }
    | { readonly kind: 'managed-policy'; readonly policyArn: Arn }
    | { readonly kind: 'version'; readonly policyArn: Arn; readonly versionId: string }
    | { readonly kind: 'inline-policy'; readonly policyName: string }
    | { readonly kind: 'tag'; readonly key: string; readonly value: string }
    | { readonly kind: 'group'; readonly groupName: string };
  /** Whom the way is after: the other user or role, and of a policy, to whom it is attached; null: nobody else. */
  readonly holder: OwnState | null;
}

/** Tells of any principal of an account how it stands. */
export type OwnStates = (self: User | Role) => OwnState;

/** Finds any principal of an account as it is. */
export const createOwnStates = (account: AccountSnapshot, access: AccountAccess): OwnStates => {
  const groupsByName = new Map(account.groups.map((group) => [group.groupName, group]));
  const policiesByArn = new Map(account.managedPolicies.map((policy) => [policy.arn, policy]));
  const states = new WeakMap<User | Role, OwnState>();
  const find: OwnStates = (self) => {
    const groups = 'userName' in self ? self.groups.flatMap((name) => groupsByName.get(name) ?? []) : [];
    const attached = [self, ...groups].flatMap((holder) => holder.attachedManagedPolicies);
    const arns = new Set([...attached.map(({ policyArn }) => policyArn), self.permissionsBoundary]);
    const policies = [...arns].flatMap((arn) => (arn === null ? [] : (policiesByArn.get(arn) ?? [])));
    return { self, groups, policies, access, context: {}, guarded: true };
  };
  return (self) => {
    const state = states.get(self) ?? find(self);
    states.set(self, state);
    return state;
  };
};

/** The groups and managed policies of an account, by name and ARN. */
export interface OtherPolicies {
  readonly groups: ReadonlyMap<string, Group>;
  readonly policies: ReadonlyMap<Arn, ManagedPolicy>;
}

/** The principal after a request that it made has had its effect. */
export const afterEffect = (state: OwnState, effect: Effect, target: Target, others: OtherPolicies): OwnState => {
  if (!SUBSTITUTING.has(effect)) return afterChange(state, effect, target, others);
  const next = substitutes.get(state) ?? afterChange(state, effect, target, others);
  substitutes.set(state, next);
  return next;
};

/** Effects by which somebody else serves the principal: it matters not how that one was come by. */
export const SUBSTITUTING: ReadonlySet<Effect> = new Set<Effect>(['escapes-limits', 'administers-organization']);

const substitutes = new WeakMap<OwnState, OwnState>();

const afterChange = (state: OwnState, effect: Effect, target: Target, others: OtherPolicies): OwnState => {
  const next = { ...state, ...changed(state, effect, target, others) };
  const { groups, policies, guarded } = next;
  return { ...next, access: state.access.withPolicies({ groups, managedPolicies: policies, guarded }) };
};

const changed = (
  { self, groups, policies, context }: OwnState,
  effect: Effect,
  { what, holder }: Target,
  others: OtherPolicies,
): Partial<OwnState> => {
  switch (effect) {
    case 'becomes-target':
      return holder ?? {};
    case 'raises-target':
      return holder === null ? {} : { ...holder, ...raised(holder, what) };
    case 'frees-target':
      return holder === null ? {} : { ...holder, self: { ...holder.self, permissionsBoundary: null } };
    case 'allows-everything':
      return raised({ self, groups, policies }, what);
    case 'rewrites-policy':
      return 'policyArn' in what ? { policies: policies.map(rewriting(what.policyArn)) } : {};
    case 'rolls-back-policy':
      return what.kind === 'version' ? { policies: policies.map(rollingBack(what)) } : {};
    case 'joins-group':
      return what.kind === 'group' ? joined({ self, groups, policies }, what.groupName, others) : {};
    case 'lifts-boundary':
      return { self: { ...self, permissionsBoundary: null } };
    case 'drops-policy':
      return what.kind === 'group'
        ? { self: withoutPolicy(self, what), groups: groups.filter(({ groupName }) => groupName !== what.groupName) }
        : { self: withoutPolicy(self, what) };
    case 'presents-mfa':
      return { context: { ...context, 'aws:MultiFactorAuthPresent': ['true'], 'aws:MultiFactorAuthAge': ['0'] } };
    case 'sets-own-tag':
      return what.kind === 'tag' ? { self: { ...self, tags: new Map([...self.tags, [what.key, what.value]]) } } : {};
    case 'escapes-limits':
    case 'administers-organization':
      return { self: unlimited(self), groups: [] };
    case 'lifts-guardrails':
      return { guarded: false };
    case 'reads-resource':
    case 'acts-through-target':
      return {};
  }
};

type Holdings = Pick<OwnState, 'self' | 'groups' | 'policies'>;

/** Whoever is allowed everything by a policy of its own, of its group, or by the managed policy that is the target. */
const raised = ({ self, groups, policies }: Holdings, what: Target['what']): Partial<OwnState> => {
  if (what.kind === 'group') return { groups: groups.map(allowing(what.groupName)) };
  return 'policyArn' in what ? { policies: policies.map(rewriting(what.policyArn)) } : { self: withEverything(self) };
};

const joined = ({ self, groups, policies }: Holdings, groupName: string, others: OtherPolicies): Partial<OwnState> => {
  const group = others.groups.get(groupName);
  if (group === undefined || !('userName' in self)) return {};
  const brought = group.attachedManagedPolicies.flatMap(({ policyArn }) => others.policies.get(policyArn) ?? []);
  return {
    self: { ...self, groups: [...self.groups, groupName] },
    groups: [...groups, group],
    policies: [...new Set([...policies, ...brought])],
  };
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

const rollingBack =
  ({ policyArn, versionId }: { readonly policyArn: Arn; readonly versionId: string }) =>
  (policy: ManagedPolicy): ManagedPolicy =>
    policy.arn === policyArn
      ? {
          ...policy,
          versions: policy.versions.map((version) => ({
            ...version,
            isDefaultVersion: version.versionId === versionId,
          })),
        }
      : policy;

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
    case 'new':
    case 'tag':
    case 'version':
      return self;
  }
};

const unlimited = (self: User | Role): User | Role => {
  const free = { inlinePolicies: [EVERYTHING], attachedManagedPolicies: [], permissionsBoundary: null };
  return 'userName' in self ? { ...self, ...free, groups: [] } : { ...self, ...free };
};
