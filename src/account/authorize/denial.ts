import type { AccessRequest, ApplicablePolicies } from '../../evaluate/applicable-policies.ts';
import type { Decision, Limit } from '../../evaluate/decision.ts';
import { explainDecision } from '../../evaluate/explain-decision.ts';

/** A decision against a request. */
export type Denial = Exclude<Decision, { readonly kind: 'allowed' }>;

/**
 * Why a request is denied, as it stands behind the resource in AWS's words.
 * Source: "Troubleshoot access denied error messages", IAM User Guide.
 */
export const denialReason = (
  denial: Denial,
  action: string,
  request: AccessRequest,
  policies: ApplicablePolicies,
  assumesRole: boolean,
): string => {
  if (denial.kind === 'explicitDeny') {
    const kind = assumesRole ? EXPLICIT_IN_TRUST : EXPLICIT;
    return ` with an explicit deny in ${kind[denyingLimit(request, policies)]}`;
  }
  // Of a role that may not be assumed AWS does not tell whether its trust policy is silent or the caller's policies are.
  if (assumesRole) return '';
  const silent = denial.kind === 'implicitDeny' ? denial.silent : 'identity';
  return ` because no ${IMPLICIT[silent]} allows the ${action} action`;
};

const denyingLimit = (request: AccessRequest, policies: ApplicablePolicies): Limit => {
  const { verdicts } = explainDecision(request, policies);
  return verdicts.find(({ verdict }) => verdict === 'denied' || verdict === 'deniedIf')?.limit ?? 'identity';
};

const IMPLICIT: Readonly<Record<Limit, string>> = {
  scp: 'service control policy',
  rcp: 'resource control policy',
  'endpoint-policy': 'VPC endpoint policy',
  'permissions-boundary': 'permissions boundary',
  'session-policy': 'session policy',
  identity: 'identity-based policy',
  'resource-policy': 'resource-based policy',
};

const EXPLICIT: Readonly<Record<Limit, string>> = {
  scp: 'a service control policy',
  rcp: 'a resource control policy',
  'endpoint-policy': 'a VPC endpoint policy',
  'permissions-boundary': 'a permissions boundary',
  'session-policy': 'a session policy',
  identity: 'an identity-based policy',
  'resource-policy': 'a resource-based policy',
};

const EXPLICIT_IN_TRUST: typeof EXPLICIT = { ...EXPLICIT, 'resource-policy': 'the role trust policy' };
