import { signedCaller } from '../iam/caller.ts';
import type { Naming } from '../policy/compile-principal.ts';
import type { ApplicablePolicies } from './applicable-policies.ts';
import type { Limit, StatementReference } from './decision.ts';
import { allOf, anyOf, type Formula, TRUE } from './formula.ts';
import { type Asked, carriersOf, matchStatements, type StatementMatches, someOf } from './match-statements.ts';
import { isBlockedPublicAccess, needsResourcePolicy } from './resource-side.ts';

/** What the policies of the principal and of the resource say for a request, denies left aside. */
export interface Grants {
  readonly boundary: Formula;
  readonly session: Formula;
  readonly identity: StatementMatches;
  readonly resource: StatementMatches;
}

/** Something that is enough for a grant: all of its parts must hold. */
interface Way {
  readonly parts: readonly Part[];
  readonly formula: Formula;
}

/** A kind of policy that a way needs, when it allows, and the statements of it that grant. */
interface Part {
  readonly limit: Limit;
  readonly formula: Formula;
  readonly carriers: readonly StatementReference[];
}

/** When a request is granted. */
export interface Granted {
  readonly formula: Formula;
  /** What must allow where no shortcut applies, in the order in which silence is told. */
  readonly needed: readonly Part[];
  /** The statements that carry the grant. */
  carriers(): readonly StatementReference[];
}

const NONE: StatementMatches = { found: [], doubts: [] };

/** Asks the policies of both sides. */
export const askGrants = (asked: Asked, policies: ApplicablePolicies): Grants => {
  const { boundary, session, identity, resource } = policies;
  const matches = (some: ApplicablePolicies['identity']): StatementMatches =>
    matchStatements(some, 'allows', 'identity', asked);
  const blocked = isBlockedPublicAccess(asked, policies, isSameAccount(asked));
  return {
    boundary: boundary === null ? TRUE : someOf(matches(boundary).found),
    session: session == null ? TRUE : someOf(matches(session).found),
    identity: matches(identity),
    resource: resource == null || blocked ? NONE : matchStatements([resource], 'allows', 'resource', asked),
  };
};

/**
 * Puts the grants of both sides together. Source: "Policy evaluation logic" and "Cross-account policy evaluation logic",
 * IAM User Guide; the shortcuts within an account are those of "AWS JSON policy elements: Principal".
 */
export const combineGrants = (asked: Asked, grants: Grants, asksResource: boolean): Granted => {
  const named = (...strengths: readonly Naming['strength'][]): Part => {
    const found = grants.resource.found.filter(({ strength }) => strengths.includes(strength));
    return { limit: 'resource-policy', formula: someOf(found), carriers: carriersOf(found) };
  };
  if (signedCaller(asked.caller) === null) return granted([way([named('direct')])]);

  const { identity } = grants;
  // The root user needs no policy in its own account, nor one of its account's elsewhere ("AWS account root user").
  const root = asked.caller.kind === 'root';
  const caps: readonly Part[] = [
    { limit: 'permissions-boundary', formula: grants.boundary, carriers: [] },
    { limit: 'session-policy', formula: grants.session, carriers: [] },
  ];
  const mine: readonly Part[] = [
    ...caps,
    { limit: 'identity', formula: root ? TRUE : someOf(identity.found), carriers: carriersOf(identity.found) },
  ];
  const both = (): Way => way([...mine, named('direct', 'role', 'account')]);
  if (!isSameAccount(asked)) return granted([both()]);
  const rule = asksResource && needsResourcePolicy(asked) ? both() : way(mine);
  // Most requests meet no statement of a resource-based policy.
  if (grants.resource.found.length === 0) return granted([rule]);
  return granted([rule, way([named('direct')]), way([...caps, named('role')])]);
};

const way = (parts: readonly Part[]): Way => ({ parts, formula: allOf(parts.map(({ formula }) => formula)) });

/** The first way is the rule. */
const granted = (ways: readonly [Way, ...Way[]]): Granted => ({
  formula: anyOf(ways.map(({ formula }) => formula)),
  needed: ways[0].parts,
  carriers: () => {
    const certain = ways.filter(({ formula }) => formula.kind === 'true');
    const open = ways.filter(({ formula }) => formula.kind !== 'false');
    const carriers = (certain.length > 0 ? certain : open).flatMap(({ parts }) =>
      parts.flatMap((part) => part.carriers),
    );
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
  if (unread.boundary.length + unread.identity.length + grants.resource.doubts.length === 0) return grants;
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
