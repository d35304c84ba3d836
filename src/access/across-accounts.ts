import type { ApplicablePolicies } from '../evaluate/applicable-policies.ts';
import { firstKnown } from '../evaluate/request-context.ts';
import type { Caller, Signed } from '../iam/caller.ts';
import type { ContextLookup } from '../policy/context-lookup.ts';
import type { OrganizationLevels } from './organization-levels.ts';
import { outsiderContext } from './outside/outsider-caller.ts';
import type { KnownResource } from './resource-index.ts';

/**
 * What the account of a resource says of requests about it that principals of other accounts make: the policy of the resource,
 * the RCPs above it and Block Public Access. Nothing of it holds the account's snapshot.
 */
export interface ResourceSide {
  /** The account that owns the resource. */
  readonly account: string;
  readonly policies: Pick<ApplicablePolicies, 'resource' | 'rcps' | 'settings'>;
  /** What is known of the resource, that it is of this account among it. */
  readonly context: ContextLookup;
}

/** The side of a resource, by what its account knows of it; null: whether it has a policy is not known, or whose it is. */
export const resourceSide = (
  { foreign, policy, isPrincipal, restrictsPublicAccess, context }: KnownResource,
  account: string,
  { rcps }: OrganizationLevels,
): ResourceSide | null => {
  // Users and roles have no policy that lets others call IAM about them.
  if (foreign || (policy === null && !isPrincipal)) return null;
  const settings = { s3: { blockPublicAccess: restrictsPublicAccess } };
  return { account, policies: { resource: policy, settings, ...(rcps && { rcps }) }, context };
};

/**
 * The policies of a principal's account with those of a resource's: both must allow a request. Source: "Cross-account policy
 * evaluation logic", IAM User Guide; of RCPs, which leave service-linked roles alone (`exempt`), "Resource control policies",
 * AWS Organizations User Guide.
 */
export const withResourceSide = (
  { rcps: _, ...own }: ApplicablePolicies,
  { policies: { rcps, ...theirs } }: ResourceSide,
  exempt: boolean,
): ApplicablePolicies => ({ ...own, ...theirs, ...(rcps && !exempt && { rcps }) });

/** What is known of a request about a resource of another account beside what the caller's own account knows of the caller. */
export const contextAcross = (caller: Extract<Caller, Signed>, { context }: ResourceSide): ContextLookup =>
  firstKnown(outsiderContext({ kind: 'principal', account: caller.account, arn: caller.arn }, caller), context);
