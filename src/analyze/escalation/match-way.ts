import type { Decision, Doubt, StatementReference } from '../../evaluate/decision.ts';
import { allOf, type Formula } from '../../evaluate/formula.ts';
import type { RequestContext } from '../../evaluate/request-context.ts';
import type { Arn } from '../../iam/arn.ts';
import { withoutKeys } from '../residual/without-keys.ts';
import type { Requirement, Way } from './escalation-method.ts';
import type { OwnState, Surroundings, Target } from './own-state.ts';

/** The requests of a way that a principal may make. */
export interface MatchedWay {
  readonly requests: readonly GrantedRequest[];
  /** What must hold for all of them to be allowed. */
  readonly residual: Formula;
}

/** A request, and what grants it. */
export interface GrantedRequest {
  readonly action: string;
  readonly resource: string;
  readonly grantedBy: readonly StatementReference[];
}

/** Whether a principal may make the requests of a way; `undetermined` where that hangs on something unread. */
export type WayMatch =
  | ({ readonly kind: 'allowed' } & MatchedWay)
  | { readonly kind: 'denied' }
  | { readonly kind: 'undetermined'; readonly doubts: readonly Doubt[] };

/** What the matcher needs to know beside the principal. */
export interface MatchContext extends Surroundings {
  /** Managed policies that allow everything: what somebody would attach. */
  readonly administratorPolicies: readonly Arn[];
}

/** Asks for every request that a way needs on a target. */
export const matchWay = (state: OwnState, { requires }: Way, target: Target, context: MatchContext): WayMatch => {
  const requests: GrantedRequest[] = [];
  const residuals: Formula[] = [];
  for (const requirement of requires.filter(isNeeded(state, target))) {
    const decision = ask(state, requirement, target, context);
    if (decision.kind === 'undetermined') return { kind: 'undetermined', doubts: decision.reasons };
    if (decision.kind === 'explicitDeny' || decision.kind === 'implicitDeny') return { kind: 'denied' };
    requests.push({ action: requirement.action, resource: target.arn, grantedBy: decision.grantedBy });
    if (decision.kind === 'allowedIf') residuals.push(decision.residual);
  }
  return { kind: 'allowed', requests, residual: allOf(residuals) };
};

const MOST_VERSIONS = 5;

const isNeeded =
  ({ policies }: OwnState, { what }: Target) =>
  ({ onlyIf }: Requirement): boolean => {
    if (onlyIf === undefined) return true;
    const policy = what.kind === 'managed-policy' ? policies.find(({ arn }) => arn === what.policyArn) : undefined;
    return (policy?.versions.length ?? 0) >= MOST_VERSIONS;
  };

/** The best answer over what the caller can choose to put into the request. */
const ask = (state: OwnState, requirement: Requirement, target: Target, context: MatchContext): Decision => {
  let best: Decision = { kind: 'implicitDeny', silent: 'identity' };
  const tags = tagsOf(state, target);
  const following = { ...surroundings(state, target), ...tagContext(tags ?? new Map()) };
  for (const chosen of choices(requirement, target, context)) {
    const asked = state.access.canPerform(state.self, requirement.action, target.arn, { ...following, ...chosen });
    const decision = withoutMissingTags(asked, tags);
    if (decision.kind === 'allowed') return decision;
    if (PREFERENCE.indexOf(decision.kind) < PREFERENCE.indexOf(best.kind)) best = decision;
  }
  return best;
};

const PREFERENCE = ['allowed', 'allowedIf', 'undetermined', 'explicitDeny', 'implicitDeny'] as const;

const choices = (
  { context = {} }: Requirement,
  { what }: Target,
  { administratorPolicies }: MatchContext,
): readonly RequestContext[] => {
  const [key, choice] = Object.entries(context)[0] ?? [];
  if (key === undefined) return [{}];
  if (choice === 'administrator-policy') return administratorPolicies.map((arn) => ({ [key]: arn }));
  return what.kind === 'managed-policy' ? [{ [key]: what.policyArn }] : [];
};

/** What follows from the target and from calling IAM. */
const surroundings = ({ self, account }: OwnState, { arn }: Target): RequestContext => ({
  'aws:ResourceAccount': account.accountId,
  // IAM of the standard partition is called in us-east-1 ("AWS global condition context keys", aws:RequestedRegion).
  ...(account.partition === 'aws' ? { 'aws:RequestedRegion': 'us-east-1' } : {}),
  'iam:PermissionsBoundary': arn === self.arn ? self.permissionsBoundary : null,
});

const TAG_KEYS = ['aws:ResourceTag/', 'iam:ResourceTag/'] as const;

const tagContext = (tags: ReadonlyMap<string, string>): RequestContext =>
  Object.fromEntries([...tags].flatMap(([key, value]) => TAG_KEYS.map((prefix) => [`${prefix}${key}`, value])));

/** The tags that a target has; null: nobody knows. */
const tagsOf = ({ self }: OwnState, { arn, what }: Target): ReadonlyMap<string, string> | null => {
  if (arn === self.arn) return self.tags;
  // Groups cannot be tagged, and the tags of policies are not collected.
  return what.kind === 'managed-policy' ? null : new Map();
};

/** Decides what the engine leaves open of tags that the target does not have. */
const withoutMissingTags = (decision: Decision, tags: ReadonlyMap<string, string> | null): Decision => {
  if (decision.kind !== 'allowedIf' || tags === null) return decision;
  const residual = withoutKeys(decision.residual, isMissing(tags));
  if (residual.kind === 'true') return { kind: 'allowed', grantedBy: decision.grantedBy };
  return residual.kind === 'false' ? { kind: 'implicitDeny', silent: 'identity' } : { ...decision, residual };
};

const isMissing = (tags: ReadonlyMap<string, string>): ((key: string) => boolean) => {
  const present = new Set(Object.keys(tagContext(tags)).map((key) => key.toLowerCase()));
  return (key) => TAG_KEYS.some((prefix) => key.startsWith(prefix.toLowerCase())) && !present.has(key);
};
