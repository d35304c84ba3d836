import type { ConditionAtom } from './condition-atom.ts';
import { allOf, anyOf, constant, type Formula, not } from './formula.ts';

/** Decides conditions of a formula by what a caller knows more of them; null leaves a condition as it is. */
export const decideConditions = (formula: Formula, decide: (condition: ConditionAtom) => boolean | null): Formula => {
  switch (formula.kind) {
    case 'true':
    case 'false':
      return formula;
    case 'atom': {
      const decided = formula.atom.kind === 'condition' ? decide(formula.atom) : null;
      if (decided === null) return formula;
      return formula.negated ? not(constant(decided)) : constant(decided);
    }
    case 'all':
      return allOf(formula.of.map((member) => decideConditions(member, decide)));
    case 'any':
      return anyOf(formula.of.map((member) => decideConditions(member, decide)));
  }
};
