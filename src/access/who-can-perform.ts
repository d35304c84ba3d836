import type { Decision } from '../evaluate/decision.ts';
import type { RequestContext } from '../evaluate/request-context.ts';
import type { AccountAccess, Principal } from './account-access.ts';
import type { ResourceSide } from './across-accounts.ts';
import { canCall } from './outside/can-call.ts';

/** What is asked of each principal. */
interface PerformQuestion {
  readonly action: string;
  readonly resource: string;
  readonly context: RequestContext;
}

/** A principal that may perform something, or of which that cannot be told. */
export interface AllowedPrincipal {
  readonly principal: Principal;
  readonly decision: Exclude<Decision, { kind: 'explicitDeny' | 'implicitDeny' }>;
}

/**
 * The principals of an account that may perform an action on a resource, the root user first, in the snapshot's order. Of a
 * resource of another account, `theirs` is what that says.
 */
export const whoCanPerform = (
  access: AccountAccess,
  { action, resource, context }: PerformQuestion,
  theirs: ResourceSide | null = null,
): readonly AllowedPrincipal[] =>
  access.candidates(action, resource).flatMap((principal) => {
    if (theirs !== null && !canCall({ kind: 'principal', account: '', arn: principal.arn }, action)) return [];
    const decision = access.canPerform(principal, action, resource, context, theirs);
    return decision.kind === 'explicitDeny' || decision.kind === 'implicitDeny' ? [] : [{ principal, decision }];
  });
