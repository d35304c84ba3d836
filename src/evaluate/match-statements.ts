import { type Caller, signedCaller } from '../iam/caller.ts';
import type { CompiledStatement } from '../policy/compile-policy.ts';
import type { CompiledPrincipal, Naming } from '../policy/compile-principal.ts';
import type { AccessRequest } from './applicable-policies.ts';
import type { Doubt, StatementReference } from './decision.ts';
import { allOf, anyOf, FALSE, type Formula, TRUE } from './formula.ts';
import { type NamedFormula, namedFormulas } from './principal-formula.ts';
import { conditionsFormula, resourceFormula } from './statement-formula.ts';
import type { PlacedStatement } from './statement-index.ts';

/** A request together with what else tells whether a statement is about it. */
export interface Asked extends Omit<AccessRequest, 'resourceAccount'> {
  readonly caller: Caller;
  readonly resourceAccount: string | undefined;
  /** Whether the caller has a permissions boundary. */
  readonly bounded: boolean;
}

/** A statement that applies, or does under conditions. */
export interface StatementMatch {
  readonly formula: Formula;
  /** How it names the caller; `direct` where it names nobody. */
  readonly strength: Naming['strength'];
  readonly reference: StatementReference;
}

/** The statements that apply to a request. A statement that names the caller in several ways is there for each. */
export interface StatementMatches {
  readonly found: readonly StatementMatch[];
  /** What makes it unsure whether others do. */
  readonly doubts: readonly Doubt[];
}

/** None. */
export const NO_MATCHES: StatementMatches = { found: [], doubts: [] };

/** Finds which of the statements about its action apply to a request. An Allow of the wrong form never does. */
export const matchStatements = (about: readonly PlacedStatement[], asked: Asked): StatementMatches => {
  if (about.length === 0) return NO_MATCHES;
  const found: StatementMatch[] = [];
  const doubts: Doubt[] = [];
  for (const placed of about) {
    const formula = bodyFormula(placed.compiled, asked);
    if (formula.kind === 'false') continue;
    const { reference } = placed;
    const message = doubtOf(placed, asked);
    if (message !== null)
      doubts.push({ policy: reference.policy, pointer: placed.compiled.statement.pointer, message });
    for (const { strength, when } of aboutCaller(placed, asked)) {
      found.push({ formula: when.kind === 'true' ? formula : allOf([when, formula]), strength, reference });
    }
  }
  return { found, doubts };
};

/** How a statement is about the caller, and when; none: it is not, or its form is wrong. */
const aboutCaller = ({ compiled, wrong }: PlacedStatement, asked: Asked): readonly NamedFormula[] => {
  if (wrong !== null) return [];
  return compiled.principal === null ? ANYBODY : namedFormulas(compiled.principal, asked);
};

const ANYBODY: readonly NamedFormula[] = [{ strength: 'direct', when: TRUE }];

/** Why nobody can tell whether a statement is about the caller; null: it can be told. */
const doubtOf = ({ compiled, wrong }: PlacedStatement, asked: Asked): string | null => {
  if (wrong !== null) return compiled.statement.effect === 'Deny' ? wrong : null;
  const { principal } = compiled;
  if (principal === null || !mayBeCanonicalUser(principal, asked) || principal.names(asked.caller).length > 0)
    return null;
  return 'nothing says which account a canonical user id is';
};

/** Canonical user ids name an account in bucket policies only ("AWS JSON policy elements: Principal"). */
const mayBeCanonicalUser = ({ kind, canonicalUsers }: CompiledPrincipal, { caller, action }: Asked): boolean =>
  kind === 'principal' && canonicalUsers && action.name.startsWith('s3:') && signedCaller(caller) !== null;

/** When the resource and the conditions of a statement fit. A statement without a resource is about what it hangs on. */
const bodyFormula = (compiled: CompiledStatement, asked: Asked): Formula => {
  const { resource, context, time } = asked;
  const covered = compiled.resource === null ? TRUE : resourceFormula(compiled.resource, resource, context);
  if (covered.kind === 'false' || compiled.conditions.length === 0) return covered;
  const conditions = conditionsFormula(compiled, context, time);
  return covered.kind === 'true' ? conditions : allOf([covered, conditions]);
};

/** When some of the statements applies. */
export const someOf = (matches: readonly StatementMatch[]): Formula => {
  const [first] = matches;
  if (first === undefined) return FALSE;
  return matches.length === 1 ? first.formula : anyOf(matches.map(({ formula }) => formula));
};

/** The statements that apply, each once; where some do without a condition, those alone. */
export const carriersOf = (matches: readonly StatementMatch[]): readonly StatementReference[] => {
  if (matches.length < 2) return matches.map(({ reference }) => reference);
  const certain = matches.filter(({ formula }) => formula.kind === 'true');
  const references = (certain.length > 0 ? certain : matches).map(({ reference }) => reference);
  return references.filter((reference, index) => references.indexOf(reference) === index);
};
