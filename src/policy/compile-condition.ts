import { operatorValues, type ResolvedText } from './condition/operator-values.ts';
import { ANY_VALUE, NO_VALUE, type ValueSet } from './condition/value-set.ts';
import { type ConditionOperator, holdsWithoutKey, parseConditionOperator } from './condition-operators.ts';
import type { ContextLookup } from './context-lookup.ts';
import type { Condition, PolicyDocument } from './policy-document.ts';
import { isResolved, parseTemplate, printPieces, resolveTemplate, type TemplatePiece } from './policy-template.ts';

/** A condition of a statement made ready for many decisions. */
export interface CompiledCondition {
  readonly condition: Condition;
  /** Whether its values hold policy variables, or characters escaped like them. */
  readonly variables: boolean;
  /** Whether it holds in a context; null where that is not known. */
  readonly holds: (context: ContextLookup) => boolean | null;
  /** The condition as a context leaves it undecided: what is known of its variables stands in their place. */
  readonly left: (context: ContextLookup) => LeftCondition;
  /** What it asks of its key; null for an operator that AWS does not have. */
  readonly demand: Demand | null;
}

/** A condition that is not decided. `variables`: its values hold policy variables, or characters escaped like them. */
export type LeftCondition = Condition & { readonly variables: boolean };

/** What a condition asks of its key. */
export interface Demand {
  /** Whether it holds where the key is absent or has an empty list of values. */
  readonly whenAbsent: boolean;
  /** Which of the key's values must be among `values`: the only one (several never fit), all, or any of them. */
  readonly quantifier: 'one' | 'all' | 'any';
  /** Null where that depends on policy variables. */
  readonly values: ValueSet | null;
}

/**
 * Compiles a condition. That a plain operator never holds for a key with several values is our reading: AWS asks for a
 * set operator there, and says no more ("Single-valued vs. multivalued context keys", IAM User Guide).
 * Source: "IAM JSON policy elements: Condition operators", IAM User Guide.
 */
export const compileCondition = (condition: Condition, version: PolicyDocument['version']): CompiledCondition => {
  const operator = parseConditionOperator(condition.operator);
  if (operator === null) {
    const left = { ...condition, variables: false };
    return { condition, variables: false, holds: () => null, left: () => left, demand: null };
  }
  const takesVariables = /^(?:String|Arn|Bool)/.test(operator.base);
  const templates = condition.values.map((value) => parseTemplate(value, takesVariables ? version : '2008-10-17'));
  const variables = templates.flat().some(({ kind }) => kind !== 'pattern');
  const toSet = operator.base === 'Null' ? nullValues : operatorValues(operator.base);
  const fixed = templates.every(isResolved) ? toSet(templates) : null;
  const demand: Demand = {
    whenAbsent: holdsWithoutKey(operator, condition.values),
    quantifier: quantifierOf(operator),
    values: fixed,
  };
  return {
    condition,
    variables,
    demand,
    holds: holdsFor(condition.key.toLowerCase(), demand, wantedValues(operator.base, templates, fixed, toSet)),
    left: (context) => (variables ? leftOf(condition, operator.base, templates, context) : { ...condition, variables }),
  };
};

// Whether a key is there does not depend on how many values it has.
const quantifierOf = ({ base, set }: ConditionOperator): Demand['quantifier'] => {
  if (set === null) return base === 'Null' ? 'all' : 'one';
  return set === 'ForAllValues' ? 'all' : 'any';
};

type ToSet = (values: readonly ResolvedText[]) => ValueSet;

const nullValues: ToSet = (values) =>
  values.some((pieces) => printPieces(pieces, false).toLowerCase() === 'false') ? ANY_VALUE : NO_VALUE;

/** The values that a condition asks for, as far as its variables are known. */
interface WantedValues {
  readonly set: ValueSet;
  /** Whether a value's being in the set may change with what is unknown; null: nothing is. */
  readonly unsure: 'inside' | 'outside' | null;
}

