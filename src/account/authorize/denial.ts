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
  { assumesRole, sameOrganization }: Relation,
): string => {
  if (denial.kind === 'explicitDeny') {
    const { limit, policy } = denyingPolicy(request, policies);
    const arn = policy !== null && (limit !== 'rcp' || sameOrganization) ? `: ${policy}` : '';
    return ` with an explicit deny in ${(assumesRole ? EXPLICIT_IN_TRUST : EXPLICIT)[limit]}${arn}`;
  }
  // Of a role that may not be assumed AWS does not tell whether its trust policy is silent or the caller's policies are.
  if (assumesRole) return '';
  const silent = denial.kind === 'implicitDeny' ? denial.silent : 'identity';
  return ` because no ${IMPLICIT[silent]} allows the ${action} action`;
};

/** What a request is about. */
interface Relation {
  readonly assumesRole: boolean;
  /** Whether caller and resource are of one organization, so that its policies may be named. */
  readonly sameOrganization: boolean;
}

/** The kind of policy that denies; of several policies the first, if it has an ARN: what is embedded has none. */
const denyingPolicy = (
  request: AccessRequest,
  policies: ApplicablePolicies,
): { readonly limit: Limit; readonly policy: string | null } => {
  const { verdicts } = explainDecision(request, policies);
  const denying = verdicts.find(({ verdict }) => verdict === 'denied' || verdict === 'deniedIf');
  const name = denying?.statements[0]?.policy ?? '';
  return { limit: denying?.limit ?? 'identity', policy: /^arn:[^#]+$/.test(name) ? name : null };
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
