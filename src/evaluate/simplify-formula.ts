import { contradictionCost, isContradiction, type Wish } from '../policy/contradiction.ts';
import { commonFactor } from './common-factor.ts';
import { compileAtom } from './condition-atom.ts';
import { allOf, FALSE, type Formula, type Literal, not } from './formula.ts';
import { mergeConditions } from './merge-conditions.ts';

/**
 * The formula without what follows from the rest of it: conditions that contradict each other make it false, ones that
 * together always hold make it true, and one that another implies goes. What is `given` is taken to hold.
 *
 * Sound for every context, also ones that lack a key or have several values of it; not complete: conditions are compared
 * key by key, and what would take too long is left as it stands.
 */
export const simplifyFormula = (formula: Formula, given: readonly Literal[] = []): Formula => {
  if (formula.kind === 'true' || formula.kind === 'false') return formula;
  if (given.length > 0) return simplifyGiven(formula, given);
  let simple = simplified.get(formula);
  if (simple === undefined) {
    simple = simplifyGiven(formula, given);
    simplified.set(formula, simple);
  }
  return simple;
};

const simplified = new WeakMap<Formula, Formula>();

const simplifyGiven = (formula: Formula, given: readonly Literal[]): Formula => {
  const budget = { left: MOST_WORK };
  let current = formula;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = simplify(current, given, budget);
    if (next.id === current.id) return next;
    current = next;
  }
  return current;
};

// What comes out of one round may show more in the next; each shortens the formula.
const MOST_ROUNDS = 4;

// In comparisons: some hundredths of a second.
const MOST_WORK = 200_000;

interface Budget {
  left: number;
}

const simplify = (formula: Formula, known: readonly Literal[], budget: Budget): Formula => {
  switch (formula.kind) {
    case 'true':
    case 'false':
      return formula;
    case 'atom':
    case 'all':
      return simplifyAll(formula.kind === 'all' ? formula.of : [formula], known, budget);
    case 'any':
      // Some hold unless all fail.
      return not(simplifyAll(formula.of.map(not), known, budget));
  }
};

const simplifyAll = (members: readonly Formula[], known: readonly Literal[], budget: Budget): Formula => {
  const literals = members.filter(isLiteral);
  const groups = groupBySubject([...known, ...literals]);
  for (const subject of new Set(literals.map(subjectOf))) {
    if (contradict(groups.get(subject) ?? [], budget)) return FALSE;
  }
  const kept = withoutImplied(
    literals.filter((literal) => !known.includes(literal)),
    groups,
    budget,
  );
  const assumed = [...known, ...kept];
  const others = members.filter((member) => !isLiteral(member)).map((member) => simplify(member, assumed, budget));
  return commonFactor(allOf([...mergeConditions(kept), ...others]));
};

const withoutImplied = (
  literals: readonly Literal[],
  groups: ReadonlyMap<string, readonly Literal[]>,
  budget: Budget,
): readonly Literal[] => {
  const dropped = new Set<Literal>();
  for (const literal of literals) {
    if (budget.left <= 0) break;
    const others = (groups.get(subjectOf(literal)) ?? []).filter((each) => each !== literal && !dropped.has(each));
    const negation = not(literal);
    if (isLiteral(negation) && contradict([negation, ...others], budget)) dropped.add(literal);
  }
  return literals.filter((literal) => !dropped.has(literal));
};

const isLiteral = (formula: Formula): formula is Literal => formula.kind === 'atom';

/** Literals of different subjects have nothing to do with each other. */
const subjectOf = ({ atom }: Literal): string =>
  atom.kind === 'condition' ? atom.key.toLowerCase() : JSON.stringify([atom.element, atom.pattern]);

const groupBySubject = (literals: readonly Literal[]): ReadonlyMap<string, readonly Literal[]> => {
  const groups = new Map<string, Literal[]>();
  for (const literal of literals) {
    const subject = subjectOf(literal);
    const group = groups.get(subject);
    if (group === undefined) groups.set(subject, [literal]);
    else group.push(literal);
  }
  return groups;
};

/** Whether literals of one subject cannot all hold. */
const contradict = (literals: readonly Literal[], budget: Budget): boolean => {
  budget.left -= literals.length;
  if (budget.left <= 0) return false;
  const ids = new Set(literals.map(({ id }) => id));
  if (literals.some((literal) => ids.has(not(literal).id))) return true;
  const wishes = literals.flatMap(({ atom, negated }): readonly Wish[] => {
    const demand = atom.kind === 'condition' ? compileAtom(atom).demand : null;
    return demand === null ? [] : [{ demand, holds: !negated }];
  });
  const cost = contradictionCost(wishes);
  if (cost > budget.left) return false;
  budget.left -= cost;
  return isContradiction(wishes);
};
