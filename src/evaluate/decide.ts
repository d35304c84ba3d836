import type { Caller } from '../iam/caller.ts';
import { compileWildcard } from '../iam/wildcard.ts';
import type { RequestedAction } from '../policy/compile-policy.ts';
import type { PolicyProblem } from '../policy/policy-document.ts';
import type { AccessRequest, ApplicablePolicies, NamedPolicy } from './applicable-policies.ts';
import type { Decision, Doubt, Limit } from './decision.ts';
import { allOf, type Formula, not, TRUE } from './formula.ts';
import { askGrants, combineGrants, grantCarriers, hopefulGrants, neededParts } from './grants.ts';
import {
  type Asked,
  carriersOf,
  matchStatements,
  NO_MATCHES,
  type StatementMatches,
  someOf,
} from './match-statements.ts';
import { policiesInForce, type Spoken, spokenOf } from './policies-in-force.ts';
import { countedContext } from './resource-side.ts';
import { simplifyFormula } from './simplify-formula.ts';

/**
 * Decides a request, also where not all is known of it: whatever is unknown becomes part of the residual.
 * Source: "Policy evaluation logic", IAM User Guide.
 */
export const decide = (request: AccessRequest, policies: ApplicablePolicies): Decision => {
  if (needsNoPermission(request.action)) return { kind: 'allowed', grantedBy: [] };

  const asked = askedOf(request, policies);
  const spoken = policiesInForce(asked, policies).map((set) => spokenOf(set, request.action));
  const denies = matchDenies(spoken, asked);
  const denied = simplifyFormula(someOf(denies.found));
  const explicitDeny = (): Decision => ({ kind: 'explicitDeny', deniedBy: carriersOf(denies.found) });
  if (denied.kind === 'true') return explicitDeny();

  const caps = capsOf(spoken, asked);
  const grants = askGrants(asked, policies, spoken);
  const asksResource = policies.resource !== undefined;
  const hopes = hopefulGrants(grants, policies);
  const hopeful = combineGrants(asked, hopes, asksResource);
  const hoped = simplifyFormula(allOf([...caps.map(({ formula }) => formula), hopeful.formula]));
  if (hoped.kind === 'false') {
    return { kind: 'implicitDeny', ...firstSilent([...caps, ...neededParts(asked, hopes, asksResource)]) };
  }
  const granted = hopes === grants ? hopeful : combineGrants(asked, grants, asksResource);
  const { identity, boundary } = policies.unread;
  const unsure = granted.formula.kind === 'true' ? [] : grants.resource.doubts;
  const skipped = spoken.flatMap(({ set }) => skippedDenies(set.flawed, request.action));
  const reasons = [...identity, ...boundary, ...denies.doubts, ...skipped, ...unsure];
  if (reasons.length > 0) return { kind: 'undetermined', reasons };

  const residual = simplifyFormula(allOf([hoped, not(denied)]));
  // The conditions of the grants and of the denies contradict each other.
  if (residual.kind === 'false') return explicitDeny();
  const carriers = grantCarriers(granted);
  return residual.kind === 'true'
    ? { kind: 'allowed', grantedBy: carriers }
    : { kind: 'allowedIf', grantedBy: carriers, residual };
};

/** Whether no policy can allow or deny the action (AWS STS API Reference, GetCallerIdentity). */
export const needsNoPermission = ({ name }: RequestedAction): boolean => name === 'sts:getcalleridentity';

/** A user whom no policy names, of an account that none names either. */
const SOMEBODY: Caller = { kind: 'user', arn: '', account: '' };

/** The request with all that tells which statements are about it. */
export const askedOf = (request: AccessRequest, policies: ApplicablePolicies): Asked => {
  const { action, resource, time, resourceAccount } = request;
  const caller = callerOf(request);
  const context = countedContext(request, policies);
  return { action, resource, time, resourceAccount, caller, context, bounded: policies.boundary !== null };
};

/** An identity provider vouches for somebody in the calls that assume a role with its token, and in what these ask for beside. */
const callerOf = ({ caller = SOMEBODY, action }: AccessRequest): Caller =>
  caller.kind === 'federated' && !FEDERATED_CALLS.test(action.name) ? { kind: 'anonymous' } : caller;

// Source: "AWS JSON policy elements: Principal" and "Pass session tags in AWS STS", IAM User Guide.
const FEDERATED_CALLS = /^sts:(?:assumerolewith.*|tagsession|setsourceidentity)$/;

const matchDenies = (spoken: readonly Spoken[], asked: Asked): StatementMatches => {
  let denies = NO_MATCHES;
  for (const each of spoken) {
    if (each.denies.length === 0) continue;
    const { found, doubts } = matchStatements(each.denies, asked);
    if (found.length === 0 && doubts.length === 0) continue;
    denies = { found: [...denies.found, ...found], doubts: [...denies.doubts, ...doubts] };
  }
  return denies;
};

/** The limits that are not the principal's or the resource's own. */
const CAPS: ReadonlySet<Limit> = new Set(['scp', 'rcp', 'endpoint-policy']);

interface Cap {
  readonly limit: Limit;
  readonly level?: number;
  readonly formula: Formula;
}

const capsOf = (spoken: readonly Spoken[], asked: Asked): readonly Cap[] => {
  const caps: Cap[] = [];
  for (const { set, allows } of spoken) {
    if (!CAPS.has(set.limit)) continue;
    const { limit, level } = set;
    caps.push({ limit, ...(level === null ? {} : { level }), formula: someOf(matchStatements(allows, asked).found) });
  }
  return caps;
};

/** The first that is silent, or whose conditions contradict those of what stands before it. */
const firstSilent = (caps: readonly Cap[]): { readonly silent: Limit; readonly level?: number } => {
  let soFar: Formula = TRUE;
  const silent = caps.find(({ formula }) => {
    if (formula.kind === 'true' || formula.kind === 'false') return formula.kind === 'false';
    soFar = simplifyFormula(allOf([soFar, formula]));
    return soFar.kind === 'false';
  });
  const { limit, level } = silent ?? { limit: 'identity', level: undefined };
  return { silent: limit, ...(level === undefined ? {} : { level }) };
};

/** Statements that could not be read and may have denied a request of that action; of any, where none is given. */
export const skippedDenies = (policies: readonly NamedPolicy[], action?: RequestedAction): readonly Doubt[] =>
  policies.flatMap(({ name, policy }) =>
    policy.document.problems
      .filter((problem) => mayHaveDenied(problem, action))
      .map(({ pointer, message }) => ({ policy: name, pointer, message })),
  );

const mayHaveDenied = ({ skippedEffect, skippedAction }: PolicyProblem, action?: RequestedAction): boolean => {
  if (skippedEffect !== 'Deny' && skippedEffect !== 'unknown') return false;
  if (skippedAction === undefined || action === undefined) return true;
  const matched = skippedAction.patterns.some((pattern) => compileWildcard(pattern.toLowerCase())(action.name));
  return matched === (skippedAction.kind === 'action');
};
