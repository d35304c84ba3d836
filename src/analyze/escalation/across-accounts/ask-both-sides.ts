import type { Admission } from '../../../access/outside-access.ts';
import type { Decision, Doubt } from '../../../evaluate/decision.ts';
import { allOf, type Formula, TRUE } from '../../../evaluate/formula.ts';
import { withoutKeys } from '../../residual/without-keys.ts';
import { withoutChosenKeys, withoutConditions } from '../chosen-keys.ts';
import type { OwnState } from '../own-state.ts';
import { DENIED, type WayMatch } from '../way-match.ts';
import { ASSUME_ROLE, type OpenRequest } from './open-request.ts';

/**
 * Whether a principal may make a request on something of another account: by the policies of its own account, with the SCPs above
 * it, and by the policy of the resource, with the RCPs above that. Source: "Cross-account policy evaluation logic", IAM User Guide.
 */
export const askBothSides = (request: OpenRequest, { self, access, context }: OwnState, account: string): WayMatch => {
  const { action, resource } = request;
  const own = access.canPerform(self, action, resource, { ...context, ...request.context });
  if (own.kind === 'explicitDeny' || own.kind === 'implicitDeny') return DENIED;
  const theirs = request.admits({ account, arn: self.arn }, access.asker(self, context).context);
  if (theirs === null) return DENIED;
  if (own.kind === 'undetermined' || theirs.kind === 'undetermined')
    return { kind: 'undetermined', doubts: [...reasonsOf(own), ...reasonsOf(theirs)] };
  const residual = allOf([whenAsked(own, request), whenAsked(theirs, request)]);
  if (residual.kind === 'false') return DENIED;
  const grantedBy = [...own.grantedBy, ...theirs.grantedBy];
  return {
    kind: 'allowed',
    requests: [{ action, resource, others: [], grantedBy, parameters: null, chosen: {}, wanted: TRUE }],
    residual,
    provided: [],
  };
};

const reasonsOf = (decision: Decision | Admission): readonly Doubt[] =>
  decision.kind === 'undetermined' ? decision.reasons : [];

/** What remains of the conditions of one side: what the caller puts into the request is no obstacle, and the tags of the resource are known. */
const whenAsked = (
  decision: { readonly kind: 'allowed' } | { readonly kind: 'allowedIf'; readonly residual: Formula },
  { action, tagNames }: OpenRequest,
): Formula => {
  if (decision.kind === 'allowed') return TRUE;
  const isMissingTag = (key: string): boolean => {
    const [, name] = /^(?:aws|iam):resourcetag\/(.*)$/s.exec(key) ?? [];
    return name !== undefined && tagNames?.has(name) === false;
  };
  const residual = withoutKeys(decision.residual, isMissingTag);
  return action === ASSUME_ROLE
    ? withoutConditions(residual, (key) => CHOSEN.has(key))
    : withoutChosenKeys(residual, action);
};

// An ExternalId is a secret between two accounts: whoever does not know it does not get in.
const CHOSEN: ReadonlySet<string> = new Set(['sts:rolesessionname', 'sts:durationseconds']);
