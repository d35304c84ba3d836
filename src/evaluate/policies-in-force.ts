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
  readonly form: StatementForm;
}

/** The sets of policies that count for a request, in the order in which their silence is told, without those it is exempt from. */
export const policiesInForce = (asked: Asked, policies: ApplicablePolicies): readonly PolicySet[] => {
  const sets: PolicySet[] = organizationSets(asked, policies);
  const { endpoint, boundary, session, identity, resource } = policies;
  const add = (limit: Limit, form: StatementForm, some: readonly NamedPolicy[]): void => {
    sets.push({ limit, level: null, policies: some, form });
  };
  if (endpoint) add('endpoint-policy', 'cap', endpoint);
  if (boundary !== null) add('permissions-boundary', 'identity', boundary);
  if (session) add('session-policy', 'identity', session);
  add('identity', 'identity', identity);
  if (resource !== undefined) add('resource-policy', 'resource', resource === null ? [] : [resource]);
  return sets;
};

/**
 * SCPs are about signed principals of member accounts, RCPs about resources of member accounts; both leave service-linked
 * roles alone. Source: "Service control policies" and "Resource control policies", AWS Organizations User Guide.
 */
const organizationSets = (asked: Asked, { scps, rcps, settings = {} }: ApplicablePolicies): PolicySet[] => {
  const sets: PolicySet[] = [];
  const { managementAccount, resourceInManagementAccount, serviceLinkedRole } = settings;
  if (serviceLinkedRole === true) return sets;
  if (scps !== undefined && managementAccount !== true && signedCaller(asked.caller) !== null) {
    for (const [level, policies] of scps.entries()) sets.push({ limit: 'scp', level, policies, form: 'identity' });
  }
  if (rcps !== undefined && resourceInManagementAccount !== true && rcpsCover(asked)) {
    for (const [level, policies] of rcps.entries()) sets.push({ limit: 'rcp', level, policies, form: 'cap' });
  }
  return sets;
};
