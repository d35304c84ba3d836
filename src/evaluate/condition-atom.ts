import { type CompiledCondition, compileCondition } from '../policy/compile-condition.ts';
import type { Atom } from './formula.ts';

/** A condition that could not be decided. */
export type ConditionAtom = Extract<Atom, { readonly kind: 'condition' }>;

const compiled = new WeakMap<ConditionAtom, CompiledCondition>();

/** An undecided condition made ready to be decided after all. */
export const compileAtom = (atom: ConditionAtom): CompiledCondition => {
  let condition = compiled.get(atom);
  if (condition === undefined) {
    condition = compileCondition(atom, atom.variables ? '2012-10-17' : '2008-10-17');
    compiled.set(atom, condition);
  }
  return condition;
};
