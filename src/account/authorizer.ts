import type { AccessRequest, ApplicablePolicies } from '../evaluate/applicable-policies.ts';
import { decide } from '../evaluate/decide.ts';
import { type RequestContext, withContext } from '../evaluate/request-context.ts';
import { ok, type Result } from '../kernel/result.ts';
import { requestedAction } from '../policy/compile-policy.ts';
import type { ContextLookup } from '../policy/context-lookup.ts';
import type { ActionDescription, ServiceReference } from '../reference/service-reference.ts';
import { callFacts, engineCaller, type Facts } from './authorize/caller-context.ts';
import { createCallerPolicies } from './authorize/caller-policies.ts';
import { denialReason } from './authorize/denial.ts';
import { iamPermissions } from './authorize/iam-permissions.ts';
import type { Permission } from './authorize/permission.ts';
import { createPolicyCache, type PolicyCache } from './authorize/policy-cache.ts';
import { refusedSession } from './authorize/session-reach.ts';
import { stsPermissions } from './authorize/sts-permissions.ts';
import { type AwsError, awsError } from './aws-error.ts';
import type { Call } from './call.ts';
import { accountAt, type CloudState } from './cloud-state.ts';
import { notAuthorized } from './not-authorized.ts';

/**
 * Decides whether a call may be made: of an operation, named as an IAM action, with its input in the members of AWS's
 * input shape. A refusal is in AWS's words. Pure, and cheap: what is made ready of policies is kept from call to call, for
 * whatever fork of a cloud.
 */
export type Authorizer = (cloud: CloudState, operation: string, input: unknown, call: Call) => Result<null, AwsError>;

/** Makes an authorizer that decides by the policy engine. */
export const createAuthorizer = (reference: ServiceReference): Authorizer => {
  const compile = createPolicyCache(reference);
  const policiesOf = createCallerPolicies(compile);
  const describe = remembered((operation) => reference.describeAction(operation));
  const requested = remembered((action) => requestedAction(reference, action));

  return (cloud, operation, input, call) => {
    const unreachable = refusedSession(operation, call.caller);
    if (unreachable !== null) return unreachable;
    const state = accountAt(cloud, call.account);
    const own = policiesOf(state, call.caller);
    let facts: Facts | undefined;
    for (const permission of permissionsOf(cloud, operation, describe(operation), input, call)) {
      facts ??= callFacts(state, call);
      const { action, resource, said, resourceAccount, vouchedBy } = permission;
      const request: AccessRequest = {
        action: requested(action),
        resource,
        context: contextOf(permission.context, facts, permission),
        time: null,
        caller: engineCaller(state, call.caller, vouchedBy),
        ...(resourceAccount === undefined ? {} : { resourceAccount }),
      };
      const policies = withTrust(own, permission, compile);
      const decision = decide(request, policies);
      if (decision.kind === 'allowed') continue;
      const assumesRole = permission.assumes !== undefined;
      const reason = denialReason(decision, action, request, policies, assumesRole);
      return awsError('AccessDenied', notAuthorized(cloud, call, action, said ?? resource, reason));
    }
    return ok(null);
  };
};

/** What a call needs leave for. Of services that nobody wrote down, its action on whatever resource. */
const permissionsOf = (
  cloud: CloudState,
  operation: string,
  description: ActionDescription | null,
  input: unknown,
  call: Call,
): readonly Permission[] => {
  if (operation.startsWith('sts:')) return stsPermissions(cloud, operation, input, call);
  if (operation.startsWith('iam:') && description !== null) {
    return iamPermissions(accountAt(cloud, call.account), description, input, call);
  }
  return [{ action: operation, resource: '*', context: {} }];
};

/** A call that assumes a role asks its trust policy; of others there is no resource-based policy to ask. */
const withTrust = (own: ApplicablePolicies, { assumes }: Permission, compile: PolicyCache): ApplicablePolicies => {
  if (assumes === undefined) return own;
  if (assumes === null) return { ...own, resource: null };
  return { ...own, resource: { name: `${assumes.arn}#trust`, policy: compile(assumes.assumeRolePolicyDocument) } };
};

/** Everything is known of a call: a key that is not there is absent. */
const contextOf = (context: RequestContext, facts: Facts, { resource, resourceAccount }: Permission): ContextLookup => {
  const known: ContextLookup = (key) => {
    if (key === 'aws:resourceaccount')
      return [resourceAccount ?? accountOf(resource) ?? facts.get('aws:principalaccount')?.[0] ?? ''];
    return facts.get(key) ?? 'absent';
  };
  return withContext(context, known);
};

const accountOf = (arn: string): string | undefined => /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1];

const remembered = <T>(find: (key: string) => T): ((key: string) => T) => {
  const known = new Map<string, T>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined || known.has(key)) return before ?? find(key);
    const found = find(key);
    known.set(key, found);
    return found;
  };
};
