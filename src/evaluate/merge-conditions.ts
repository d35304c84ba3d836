import { parseConditionOperator } from '../policy/condition-operators.ts';
import { atomFormula, type Formula, type Literal, not } from './formula.ts';

/**
 * Of conditions that must all hold, writes those as one that ask the same operator of the same key to match none of their
 * values: "not in A" and "not in B" is "not in A nor B".
 */
export const mergeConditions = (literals: readonly Literal[]): readonly Formula[] => {
  const groups = new Map<string, Literal[]>();
  for (const literal of literals) {
    const subject = mergedSubject(literal) ?? literal.id;
    const group = groups.get(subject);
    if (group === undefined) groups.set(subject, [literal]);
    else group.push(literal);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first?.atom.kind !== 'condition' || group.length === 1) return group;
    const values = group.flatMap(({ atom }) => (atom.kind === 'condition' ? atom.values : []));
    const merged = atomFormula({ ...first.atom, values: [...new Set(values)].sort() });
    return [first.negated ? not(merged) : merged];
  });
};

/** The same for literals that can be one; null for one that no other can be merged with. */
const mergedSubject = ({ atom, negated }: Literal): string | null => {
  const operator = atom.kind === 'condition' ? parseConditionOperator(atom.operator) : null;
  if (atom.kind !== 'condition' || operator === null) return null;
  // A negated operator matches none of its values; so does the negation of any other, if not of all values of the key.
  const negates = operator.base.includes('Not');
  const matchesNone = negated ? !negates && operator.set !== 'ForAllValues' : negates && operator.set !== 'ForAnyValue';
  return matchesNone ? JSON.stringify([atom.key.toLowerCase(), atom.operator, atom.variables]) : null;
};
