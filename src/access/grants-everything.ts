import { conditionsFormula } from '../evaluate/statement-formula.ts';
import type { CompiledStatement } from '../policy/compile-policy.ts';
import type { ContextLookup } from '../policy/context-lookup.ts';
import { resolveTemplate } from '../policy/policy-template.ts';
import { type Bitset, emptyBitset, intersect, isEmpty, isFull, unite } from '../reference/bitset.ts';

/** Whether something holds for every request, for none or only some, or for all that fulfil conditions. */
export type Extent = 'yes' | 'no' | 'conditional';

/**
 * Whether Allow statements of identity-based policies together match every action, known or not, on every resource.
 * Several that exclude different resources (`NotResource`) are not seen to complete each other.
 */
export const allowEverything = (
  allows: readonly CompiledStatement[],
  positionCount: number,
  context: ContextLookup,
): Extent => {
  const usable = allows
    .filter(({ statement }) => statement.principal === null)
    .map((statement) => ({ statement, conditions: conditionsFormula(statement, context) }));
  const covered = (kinds: readonly string[]): boolean => {
    const statements = usable.filter(({ conditions }) => !kinds.includes(conditions.kind));
    return isFull(
      coverage(
        statements.map(({ statement }) => statement),
        positionCount,
      ),
      positionCount,
    );
  };
  if (covered(['false', 'atom', 'all', 'any'])) return 'yes';
  return covered(['false']) ? 'conditional' : 'no';
};

/** The actions that the statements match on every resource. */
const coverage = (statements: readonly CompiledStatement[], positionCount: number): Bitset => {
  const onPattern = (pattern: string | null): Bitset => {
    const actions = emptyBitset(positionCount);
    for (const { statement, resources, actions: matcher } of statements) {
      if (statement.resource?.kind !== 'resource') continue;
      const everything = resources.some(({ kind }) => kind === 'everything');
      if (everything || (pattern !== null && statement.resource.patterns.includes(pattern)))
        unite(actions, matcher.covers());
    }
    return actions;
  };
  const everywhere = onPattern(null);
  // What a `NotResource` leaves out may be allowed by statements about just that.
  for (const { statement, actions } of statements) {
    if (statement.resource?.kind !== 'notResource') continue;
    const whole = actions.covers().slice();
    for (const pattern of statement.resource.patterns) intersect(whole, onPattern(pattern));
    unite(everywhere, whole);
  }
  return everywhere;
};

/** Whether Deny statements of identity-based policies match some request. */
export const denySomething = (denies: readonly CompiledStatement[], context: ContextLookup): Extent => {
  const extents = denies.map((statement) => denyExtent(statement, context));
  if (extents.includes('yes')) return 'yes';
  return extents.includes('conditional') ? 'conditional' : 'no';
};

const denyExtent = (compiled: CompiledStatement, context: ContextLookup): Extent => {
  const { statement, actions, resources } = compiled;
  const conditions = conditionsFormula(compiled, context);
  if (conditions.kind === 'false') return 'no';
  if (statement.action.kind === 'notAction' && isEmpty(actions.covers())) return 'no';
  const patterns = resources.map((pattern) =>
    pattern.kind === 'template' ? resolveTemplate(pattern.pieces, context).kind : 'resolved',
  );
  const excludesAll = statement.resource?.kind === 'notResource' && resources.some(({ kind }) => kind === 'everything');
  if (excludesAll || patterns.every((kind) => kind === 'unresolvable')) return 'no';
  const certain = conditions.kind === 'true' && patterns.includes('resolved');
  return certain ? 'yes' : 'conditional';
};
