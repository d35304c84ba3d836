import { leadingPieces, resourcePartStart } from '../../policy/arn-pattern.ts';
import type { CompiledStatement, ResourceMatcher } from '../../policy/compile-policy.ts';
import type { ContextLookup } from '../../policy/context-lookup.ts';
import type { PolicyDocument, Statement } from '../../policy/policy-document.ts';
import {
  isResolved,
  parseTemplate,
  printPieces,
  resolveTemplate,
  type TemplatePiece,
  toPatternPieces,
} from '../../policy/policy-template.ts';
import { type Glyph, glyphsOf } from './pattern-language.ts';

/** The resources that a statement's `Resource` or `NotResource` matches. */
export interface Area {
  readonly kind: 'resource' | 'notResource';
  readonly patterns: readonly AreaPattern[];
}

/** A pattern of resources. Equal texts are equal patterns. */
export interface AreaPattern {
  /** In the language of version `2012-10-17`, what is known of its variables in their place. */
  readonly text: string;
  /**
   * `everything`: `*`, which requests that name no resource match too. `open`: a variable's value is not known, and with
   * some it matches less than its glyphs, which stand for all of them.
   */
  readonly kind: 'everything' | 'fixed' | 'open';
  readonly glyphs: readonly Glyph[];
}

/** Every resource, and none as well. */
const EVERYTHING: AreaPattern = { text: '*', kind: 'everything', glyphs: [{ kind: 'run', inPart: false }] };

/** All there is. */
export const EVERYWHERE: Area = { kind: 'resource', patterns: [EVERYTHING] };

/** Where a statement of a document applies, in a context; null: it has neither `Resource` nor `NotResource`. */
export const areaOfStatement = (
  { statement, resource }: CompiledStatement,
  version: PolicyDocument['version'],
  context: ContextLookup,
): Area | null => {
  if (statement.resource === null || resource === null) return null;
  const known = withoutVariables.get(resource);
  if (known !== undefined) return known;
  const area = areaOf(statement.resource, version, context);
  if (resource.patterns.every(({ kind }) => kind !== 'template')) withoutVariables.set(resource, area);
  return area;
};

// Without variables, all statements that name the same resources apply there in every context.
const withoutVariables = new WeakMap<ResourceMatcher, Area>();

/** Where the `Resource` or `NotResource` of a document applies, in a context. */
export const areaOf = (
  { kind, patterns }: NonNullable<Statement['resource']>,
  version: PolicyDocument['version'],
  context: ContextLookup,
): Area => {
  const read = new Map<string, AreaPattern>();
  for (const text of patterns) {
    const pattern = toAreaPattern(text, version, context);
    if (pattern === 'valueless' && kind === 'notResource') read.set(text, { ...EVERYTHING, kind: 'open', text });
    else if (typeof pattern === 'object') read.set(pattern.text, pattern);
  }
  if (read.has(EVERYTHING.text)) return { kind, patterns: [EVERYTHING] };
  return { kind, patterns: [...read.values()] };
};

/** A pattern without variables, as a question gives it; null: it matches nothing. */
export const plainPattern = (text: string): AreaPattern | null => {
  const pattern = toAreaPattern(text, '2008-10-17', () => 'unknown');
  return typeof pattern === 'object' ? pattern : null;
};

/** `never`: it matches nothing. `valueless`: a variable has no value, so that the pattern is none. */
const toAreaPattern = (
  text: string,
  version: PolicyDocument['version'],
  context: ContextLookup,
): AreaPattern | 'never' | 'valueless' => {
  if (/^\*+$/.test(text)) return EVERYTHING;
  const start = resourcePartStart(text);
  if (start === null) {
    return text.endsWith('*') ? { text, kind: 'fixed', glyphs: glyphsOf(leadingPieces(text)) } : 'never';
  }
  const leading = text.slice(0, start);
  const pieces = parseTemplate(text.slice(start), version);
  const settled = pieces.map((piece) => settle(piece, context));
  if (settled.includes('valueless')) return 'valueless';
  const known = settled.filter((piece) => typeof piece === 'object');
  const glyphs = glyphsOf([...leadingPieces(leading), ...known.flatMap(toPatternGlyphs)]);
  if (isResolved(known)) {
    const printed = printPieces(known, true);
    // What an older document says literally would be a variable here.
    return {
      text: leading + (version === '2008-10-17' ? printed.replaceAll('${', '${$}{') : printed),
      kind: 'fixed',
      glyphs,
    };
  }
  const isUntouched = known.every((piece, at) => piece === pieces[at]);
  return { text: isUntouched ? text : leading + known.map(printPiece).join(''), kind: 'open', glyphs };
};

const settle = (piece: TemplatePiece, context: ContextLookup): TemplatePiece | 'valueless' => {
  if (piece.kind !== 'variable') return piece;
  const resolved = resolveTemplate([piece], context);
  if (resolved.kind === 'unresolvable') return 'valueless';
  return resolved.kind === 'resolved' ? (resolved.pieces[0] ?? piece) : piece;
};

const toPatternGlyphs = (piece: TemplatePiece) =>
  piece.kind === 'variable' ? [{ kind: 'run', inPart: false } as const] : toPatternPieces(piece);

const printPiece = (piece: TemplatePiece): string => {
  if (piece.kind !== 'variable') return printPieces([piece], true);
  return piece.fallback === null ? `\${${piece.key}}` : `\${${piece.key}, '${piece.fallback}'}`;
};

/** Areas with equal keys are equal. */
export const areaKey = ({ kind, patterns }: Area): string =>
  JSON.stringify([kind, ...patterns.map(({ text }) => text)]);
