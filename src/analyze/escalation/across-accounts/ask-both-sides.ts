import type { Decision } from '../../../evaluate/decision.ts';
import { type Formula, TRUE } from '../../../evaluate/formula.ts';
import { withoutChosenKeys, withoutConditions } from '../chosen-keys.ts';
import type { OwnState } from '../own-state.ts';
import { DENIED, type WayMatch } from '../way-match.ts';
import { ASSUME_ROLE, type OpenRequest } from './open-request.ts';

/**
 * Whether a principal may make a request on something of another account: by the policies of its own account, with the SCPs above
 * it, and by the policy of the resource, with the RCPs above that. Source: "Cross-account policy evaluation logic", IAM User Guide.
 */
export const askBothSides = (request: OpenRequest, { self, access, context }: OwnState): WayMatch => {
  const { action, resource, side } = request;
  const decision = access.canPerform(self, action, resource, context, side);
  if (decision.kind === 'explicitDeny' || decision.kind === 'implicitDeny') return DENIED;
  if (decision.kind === 'undetermined') return { kind: 'undetermined', doubts: decision.reasons };
  const residual = whenAsked(decision, request);
  if (residual.kind === 'false') return DENIED;
  const { grantedBy } = decision;
  return {
    kind: 'allowed',
    requests: [{ action, resource, others: [], grantedBy, parameters: null, chosen: {}, wanted: TRUE }],
    residual,
    provided: [],
  };
};

/** What remains of the conditions: what the caller puts into the request is no obstacle. */
const whenAsked = (
  decision: Extract<Decision, { readonly kind: 'allowed' | 'allowedIf' }>,
  { action }: OpenRequest,
): Formula => {
  if (decision.kind === 'allowed') return TRUE;
  return action === ASSUME_ROLE
    ? withoutConditions(decision.residual, (key) => CHOSEN.has(key))
    : withoutChosenKeys(decision.residual, action);
};

// An ExternalId is a secret between two accounts: whoever does not know it does not get in.
const CHOSEN: ReadonlySet<string> = new Set(['sts:rolesessionname', 'sts:durationseconds']);
