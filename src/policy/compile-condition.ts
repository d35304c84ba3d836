import { compilePieces, wildcardPieces } from '../iam/wildcard.ts';
import { leadingPieces, resourcePartStart } from './arn-pattern.ts';
import { holdsWithoutKey, parseConditionOperator } from './condition-operators.ts';
import type { ContextLookup } from './context-lookup.ts';
import type { Condition, PolicyDocument } from './policy-document.ts';
import {
  parseTemplate,
  type ResolvedPiece,
  resolveTemplate,
  type TemplatePiece,
  toPatternPieces,
} from './policy-template.ts';

/** A condition of a statement made ready for many decisions. */
export interface CompiledCondition {
  readonly condition: Condition;
  /** Whether its values hold policy variables, or characters escaped like them. */
  readonly variables: boolean;
  /** Whether it holds in a context; null where that is not known. */
  readonly holds: (context: ContextLookup) => boolean | null;
}

/**
 * Compiles a condition. Any operator is decided for a key that is known to be absent; for one that has a value only
 * `Null` and the String and Arn operators are, and they only where it is the only one. Others are never known to hold.
 * Source: "IAM JSON policy elements: Condition operators", IAM User Guide.
 */
export const compileCondition = (condition: Condition, version: PolicyDocument['version']): CompiledCondition => {
  const { operator, values } = condition;
  const key = condition.key.toLowerCase();
  const templates = values.map((value) => parseTemplate(value, version));
  const variables = templates.flat().some(({ kind }) => kind !== 'pattern');
  const parsed = parseConditionOperator(operator);
  if (parsed === null) return { condition, variables, holds: () => null };
  const negated = parsed.base.includes('Not');
  // `StringNotLike` is the negation of `StringLike`, and so on.
  const test = TESTS.get(parsed.base.replace('Not', ''));
  const holds = (context: ContextLookup): boolean | null => {
    const present = context(key);
    if (present === 'unknown') return null;
    if (present === 'absent') return holdsWithoutKey(parsed, values);
    const [value] = present;
    if (value === undefined) return null;
    if (parsed.base === 'Null') return values.some((each) => each.toLowerCase() === 'false');
    // Of one value, all are what any is.
    return test === undefined || present.length > 1 ? null : compareAll(templates, value, test, negated, context);
  };
  return { condition, variables, holds };
};

/** Compares a pattern with a value; null where AWS's documentation does not say what comes out. */
type Test = (pattern: readonly ResolvedPiece[], value: string) => boolean | null;

/** The values of a condition are alternatives, and under a negated operator none of them may match. */
const compareAll = (
  templates: readonly (readonly TemplatePiece[])[],
  value: string,
  test: Test,
  negated: boolean,
  context: ContextLookup,
): boolean | null => {
  let undecided = false;
  for (const template of templates) {
    const pattern = resolveTemplate(template, context);
    // A variable without a value never matches, under a negated operator as well.
    if (pattern.kind === 'unresolvable' && negated) return false;
    const matched =
      pattern.kind === 'resolved' ? test(pattern.pieces, value) : pattern.kind === 'unknown' ? null : false;
    if (matched === true) return !negated;
    if (matched === null) undecided = true;
  }
  return undecided ? null : negated;
};

const textOf = (pieces: readonly ResolvedPiece[]): string => pieces.map(({ text }) => text).join('');

const equalArns: Test = (pieces, value) => {
  const text = textOf(pieces);
  const start = resourcePartStart(text);
  // Undocumented: ARNs of fewer than six parts, and wildcards in a variable's value.
  if (start === null || pieces.some(({ kind }) => kind === 'text')) return null;
  const pattern = [...leadingPieces(text.slice(0, start), false), ...wildcardPieces(text.slice(start))];
  return compilePieces(pattern)(value);
};

const TESTS: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['StringEquals', (pieces, value) => textOf(pieces) === value],
  ['StringEqualsIgnoreCase', (pieces, value) => textOf(pieces).toLowerCase() === value.toLowerCase()],
  ['StringLike', (pieces, value) => compilePieces(pieces.flatMap(toPatternPieces))(value)],
  ['ArnEquals', equalArns],
  ['ArnLike', equalArns],
]);
