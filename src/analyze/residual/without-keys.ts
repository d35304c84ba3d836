import { compileAtom } from '../../evaluate/condition-atom.ts';
import { decideConditions } from '../../evaluate/decide-conditions.ts';
import type { Formula } from '../../evaluate/formula.ts';

/** What a formula comes to in a request that does not have certain condition keys (asked for in lower case). */
export const withoutKeys = (formula: Formula, isAbsent: (key: string) => boolean): Formula =>
  decideConditions(formula, (condition) =>
    compileAtom(condition).holds((key) => (isAbsent(key) ? 'absent' : 'unknown')),
  );
