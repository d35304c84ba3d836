import { signedCaller } from '../iam/caller.ts';
import type { RequestedAction } from '../policy/compile-policy.ts';
import type { ApplicablePolicies, NamedPolicy } from './applicable-policies.ts';
import type { Limit } from './decision.ts';
import type { Asked } from './match-statements.ts';
import { rcpsCover } from './rcp-services.ts';
import {
  indexStatements,
  type PlacedStatements,
  type StatementForm,
  type StatementIndex,
  statementsAbout,
} from './statement-index.ts';

/** Policies that count in a decision together: each set must allow, as far as it limits at all. */
export interface PolicySet extends PolicyUnion {
  readonly limit: Limit;
  /** Of SCPs and RCPs, from 0 at the root. */
  readonly level: number | null;
}

/** Policies that say together what one of them says. */
interface PolicyUnion extends StatementIndex {
  readonly policies: readonly NamedPolicy[];
  /** Those of the policies that something is wrong with. */
  readonly flawed: readonly NamedPolicy[];
}

/** A set of policies and its statements about the action of a request. */
export interface Spoken extends PlacedStatements {
  readonly set: PolicySet;
}

/** What a set of policies has to say about an action. */
export const spokenOf = (set: PolicySet, action: RequestedAction): Spoken => {
  const { allows, denies } = statementsAbout(set, action);
  return { set, allows, denies };
};

const prepared = new WeakMap<ApplicablePolicies, readonly PolicySet[]>();

/** The sets of policies that count for a request, in the order in which their silence is told, without those it is exempt from. */
export const policiesInForce = (asked: Asked, policies: ApplicablePolicies): readonly PolicySet[] => {
  let sets = prepared.get(policies);
  if (sets === undefined) {
    sets = toSets(policies);
    prepared.set(policies, sets);
  }
  if (policies.scps === undefined && policies.rcps === undefined) return sets;
  const signed = signedCaller(asked.caller) !== null;
  const covered = rcpsCover(asked);
  return sets.filter(({ limit }) => (limit === 'scp' ? signed : limit === 'rcp' ? covered : true));
};

const toSets = (policies: ApplicablePolicies): readonly PolicySet[] => {
  const { endpoint, boundary, session, identity, resource } = policies;
  return [
    ...organizationSets(policies),
    ...(endpoint ? [toSet('endpoint-policy', 'cap', endpoint)] : []),
    ...(boundary === null ? [] : [toSet('permissions-boundary', 'identity', boundary)]),
    ...(session ? [toSet('session-policy', 'identity', session)] : []),
    toSet('identity', 'identity', identity),
    ...(resource === undefined
      ? []
      : [toSet('resource-policy', 'resource', resource === null ? NONE : alone(resource))]),
  ];
};

const NONE: readonly NamedPolicy[] = [];

const lists = new WeakMap<NamedPolicy, readonly NamedPolicy[]>();

/** The list of one policy, the same each time. */
const alone = (policy: NamedPolicy): readonly NamedPolicy[] => {
  const list = lists.get(policy) ?? [policy];
  lists.set(policy, list);
  return list;
};

const toSet = (
  limit: Limit,
  form: StatementForm,
  policies: readonly NamedPolicy[],
  level: number | null = null,
): PolicySet => ({
  limit,
  level,
  ...unionOf(policies, form),
});

const unions = {
  identity: new WeakMap<readonly NamedPolicy[], PolicyUnion>(),
  cap: new WeakMap<readonly NamedPolicy[], PolicyUnion>(),
  resource: new WeakMap<readonly NamedPolicy[], PolicyUnion>(),
};

/** Prepares policies once, however many principals and requests have them. */
const unionOf = (policies: readonly NamedPolicy[], form: StatementForm): PolicyUnion => {
  let union = unions[form].get(policies);
  if (union === undefined) {
    union = {
      policies,
      ...indexStatements(policies, form),
      flawed: policies.filter(({ policy }) => policy.document.problems.length > 0),
    };
    unions[form].set(policies, union);
  }
  return union;
};

/**
 * SCPs are about signed principals of member accounts, RCPs about resources of member accounts; both leave service-linked
 * roles alone. Source: "Service control policies" and "Resource control policies", AWS Organizations User Guide.
 */
const organizationSets = ({ scps = [], rcps = [], settings = {} }: ApplicablePolicies): readonly PolicySet[] => {
  const { managementAccount, resourceInManagementAccount, serviceLinkedRole } = settings;
  if (serviceLinkedRole === true) return [];
  const ofPrincipal = managementAccount === true ? [] : scps;
  const ofResource = resourceInManagementAccount === true ? [] : rcps;
  return [
    ...ofPrincipal.map((policies, level) => toSet('scp', 'identity', policies, level)),
    ...ofResource.map((policies, level) => toSet('rcp', 'cap', policies, level)),
  ];
};
