import type { RequestTime } from '../evaluate/settle-time.ts';
import { conditionsFormula } from '../evaluate/statement-formula.ts';
import type { CompiledStatement } from '../policy/compile-policy.ts';
import type { ContextLookup } from '../policy/context-lookup.ts';
import { resolveTemplate } from '../policy/policy-template.ts';
import { type BitsetWords, hasBit, isEmpty, isFull, unionOf } from '../reference/bitset.ts';
import { coversPattern, hasVariable } from './pattern-cover.ts';

/** Whether something holds for every request, for none or only some, or for all that fulfil conditions. */
export type Extent = 'yes' | 'no' | 'conditional';

/** Whether Allow statements of identity-based policies together match every action, known or not, on every resource. */
export const allowEverything = (
  allows: readonly CompiledStatement[],
  positionCount: number,
  context: ContextLookup,
  time: RequestTime | null,
): Extent => {
  // Most principals have no statement about the services that nobody told us of: they need no look at the others.
  const unknownServices = positionCount - 1;
  if (!allows.some(({ actions }) => hasBit(actions.covers(), unknownServices))) return 'no';
  const anonymous = allows.filter(({ statement }) => statement.principal === null);
  // Conditions only take away, and most principals are far from everything.
  if (!coverEverything(anonymous, positionCount)) return 'no';
  const usable = anonymous.map((statement) => ({
    statement,
    conditions: conditionsFormula(statement, context, time).kind,
  }));
  const certain = usable.filter(({ conditions }) => conditions === 'true').map(({ statement }) => statement);
  if (coverEverything(certain, positionCount)) return 'yes';
  const possible = usable.filter(({ conditions }) => conditions !== 'false').map(({ statement }) => statement);
  return coverEverything(possible, positionCount) ? 'conditional' : 'no';
};

const coverEverything = (statements: readonly CompiledStatement[], positionCount: number): boolean =>
  isFull(coverage(statements), positionCount);

/** The actions that the statements match on every resource. */
const coverage = (statements: readonly CompiledStatement[]): BitsetWords => {
  const onPattern = (pattern: string | null): BitsetWords =>
    unionOf(statements.filter((each) => coversPattern(each, pattern)).map(({ actions }) => actions.covers()));
  const everywhere = onPattern(null);
  // What a `NotResource` leaves out may be allowed by statements about just that.
  const elsewhere = statements.flatMap(({ statement: { resource }, actions }) =>
    resource?.kind !== 'notResource' || resource.patterns.some(hasVariable)
      ? []
      : [{ actions: actions.covers(), leftOut: resource.patterns.map(onPattern) }],
  );
  return (word) =>
    elsewhere.reduce(
      (found, { actions, leftOut }) => found | leftOut.reduce((both, on) => both & on(word), actions[word] ?? 0),
      everywhere(word),
    );
};

/** Whether Deny statements of identity-based policies match some request. */
export const denySomething = (
  denies: readonly CompiledStatement[],
  context: ContextLookup,
  time: RequestTime | null,
): Extent => {
  const extents = denies.map((statement) => denyExtent(statement, context, time));
  if (extents.includes('yes')) return 'yes';
  return extents.includes('conditional') ? 'conditional' : 'no';
};

const denyExtent = (compiled: CompiledStatement, context: ContextLookup, time: RequestTime | null): Extent => {
  const { statement, actions, resource } = compiled;
  // Nobody knows what a Deny does that AWS accepts in other types of policy only.
  if (statement.principal !== null || resource === null) return 'conditional';
  const conditions = conditionsFormula(compiled, context, time);
  if (conditions.kind === 'false') return 'no';
  if (statement.action.kind === 'notAction' && isEmpty(actions.covers())) return 'no';
  const patterns = resource.patterns.map((pattern) =>
    pattern.kind === 'template' ? resolveTemplate(pattern.pieces, context).kind : 'resolved',
  );
  const excludesAll = resource.kind === 'notResource' && resource.patterns.some(({ kind }) => kind === 'everything');
  if (excludesAll || patterns.every((kind) => kind === 'unresolvable')) return 'no';
  const certain = conditions.kind === 'true' && patterns.includes('resolved');
  return certain ? 'yes' : 'conditional';
};
