import { type Caller, signedCaller } from '../iam/caller.ts';
import type { CompiledStatement } from '../policy/compile-policy.ts';
import type { CompiledPrincipal, Naming } from '../policy/compile-principal.ts';
import type { AccessRequest, NamedPolicy } from './applicable-policies.ts';
import type { Doubt, StatementReference } from './decision.ts';
import { allOf, anyOf, FALSE, type Formula, TRUE } from './formula.ts';
import { type NamedFormula, namedFormulas } from './principal-formula.ts';
import { conditionsFormula, resourceFormula } from './statement-formula.ts';

/**
 * What a statement of a policy must have: identity-based policies, boundaries, session policies and SCPs name no
 * principal; RCPs and endpoint policies name one; so do resource-based policies, which need no `Resource`.
 */
export type StatementForm = 'identity' | 'cap' | 'resource';

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

/** Finds the statements of policies that apply to a request. An Allow of the wrong form never does. */
export const matchStatements = (
  policies: readonly NamedPolicy[],
  effect: 'allows' | 'denies',
  form: StatementForm,
  asked: Asked,
): StatementMatches => {
  const found: StatementMatch[] = [];
  const doubts: Doubt[] = [];
  for (const { name, policy } of policies) {
    for (const compiled of policy[effect]) {
      if (!compiled.actions.matches(asked.action)) continue;
      const formula = bodyFormula(compiled, asked);
      if (formula.kind === 'false') continue;
      const doubt = doubtOf(compiled, form, asked);
      if (doubt !== null) doubts.push({ policy: name, pointer: compiled.statement.pointer, message: doubt });
      const reference = { policy: name, statement: compiled.statement.index };
      for (const { strength, when } of aboutCaller(compiled, form, asked)) {
        found.push({ formula: allOf([when, formula]), strength, reference });
      }
    }
  }
  return { found, doubts };
};

/** How a statement is about the caller, and when; none: it is not, or its form is wrong. */
const aboutCaller = (compiled: CompiledStatement, form: StatementForm, asked: Asked): readonly NamedFormula[] => {
  if (wrongForm(compiled, form) !== null) return [];
  return compiled.principal === null ? ANYBODY : namedFormulas(compiled.principal, asked);
};

const ANYBODY: readonly NamedFormula[] = [{ strength: 'direct', when: TRUE }];

/** Why nobody can tell whether a statement is about the caller; null: it can be told. */
const doubtOf = (compiled: CompiledStatement, form: StatementForm, asked: Asked): string | null => {
  const wrong = wrongForm(compiled, form);
  if (wrong !== null) return compiled.statement.effect === 'Deny' ? wrong : null;
  const { principal } = compiled;
  if (principal === null || !mayBeCanonicalUser(principal, asked) || principal.names(asked.caller).length > 0)
    return null;
  return 'nothing says which account a canonical user id is';
};

/** What is wrong with the form of a statement, for the type of policy that it stands in; null: nothing. */
export const wrongForm = ({ statement }: CompiledStatement, form: StatementForm): string | null => {
  const { principal, resource, effect } = statement;
  if (form === 'identity') return principal !== null || resource === null ? WITH_PRINCIPAL : null;
  if (principal === null || (resource === null && form === 'cap')) return WITHOUT_PRINCIPAL;
  // Source: "AWS JSON policy elements: NotPrincipal", IAM User Guide.
  return principal.kind === 'notPrincipal' && effect === 'Allow' ? 'an Allow has a `NotPrincipal`' : null;
};

const WITH_PRINCIPAL = 'an identity-based policy has a statement with a principal or without a resource';
const WITHOUT_PRINCIPAL = 'a statement names no principal or no resource where its type of policy must';

/** Canonical user ids name an account in bucket policies only ("AWS JSON policy elements: Principal"). */
const mayBeCanonicalUser = ({ kind, canonicalUsers }: CompiledPrincipal, { caller, action }: Asked): boolean =>
  kind === 'principal' && canonicalUsers && action.name.startsWith('s3:') && signedCaller(caller) !== null;

/** When the resource and the conditions of a statement fit. A statement without a resource is about what it hangs on. */
const bodyFormula = (compiled: CompiledStatement, { resource, context, time }: Asked): Formula => {
  const covered = compiled.statement.resource === null ? TRUE : resourceFormula(compiled, resource, context);
  return covered.kind === 'false' ? covered : allOf([covered, conditionsFormula(compiled, context, time)]);
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
