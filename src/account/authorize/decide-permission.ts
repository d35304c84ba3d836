import type { AccessRequest, ApplicablePolicies } from '../../evaluate/applicable-policies.ts';
import { decide } from '../../evaluate/decide.ts';
import { type RequestContext, withContext } from '../../evaluate/request-context.ts';
import { parseAccountId } from '../../iam/account-id.ts';
import { arnParts, parseArn } from '../../iam/arn.ts';
import type { RequestedAction } from '../../policy/compile-policy.ts';
import type { ContextLookup } from '../../policy/context-lookup.ts';
import type { AccountPlace, Call } from '../call.ts';
import { accountAt, type CloudState } from '../cloud-state.ts';
import { engineCaller, type Facts } from './caller-context.ts';
import { denialReason } from './denial.ts';
import { type OrganizationPlace, type OrganizationPlaces, withOrganization } from './organization-limits.ts';
import type { Permission } from './permission.ts';
import type { PolicyCache } from './policy-cache.ts';

/** Who asks, and what is known of it. */
export interface Asker {
  readonly cloud: CloudState;
  readonly call: Call;
  readonly facts: Facts;
  /** The caller's own policies. */
  readonly policies: ApplicablePolicies;
}

/** What decisions are made with. */
export interface Deciding {
  readonly compile: PolicyCache;
  readonly places: OrganizationPlaces;
  readonly requested: (action: string) => RequestedAction;
}

/** Whether a caller has leave; null: it does. Otherwise why not, in AWS's words. */
export const decidePermission = (
  { cloud, call, facts, policies }: Asker,
  permission: Permission,
  { compile, places, requested }: Deciding,
): string | null => {
  const { action, resource, resourceAccount, vouchedBy } = permission;
  const state = accountAt(cloud, call.account);
  const principalPlace = places(cloud, call.account);
  const owner = ownerOf(permission, call.account);
  const resourcePlace = places(cloud, owner);
  const request: AccessRequest = {
    action: requested(action),
    resource,
    context: contextOf(permission.context, facts, { owner, principalPlace, resourcePlace }),
    time: null,
    caller: engineCaller(state, call.caller, vouchedBy),
    ...(resourceAccount === undefined ? {} : { resourceAccount }),
  };
  const applicable = withOrganization(
    withResourcePolicy(policies, permission, compile),
    principalPlace,
    resourcePlace,
    isServiceLinked(facts),
  );
  const decision = decide(request, applicable);
  if (decision.kind === 'allowed') return null;
  return denialReason(decision, action, request, applicable, {
    assumesRole: permission.assumes !== undefined,
    sameOrganization: principalPlace !== null && principalPlace.id === resourcePlace?.id,
  });
};

/** SCPs and RCPs leave service-linked roles alone ("Service control policies", AWS Organizations User Guide). */
const isServiceLinked = (facts: Facts): boolean =>
  facts.get('aws:principalarn')?.[0]?.includes(':role/aws-service-role/') ?? false;

/** The account that owns a resource: the caller's, unless its ARN or the call says another. */
const ownerOf = ({ resource, resourceAccount }: Permission, own: AccountPlace): AccountPlace => {
  const arn = parseArn(resource);
  const account = parseAccountId(resourceAccount ?? (arn.ok ? arnParts(arn.value).account : ''));
  return account.ok ? { ...own, accountId: account.value } : own;
};

/** A call that assumes a role asks its trust policy, one that names a resource the resource's. */
const withResourcePolicy = (
  own: ApplicablePolicies,
  { assumes, carrier }: Permission,
  compile: PolicyCache,
): ApplicablePolicies => {
  if (carrier !== undefined) {
    const { arn, policy } = carrier;
    return { ...own, resource: policy === null ? null : { name: `${arn}#policy`, policy: compile(policy) } };
  }
  if (assumes === undefined) return own;
  if (assumes === null) return { ...own, resource: null };
  return { ...own, resource: { name: `${assumes.arn}#trust`, policy: compile(assumes.assumeRolePolicyDocument) } };
};

interface Places {
  readonly owner: AccountPlace;
  readonly principalPlace: OrganizationPlace | null;
  readonly resourcePlace: OrganizationPlace | null;
}

/** Everything is known of a call: a key that is not there is absent. */
const contextOf = (context: RequestContext, facts: Facts, places: Places): ContextLookup => {
  const { owner, principalPlace, resourcePlace } = places;
  return withContext(context, (key) => {
    switch (key) {
      case 'aws:resourceaccount':
        return [owner.accountId];
      case 'aws:principalorgid':
        return principalPlace === null ? 'absent' : [principalPlace.id];
      case 'aws:principalorgpaths':
        return principalPlace === null ? 'absent' : [principalPlace.path];
      case 'aws:resourceorgid':
        return resourcePlace === null ? 'absent' : [resourcePlace.id];
      case 'aws:resourceorgpaths':
        return resourcePlace === null ? 'absent' : [resourcePlace.path];
      default:
        return facts.get(key) ?? 'absent';
    }
  });
};