const wantedValues = (
  base: string,
  templates: readonly (readonly TemplatePiece[])[],
  fixed: ValueSet | null,
  toSet: ToSet,
): ((context: ContextLookup) => WantedValues) => {
  if (fixed !== null) {
    const wanted: WantedValues = { set: fixed, unsure: null };
    return () => wanted;
  }
  const negated = base.includes('Not');
  // One after the other, requests have mostly the same values.
  let last: { readonly known: readonly ResolvedText[]; readonly set: ValueSet } = { known: [], set: toSet([]) };
  return (context) => {
    const known: ResolvedText[] = [];
    let unsure: WantedValues['unsure'] = null;
    for (const template of templates) {
      const resolved = resolveTemplate(template, context);
      if (resolved.kind === 'resolved') known.push(resolved.pieces);
      // More values only add to a set, or take away from one that leaves out.
      else if (resolved.kind === 'unknown') unsure = negated ? 'inside' : 'outside';
      // A variable without a value never matches, under a negated operator as well.
      else if (negated) return { set: NO_VALUE, unsure: null };
    }
    if (!isSame(known, last.known)) last = { known, set: toSet(known) };
    return { set: last.set, unsure };
  };
};

const isSame = (some: readonly ResolvedText[], others: readonly ResolvedText[]): boolean =>
  some.length === others.length &&
  some.every((pieces, index) => {
    const other = others[index];
    return (
      other?.length === pieces.length &&
      pieces.every(({ kind, text }, at) => other[at]?.kind === kind && other[at].text === text)
    );
  });

const holdsFor =
  (key: string, { whenAbsent, quantifier }: Demand, valuesIn: (context: ContextLookup) => WantedValues) =>
  (context: ContextLookup): boolean | null => {
    const present = context(key);
    if (present === 'absent' || present.length === 0) return whenAbsent;
    const wanted = valuesIn(context);
    if (present === 'unknown')
      return wanted.set.kind === 'none' && wanted.unsure === null && !whenAbsent ? false : null;
    const [first = ''] = present;
    if (present.length === 1) return fits(first, wanted);
    if (quantifier === 'one') return false;
    return quantifier === 'any' ? some(present, wanted) : every(present, wanted);
  };

const fits = (value: string, { set, unsure }: WantedValues): boolean | null => {
  const has = set.has(value);
  return unsure === (has ? 'inside' : 'outside') ? null : has;
};

const some = (present: readonly string[], wanted: WantedValues): boolean | null => {
  const found = present.map((value) => fits(value, wanted));
  if (found.includes(true)) return true;
  return found.includes(null) ? null : false;
};

const every = (present: readonly string[], wanted: WantedValues): boolean | null => {
  const found = present.map((value) => fits(value, wanted));
  if (found.includes(false)) return false;
  return found.includes(null) ? null : true;
};

/** A condition with what is known of its variables in their place. */
const leftOf = (
  condition: Condition,
  base: string,
  templates: readonly (readonly TemplatePiece[])[],
  context: ContextLookup,
): LeftCondition => {
  const values: string[] = [];
  for (const [index, template] of templates.entries()) {
    const resolved = resolveTemplate(template, context);
    if (resolved.kind === 'resolved') values.push(printPieces(resolved.pieces, /Like|^Arn/.test(base)));
    else if (resolved.kind === 'unknown') values.push(condition.values[index] ?? '');
    else if (base.includes('Not')) return withoutValue(condition);
  }
  if (values.length === 0) return withoutValue(condition);
  return { ...condition, values, variables: values.some((value) => value.includes('${')) };
};

/** A condition that no value fulfils, and that is undecided, hangs on the key being absent. */
const withoutValue = ({ key }: Condition): LeftCondition => ({
  operator: 'Null',
  key,
  values: ['true'],
  variables: false,
});
