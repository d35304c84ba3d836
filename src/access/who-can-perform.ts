import type { Decision } from '../evaluate/decision.ts';
import type { RequestContext } from '../evaluate/request-context.ts';
import type { AccountAccess, Principal } from './account-access.ts';

/** A principal that may perform something, or of which that cannot be told. */
export interface AllowedPrincipal {
  readonly principal: Principal;
  readonly decision: Exclude<Decision, { kind: 'explicitDeny' | 'implicitDeny' }>;
}

/** The principals of an account that may perform an action on a resource, the root user first, in the snapshot's order. */
export const whoCanPerform = (
  access: AccountAccess,
  request: { readonly action: string; readonly resource: string; readonly context: RequestContext },
): readonly AllowedPrincipal[] =>
  access.candidates(request.action, request.resource).flatMap((principal) => {
    const decision = access.canPerform(principal, request.action, request.resource, request.context);
    return decision.kind === 'explicitDeny' || decision.kind === 'implicitDeny' ? [] : [{ principal, decision }];
  });
