import type { Condition } from '../policy/policy-document.ts';

/** Something that a request fulfils or not, and that could not be decided from what is known. */
export type Atom =
  /** A condition of a statement. `variables`: its values hold policy variables that are still to be replaced. */
  | ({ readonly kind: 'condition'; readonly variables: boolean } & Condition)
  /** `Resource`: the pattern, its variables replaced, matches the request's resource. `NotResource`: it does not. */
  | { readonly kind: 'resource'; readonly element: 'Resource' | 'NotResource'; readonly pattern: string };

/** A boolean formula in which only atoms are negated. Equal formulas have equal ids. */
export type Formula =
  | { readonly kind: 'true'; readonly id: string }
  | { readonly kind: 'false'; readonly id: string }
  | { readonly kind: 'atom'; readonly id: string; readonly atom: Atom; readonly negated: boolean }
  | { readonly kind: 'all' | 'any'; readonly id: string; readonly of: readonly Formula[] };

/** Always holds. */
export const TRUE: Formula = { kind: 'true', id: 'true' };

/** Never holds. */
export const FALSE: Formula = { kind: 'false', id: 'false' };

/** The constant of a boolean. */
export const constant = (holds: boolean): Formula => (holds ? TRUE : FALSE);

/** An atom, negated or not. */
export type Literal = Extract<Formula, { readonly kind: 'atom' }>;

/** The formula of one atom. */
export const atomFormula = (atom: Atom): Literal => ({ kind: 'atom', id: atomId(atom), atom, negated: false });

const atomId = (atom: Atom): string =>
  atom.kind === 'condition'
    ? JSON.stringify([atom.key.toLowerCase(), atom.operator, [...new Set(atom.values)].sort(), atom.variables])
    : JSON.stringify([atom.element, atom.pattern]);

/** Holds when all of the formulas hold; true for none. */
export const allOf = (formulas: readonly Formula[]): Formula => combine('all', formulas);

/** Holds when some of the formulas holds; false for none. */
export const anyOf = (formulas: readonly Formula[]): Formula => combine('any', formulas);

/** Holds when the formula does not. */
export const not = (formula: Formula): Formula => {
  switch (formula.kind) {
    case 'true':
      return FALSE;
    case 'false':
      return TRUE;
    case 'atom':
      return oppositeOf(formula);
    case 'all':
      return anyOf(formula.of.map(not));
    case 'any':
      return allOf(formula.of.map(not));
  }
};

const opposites = new WeakMap<Literal, Literal>();

const oppositeOf = (literal: Literal): Literal => {
  let opposite = opposites.get(literal);
  if (opposite === undefined) {
    opposite = { ...literal, negated: !literal.negated, id: oppositeId(literal) };
    opposites.set(literal, opposite);
    opposites.set(opposite, literal);
  }
  return opposite;
};

const oppositeId = ({ id, negated }: { readonly id: string; readonly negated: boolean }): string =>
  negated ? id.slice(1) : `!${id}`;

/** Folds constants, drops duplicates and what another member implies, and finds plain contradictions. */
const combine = (kind: 'all' | 'any', formulas: readonly Formula[]): Formula => {
  const neutral = kind === 'all' ? TRUE : FALSE;
  const dominant = kind === 'all' ? FALSE : TRUE;
  let open: Formula | null = null;
  let several = false;
  // Most formulas are constant.
  for (const formula of formulas) {
    if (formula.kind === dominant.kind) return dominant;
    if (formula.kind === neutral.kind) continue;
    if (open === null) open = formula;
    else several = true;
  }
  if (open === null) return neutral;
  return several ? combineKnown(kind, formulas, open) : open;
};

interface Combination {
  readonly kind: 'all' | 'any';
  readonly formulas: readonly Formula[];
  readonly combined: Formula;
}

// The statements of a few hundred policies are combined again and again, for one principal after the other: the latest
// combinations are remembered with the first formula that is open in them.
const combinations = new WeakMap<Formula, Combination[]>();
const MOST_REMEMBERED = 16;

const combineKnown = (kind: 'all' | 'any', formulas: readonly Formula[], open: Formula): Formula => {
  const known = combinations.get(open) ?? [];
  const same = known.find((each) => each.kind === kind && areSame(each.formulas, formulas));
  if (same !== undefined) return same.combined;
  const combined = combineOpen(kind, formulas, kind === 'all' ? FALSE : TRUE);
  combinations.set(open, [{ kind, formulas, combined }, ...known.slice(0, MOST_REMEMBERED - 1)]);
  return combined;
};

const areSame = (some: readonly Formula[], others: readonly Formula[]): boolean =>
  some.length === others.length && some.every((formula, at) => formula === others[at]);

const combineOpen = (kind: 'all' | 'any', formulas: readonly Formula[], dominant: Formula): Formula => {
  const members = new Map<string, Formula>();
  for (const formula of formulas.flatMap((each) => (each.kind === kind ? each.of : [each]))) {
    if (formula.kind !== 'true' && formula.kind !== 'false') members.set(formula.id, formula);
  }
  for (const member of members.values()) {
    if (member.kind === 'atom' && members.has(oppositeId(member))) return dominant;
  }
  const kept = withoutImplied([...members.values()]);
  const [first] = kept;
  if (kept.length === 1 && first !== undefined) return first;
  // In the order of ids, so that the order of statements changes nothing.
  kept.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { kind, of: kept, id: `${kind}(${kept.map(({ id }) => id).join()})` };
};

/** Leaves out what another member implies: `a and (a or b)` is `a`; so is `a or (a and b)`. */
const withoutImplied = (members: readonly Formula[]): Formula[] => {
  const ids = new Set(members.map(({ id }) => id));
  const composite = members.flatMap((member) => ('of' in member ? [new Set(member.of.map(({ id }) => id))] : []));
  const pairwise = composite.length <= MOST_COMPARED;
  return members.filter((member) => {
    if (!('of' in member)) return true;
    if (member.of.some(({ id }) => ids.has(id))) return false;
    const own = new Set(member.of.map(({ id }) => id));
    return !pairwise || !composite.some((other) => other.size < own.size && [...other].every((id) => own.has(id)));
  });
};

/** Beyond that many, members that are formulas themselves are not compared with each other. */
const MOST_COMPARED = 50;
