import type { AccessRequest, ApplicablePolicies, NamedPolicy } from './applicable-policies.ts';
import { askedOf, decide, needsNoPermission } from './decide.ts';
import type { Decision, Limit, StatementReference } from './decision.ts';
import type { Formula } from './formula.ts';
import { type Asked, carriersOf, matchStatements, type StatementMatch, someOf } from './match-statements.ts';
import { type PolicySet, policiesInForce, spokenOf } from './policies-in-force.ts';

/** A decision with all that led to it. */
export interface Explanation {
  readonly decision: Decision;
  /** What each set of policies that counts says, SCPs first; none where no policy is asked. */
  readonly verdicts: readonly Verdict[];
  /** What would have to change first for the request to be allowed; null where it is not denied. */
  readonly change: Change | null;
}

/** What a set of policies says. */
export interface Verdict {
  readonly limit: Limit;
  /** Of SCPs and RCPs, from 0 at the root. */
  readonly level: number | null;
  /** `allowedIf` and `deniedIf`: some statement does so under conditions. A Deny is told before an Allow. */
  readonly verdict: 'allowed' | 'allowedIf' | 'silent' | 'denied' | 'deniedIf';
  /** The statements that say so. */
  readonly statements: readonly StatementPlace[];
  /** When they apply; null: always, or there are none. */
  readonly condition: Formula | null;
}

/** A statement and where to find it. */
export interface StatementPlace extends StatementReference {
  readonly sid: string | null;
  /** JSON pointer into the policy's document. */
  readonly pointer: string;
}

/** Something that stands between a request and its being allowed. */
export type Change =
  /** The statement must go, or spare the request. */
  | { readonly kind: 'spare'; readonly statement: StatementPlace }
  /** A policy of that kind must allow the request. */
  | { readonly kind: 'allow'; readonly limit: Limit; readonly level: number | null };

/** Decides a request like `decide`, and tells what each kind of policy says of it. Made for reading, not for speed. */
export const explainDecision = (request: AccessRequest, policies: ApplicablePolicies): Explanation => {
  const decision = decide(request, policies);
  const asked = askedOf(request, policies);
  const inForce = needsNoPermission(request.action) ? [] : policiesInForce(asked, policies);
  const verdicts = inForce.map((set) => verdictOf(set, asked));
  return { decision, verdicts, change: changeOf(decision, inForce) };
};

const verdictOf = (set: PolicySet, asked: Asked): Verdict => {
  const matches = (effect: 'allows' | 'denies'): readonly StatementMatch[] =>
    matchStatements(spokenOf(set, asked.action)[effect], asked).found;
  const denies = matches('denies');
  const said = denies.length > 0 ? denies : matches('allows');
  const formula = someOf(said);
  const certain = formula.kind === 'true';
  const { limit, level } = set;
  const statements = carriersOf(said).map((reference) => placeOf(reference, set.policies));
  const verdict = denies.length > 0 ? (certain ? 'denied' : 'deniedIf') : certain ? 'allowed' : 'allowedIf';
  return said.length === 0
    ? { limit, level, verdict: 'silent', statements, condition: null }
    : { limit, level, verdict, statements, condition: certain ? null : formula };
};

const placeOf = (reference: StatementReference, policies: readonly NamedPolicy[]): StatementPlace => {
  const statement = policies
    .filter(({ name }) => name === reference.policy)
    .flatMap(({ policy }) => policy.document.statements)
    .find(({ index }) => index === reference.statement);
  return { ...reference, sid: statement?.sid ?? null, pointer: statement?.pointer ?? '' };
};

const changeOf = (decision: Decision, inForce: readonly PolicySet[]): Change | null => {
  if (decision.kind === 'implicitDeny') {
    return { kind: 'allow', limit: decision.silent, level: decision.level ?? null };
  }
  const [first] = decision.kind === 'explicitDeny' ? decision.deniedBy : [];
  if (first === undefined) return null;
  return {
    kind: 'spare',
    statement: placeOf(
      first,
      inForce.flatMap(({ policies }) => policies),
    ),
  };
};
