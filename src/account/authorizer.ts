import { err, ok, type Result } from '../kernel/result.ts';
import { requestedAction } from '../policy/compile-policy.ts';
import type { ActionDescription, ServiceReference } from '../reference/service-reference.ts';
import { callFacts } from './authorize/caller-context.ts';
import { createCallerPolicies } from './authorize/caller-policies.ts';
import { type Deciding, decidePermission } from './authorize/decide-permission.ts';
import { encodedRefusal } from './authorize/encoded-refusal.ts';
import { iamPermissions } from './authorize/iam-permissions.ts';
import { createOrganizationPlaces } from './authorize/organization-limits.ts';
import type { Permission } from './authorize/permission.ts';
import { createPolicyCache } from './authorize/policy-cache.ts';
import { actionOf, resourcePermissions } from './authorize/resource-permissions.ts';
import { refusedSession } from './authorize/session-reach.ts';
import { stsPermissions } from './authorize/sts-permissions.ts';
import type { AwsError } from './aws-error.ts';
import type { Call } from './call.ts';
import { accountAt, type CloudState } from './cloud-state.ts';
import { notAuthorized } from './not-authorized.ts';

/**
 * Decides whether a call may be made: of an operation, named as an IAM action, with its input in the members of AWS's
 * input shape. A refusal is in AWS's words. Pure, and cheap: what is made ready of policies is kept from call to call, for
 * whatever fork of a cloud.
 */
export type Authorizer = (cloud: CloudState, operation: string, input: unknown, call: Call) => Result<null, Refusal>;

/** Why a call may not be made. */
export interface Refusal extends AwsError {
  /** What `sts:DecodeAuthorizationMessage` tells of it; absent where no policy was asked. */
  readonly encodedMessage?: string;
}

/** Makes an authorizer that decides by the policy engine. */
export const createAuthorizer = (reference: ServiceReference): Authorizer => {
  const decideAll = createDecider(reference);
  const describe = remembered((operation) => reference.describeAction(operation));
  return (cloud, operation, input, call) => {
    const unreachable = refusedSession(operation, call.caller);
    if (unreachable !== null) return unreachable;
    return decideAll(cloud, permissionsOf(cloud, operation, describe(actionOf(operation)), input, call), call);
  };
};

/**
 * Decides whether a caller has leave for an action on a resource, of services too that the emulated account does not have.
 * `context`: the condition keys that follow from the request.
 */
export type PermissionCheck = (
  cloud: CloudState,
  permission: Pick<Permission, 'action' | 'resource' | 'context'>,
  call: Call,
) => Result<null, Refusal>;

/** Makes a check of single permissions. */
export const createPermissionCheck = (reference: ServiceReference): PermissionCheck => {
  const decideAll = createDecider(reference);
  return (cloud, permission, call) => {
    const arn = permission.resource;
    const carrier = [...accountAt(cloud, call.account).resources.values()].find((resource) => resource.arn === arn);
    return decideAll(cloud, [carrier === undefined ? permission : { ...permission, carrier }], call);
  };
};

/** Decides permissions one after the other; the first that a caller has not is the refusal. */
const createDecider = (reference: ServiceReference) => {
  const compile = createPolicyCache(reference);
  const policiesOf = createCallerPolicies(compile);
  const deciding: Deciding = {
    compile,
    places: createOrganizationPlaces(compile),
    requested: remembered((action) => requestedAction(reference, action)),
  };

  return (cloud: CloudState, permissions: readonly Permission[], call: Call): Result<null, Refusal> => {
    if (permissions.length === 0) return ok(null);
    const state = accountAt(cloud, call.account);
    const asker = { cloud, call, facts: callFacts(state, call), policies: policiesOf(state, call.caller) };
    for (const permission of permissions) {
      const reason = decidePermission(asker, permission, deciding);
      if (reason === null) continue;
      const { action, resource, said = resource } = permission;
      const message = notAuthorized(cloud, call, action, said, reason);
      return err({ code: 'AccessDenied', message, encodedMessage: encodedRefusal(asker, permission, reason) });
    }
    return ok(null);
  };
};

/** What a call needs leave for. Of an action that nobody wrote down: on whatever resource. */
const permissionsOf = (
  cloud: CloudState,
  operation: string,
  description: ActionDescription | null,
  input: unknown,
  call: Call,
): readonly Permission[] => {
  if (operation.startsWith('sts:')) return stsPermissions(cloud, operation, input, call);
  if (description === null) return [{ action: operation, resource: '*', context: {} }];
  const state = accountAt(cloud, call.account);
  return operation.startsWith('iam:')
    ? iamPermissions(state, description, input, call)
    : resourcePermissions(state, description, input, call);
};

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
