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

/** When a request is granted. */
export interface Granted {
  readonly formula: Formula;
  /** What must allow where no shortcut applies, in the order in which silence is told. */
  readonly needed: readonly Part[];
  /** The statements that carry the grant. */
  carriers(): readonly StatementReference[];
}

/** A kind of policy that a grant needs, and when it allows. */
interface Part {
  readonly limit: Limit;
  readonly formula: Formula;
}

/** Something that is enough for a grant, and the statements that it rests on, side by side. */
interface Way {
  readonly formula: Formula;
  readonly sides: readonly (readonly StatementMatch[])[];
}

/** Asks the policies of both sides. */
export const askGrants = (asked: Asked, policies: ApplicablePolicies, spoken: readonly Spoken[]): Grants => {
  const matches = (limit: Limit): StatementMatches | null => {
    const found = spoken.find(({ set }) => set.limit === limit);
    return found === undefined ? null : matchStatements(found.allows, asked);
  };
  const boundary = matches('permissions-boundary');
  const session = matches('session-policy');
  const blocked = isBlockedPublicAccess(asked, policies, isSameAccount(asked));
  return {
    boundary: boundary === null ? TRUE : someOf(boundary.found),
    session: session === null ? TRUE : someOf(session.found),
    identity: matches('identity') ?? NO_MATCHES,
    resource: (blocked ? null : matches('resource-policy')) ?? NO_MATCHES,
  };
};

/**
 * Puts the grants of both sides together. Source: "Policy evaluation logic" and "Cross-account policy evaluation logic",
 * IAM User Guide; the shortcuts within an account are those of "AWS JSON policy elements: Principal".
 */
export const combineGrants = (asked: Asked, grants: Grants, asksResource: boolean): Granted => {
  const { boundary, session, resource } = grants;
  const named = (strength: Naming['strength']): readonly StatementMatch[] =>
    resource.found.filter((match) => match.strength === strength);
  if (signedCaller(asked.caller) === null) {
    const way = wayOf(named('direct'));
    return granted([{ limit: 'resource-policy', formula: way.formula }], [way]);
  }
  // The root user needs no policy in its own account, nor one of its account's elsewhere ("AWS account root user").
  const identity = asked.caller.kind === 'root' ? NO_MATCHES.found : grants.identity.found;
  const mine = asked.caller.kind === 'root' ? TRUE : someOf(identity);
  const parts: Part[] = [
    { limit: 'permissions-boundary', formula: boundary },
    { limit: 'session-policy', formula: session },
    { limit: 'identity', formula: mine },
  ];
  const sameAccount = isSameAccount(asked);
  if (!sameAccount || (asksResource && needsResourcePolicy(asked)))
    parts.push({ limit: 'resource-policy', formula: someOf(resource.found) });
  const rule: Way = {
    formula: allOf(parts.map(({ formula }) => formula)),
    sides: parts.length > 3 ? [identity, resource.found] : [identity],
  };
  // Most requests meet no statement of a resource-based policy.
  if (!sameAccount || resource.found.length === 0) return granted(parts, [rule]);
  return granted(parts, [rule, wayOf(named('direct')), wayOf(named('role'), [boundary, session])]);
};

/** A grant of the resource's policy alone, within limits. */
const wayOf = (matches: readonly StatementMatch[], limits: readonly Formula[] = []): Way => ({
  formula: allOf([...limits, someOf(matches)]),
  sides: [matches],
});

const granted = (needed: readonly Part[], ways: readonly Way[]): Granted => ({
  formula: anyOf(ways.map(({ formula }) => formula)),
  needed,
  carriers: () => {
    const certain = ways.filter(({ formula }) => formula.kind === 'true');
    const open = ways.filter(({ formula }) => formula.kind !== 'false');
    const sides = (certain.length > 0 ? certain : open).flatMap((way) => way.sides);
    const carriers = sides.flatMap(carriersOf);
    return carriers.filter((carrier, index) => carriers.indexOf(carrier) === index);
  },
});
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
