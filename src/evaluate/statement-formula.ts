import type { CompiledCondition } from '../policy/compile-condition.ts';
import type { CompiledStatement, ResourceMatcher } from '../policy/compile-policy.ts';
import type { ContextLookup } from '../policy/context-lookup.ts';
import { resolveTemplate } from '../policy/policy-template.ts';
import type { ResourcePattern } from '../policy/resource-pattern.ts';
import { allOf, anyOf, atomFormula, constant, FALSE, type Formula, not, TRUE } from './formula.ts';
import { type RequestTime, settleTime } from './settle-time.ts';

/** When the conditions of a statement hold in a context, for a request of that time; null: some time. */
export const conditionsFormula = (
  statement: CompiledStatement,
  context: ContextLookup,
  time: RequestTime | null = null,
): Formula => {
  const left: Formula[] = [];
  for (const condition of statement.conditions) {
    const holds = condition.holds(context);
    if (holds === false) return FALSE;
    if (holds === null) left.push(atomOf(condition, context));
  }
  if (left.length === 0) return TRUE;
  return time === null ? allOf(left) : settleTime(allOf(left), time);
};

const atoms = new WeakMap<CompiledCondition, Formula>();

const atomOf = (compiled: CompiledCondition, context: ContextLookup): Formula => {
  if (compiled.variables) return atomFormula({ kind: 'condition', ...compiled.left(context) });
  let formula = atoms.get(compiled);
  if (formula === undefined) {
    formula = atomFormula({ kind: 'condition', ...compiled.left(context) });
    atoms.set(compiled, formula);
  }
  return formula;
};

/** When the `Resource` or `NotResource` of a statement applies to a request's resource. */
export const resourceFormula = (
  { kind, patterns }: ResourceMatcher,
  resource: string,
  context: ContextLookup,
): Formula => {
  const found: Formula[] = [];
  const element = kind === 'notResource' ? 'NotResource' : 'Resource';
  for (const pattern of patterns) {
    const matched = matchPattern(pattern, element, resource, context);
    if (matched.kind === 'true') return constant(element === 'Resource');
    if (matched.kind !== 'false') found.push(matched);
  }
  return element === 'Resource' ? anyOf(found) : allOf(found.map(not));
};

const matchPattern = (
  pattern: ResourcePattern,
  element: 'Resource' | 'NotResource',
  resource: string,
  context: ContextLookup,
): Formula => {
  if (pattern.kind === 'everything') return TRUE;
  // A request that names no resource is matched by `*` alone (IAM User Guide, "IAM JSON policy elements: Resource").
  if (resource === '*') return FALSE;
  if (pattern.kind === 'fixed') return constant(pattern.matches(resource));
  if (element === 'Resource' && !pattern.couldMatch(resource)) return FALSE;
  const resolved = resolveTemplate(pattern.pieces, context);
  switch (resolved.kind) {
    case 'resolved':
      return constant(pattern.withPieces(resolved.pieces)(resource));
    case 'unresolvable':
      // A variable without a value never matches: the statement does not apply, with `NotResource` neither.
      return constant(element === 'NotResource');
    case 'unknown': {
      const atom = atomFormula({ kind: 'resource', element, pattern: pattern.text });
      if (element === 'NotResource') return not(atom);
      return atom;
    }
  }
};
