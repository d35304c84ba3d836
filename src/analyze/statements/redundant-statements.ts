import { coversPattern, hasVariable } from '../../access/pattern-cover.ts';
import { compileWildcard } from '../../iam/wildcard.ts';
import type { CompiledPolicy, CompiledStatement } from '../../policy/compile-policy.ts';
import type { Condition, Statement } from '../../policy/policy-document.ts';

/** A statement that says nothing that another of the same policy does not say. */
export interface RedundantStatement {
  readonly [fact: string]: number;
  /** Positions in the document, from 0. */
  readonly statement: number;
  readonly coveredBy: number;
}

/**
 * The statements of an identity-based policy without which it says the same. Of two that say the same, the later one.
 * Told only where it is plain: single patterns hold others, and the wider statement asks for no condition of its own.
 */
export const redundantStatements = ({ allows, denies }: CompiledPolicy): readonly RedundantStatement[] =>
  [allows, denies].flatMap((statements) =>
    statements.flatMap((each) => {
      const wider = statements.find((other) => other !== each && covers(other, each) && !isLaterOfTwo(other, each));
      return wider === undefined ? [] : [{ statement: each.statement.index, coveredBy: wider.statement.index }];
    }),
  );

const isLaterOfTwo = (other: CompiledStatement, each: CompiledStatement): boolean =>
  other.statement.index > each.statement.index && covers(each, other);

const covers = (outer: CompiledStatement, inner: CompiledStatement): boolean =>
  areActionsCovered(outer.statement.action, inner.statement.action) &&
  areResourcesCovered(outer, inner.statement.resource) &&
  areConditionsAmong(outer.statement.conditions, inner.statement.conditions);

const areActionsCovered = (outer: Statement['action'], inner: Statement['action']): boolean => {
  if (outer.kind === 'action' && outer.patterns.some((pattern) => /^\*+$/.test(pattern))) return true;
  if (outer.kind !== inner.kind) return false;
  if (outer.kind === 'notAction') return outer.patterns.every((left) => isCovered(left, inner.patterns));
  return inner.patterns.every((pattern) => isCovered(pattern, outer.patterns));
};

/** Taken for plain text, a pattern is matched by those that have a `*` wherever it has wildcards. A `?` is no such. */
const isCovered = (pattern: string, by: readonly string[]): boolean => {
  const text = pattern.toLowerCase();
  return by
    .map((each) => each.toLowerCase())
    .some((each) => each === text || (!each.includes('?') && compileWildcard(each)(text)));
};

const areResourcesCovered = (outer: CompiledStatement, inner: Statement['resource']): boolean => {
  const wider = outer.statement.resource;
  if (inner === null || wider === null) return inner === wider;
  if (coversPattern(outer, null)) return true;
  if (inner.kind === 'notResource')
    return wider.kind === 'notResource' && wider.patterns.every((left) => inner.patterns.includes(left));
  return inner.patterns.every(
    (pattern) =>
      (wider.kind === 'resource' && wider.patterns.includes(pattern)) ||
      (pattern !== '*' && !hasVariable(pattern) && coversPattern(outer, pattern)),
  );
};

const areConditionsAmong = (some: readonly Condition[], others: readonly Condition[]): boolean => {
  const among = new Set(others.map(printed));
  return some.every((condition) => among.has(printed(condition)));
};

const printed = ({ operator, key, values }: Condition): string =>
  JSON.stringify([operator, key.toLowerCase(), [...values].sort()]);
