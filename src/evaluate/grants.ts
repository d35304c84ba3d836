import { signedCaller } from '../iam/caller.ts';
import type { Naming } from '../policy/compile-principal.ts';
import type { ApplicablePolicies } from './applicable-policies.ts';
import type { Limit, StatementReference } from './decision.ts';
import { allOf, anyOf, type Formula, TRUE } from './formula.ts';
import {
  type Asked,
  carriersOf,
  matchStatements,
  NO_MATCHES,
  type StatementMatch,
  type StatementMatches,
  someOf,
} from './match-statements.ts';
import type { Spoken } from './policies-in-force.ts';
import { isBlockedPublicAccess, needsResourcePolicy } from './resource-side.ts';

/** What the policies of the principal and of the resource say for a request, denies left aside. */
export interface Grants {
  readonly boundary: Formula;
  readonly session: Formula;
  readonly identity: StatementMatches;
  readonly resource: StatementMatches;
}

/** When a request is granted: in any of some ways. */
export interface Granted {
  readonly formula: Formula;
  readonly ways: readonly Way[];
}

/** Something that is enough for a grant, and the statements that it rests on, side by side. */
interface Way {
  readonly formula: Formula;
  readonly sides: readonly (readonly StatementMatch[])[];
}

/** A kind of policy that a grant needs, and when it allows. */
interface Part {
  readonly limit: Limit;
  readonly formula: Formula;
}

/** Asks the policies of both sides. */
export const askGrants = (asked: Asked, policies: ApplicablePolicies, spoken: readonly Spoken[]): Grants => {
  let boundary: Formula = TRUE;
  let session: Formula = TRUE;
  let identity = NO_MATCHES;
  let resource = NO_MATCHES;
  for (const { set, allows } of spoken) {
    if (set.limit === 'identity') identity = matchStatements(allows, asked);
    else if (set.limit === 'permissions-boundary') boundary = someOf(matchStatements(allows, asked).found);
    else if (set.limit === 'session-policy') session = someOf(matchStatements(allows, asked).found);
    else if (set.limit === 'resource-policy' && !isBlockedPublicAccess(asked, policies, isSameAccount(asked)))
      resource = matchStatements(allows, asked);
  }
  return { boundary, session, identity, resource };
};

/**
 * Puts the grants of both sides together. Source: "Policy evaluation logic" and "Cross-account policy evaluation logic",
 * IAM User Guide; the shortcuts within an account are those of "AWS JSON policy elements: Principal".
 */
export const combineGrants = (asked: Asked, grants: Grants, asksResource: boolean): Granted => {
  const { boundary, session, resource } = grants;
  const named = (strength: Naming['strength']): readonly StatementMatch[] =>
    resource.found.filter((match) => match.strength === strength);
  if (signedCaller(asked.caller) === null) return grantedBy([wayOf(named('direct'))]);
  const identity = asked.caller.kind === 'root' ? NO_MATCHES.found : grants.identity.found;
  const limits = [boundary, session, identityFormula(asked, grants)];
  const needsResource = isResourceNeeded(asked, asksResource);
  const rule: Way = needsResource
    ? { formula: allOf([...limits, someOf(resource.found)]), sides: [identity, resource.found] }
    : { formula: allOf(limits), sides: [identity] };
  // Most requests meet no statement of a resource-based policy.
  if (resource.found.length === 0 || !isSameAccount(asked)) return grantedBy([rule]);
  return grantedBy([rule, wayOf(named('direct')), wayOf(named('role'), [boundary, session])]);
};

/** What must allow where no shortcut applies, in the order in which silence is told. */
export const neededParts = (asked: Asked, grants: Grants, asksResource: boolean): readonly Part[] => {
  const resource: Part = { limit: 'resource-policy', formula: someOf(grants.resource.found) };
  if (signedCaller(asked.caller) === null) return [resource];
  const parts: readonly Part[] = [
    { limit: 'permissions-boundary', formula: grants.boundary },
    { limit: 'session-policy', formula: grants.session },
    { limit: 'identity', formula: identityFormula(asked, grants) },
  ];
  return isResourceNeeded(asked, asksResource) ? [...parts, resource] : parts;
};

/** The root user needs no policy in its own account, nor one of its account's elsewhere ("AWS account root user"). */
const identityFormula = ({ caller }: Asked, { identity }: Grants): Formula =>
  caller.kind === 'root' ? TRUE : someOf(identity.found);

const isResourceNeeded = (asked: Asked, asksResource: boolean): boolean =>
  !isSameAccount(asked) || (asksResource && needsResourcePolicy(asked));

/** A grant of the resource's policy alone, within limits. */
const wayOf = (matches: readonly StatementMatch[], limits: readonly Formula[] = []): Way => ({
  formula: allOf([...limits, someOf(matches)]),
  sides: [matches],
});

const grantedBy = (ways: readonly Way[]): Granted => ({ formula: anyOf(ways.map(({ formula }) => formula)), ways });

/** The statements that carry a grant. */
export const grantCarriers = ({ ways }: Granted): readonly StatementReference[] => {
  const certain = ways.some(({ formula }) => formula.kind === 'true');
  const sides = ways
    .filter(({ formula }) => (certain ? formula.kind === 'true' : formula.kind !== 'false'))
    .flatMap((way) => way.sides);
  const [side] = sides;
  if (sides.length === 1 && side !== undefined) return carriersOf(side);
  const carriers = sides.flatMap(carriersOf);
  return carriers.filter((carrier, index) => carriers.indexOf(carrier) === index);
};

/** Whether the resource belongs to the caller's account. */
const isSameAccount = ({ caller, resourceAccount }: Asked): boolean => {
  const signed = signedCaller(caller);
  return signed !== null && (resourceAccount === undefined || signed.account === resourceAccount);
};

/** The grants if everything that could not be read allowed; the same where nothing is unread. */
export const hopefulGrants = (grants: Grants, { unread }: ApplicablePolicies): Grants => {
  if ([unread.boundary, unread.identity, grants.resource.doubts].every(({ length }) => length === 0)) return grants;
  const hope = (unsure: boolean, matches: StatementMatches): StatementMatches =>
    unsure ? { ...matches, found: [...matches.found, HOPED] } : matches;
  return {
    ...grants,
    boundary: unread.boundary.length > 0 ? TRUE : grants.boundary,
    identity: hope(unread.identity.length > 0, grants.identity),
    resource: hope(grants.resource.doubts.length > 0, grants.resource),
  };
};

const HOPED = { formula: TRUE, strength: 'account', reference: { policy: '', statement: -1 } } as const;
