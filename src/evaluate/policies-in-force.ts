import { signedCaller } from '../iam/caller.ts';
import type { ApplicablePolicies, NamedPolicy } from './applicable-policies.ts';
import type { Limit } from './decision.ts';
import type { Asked, StatementForm } from './match-statements.ts';
import { rcpsCover } from './rcp-services.ts';

/** Policies that count in a decision together: each set must allow, as far as it limits at all. */
export interface PolicySet {
  readonly limit: Limit;
  /** Of SCPs and RCPs, from 0 at the root. */
  readonly level: number | null;
  readonly policies: readonly NamedPolicy[];
  /** Those of them that have Deny statements. */
  readonly denying: readonly NamedPolicy[];
  /** Those of them that something is wrong with. */
  readonly flawed: readonly NamedPolicy[];
  readonly form: StatementForm;
}

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
    ...(resource === undefined ? [] : [toSet('resource-policy', 'resource', resource === null ? [] : [resource])]),
  ];
};

const toSet = (
  limit: Limit,
  form: StatementForm,
  policies: readonly NamedPolicy[],
  level: number | null = null,
): PolicySet => ({
  limit,
  level,
  form,
  policies,
  denying: policies.filter(({ policy }) => policy.denies.length > 0),
  flawed: policies.filter(({ policy }) => policy.document.problems.length > 0),
});

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
