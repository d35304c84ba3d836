import { type PatternPiece, wildcardPieces } from '../iam/wildcard.ts';
import type { ContextLookup } from './context-lookup.ts';
import type { PolicyDocument } from './policy-document.ts';

/** A piece of a policy text in which policy variables may stand. */
export type TemplatePiece =
  /** Text as written, wildcards included. */
  | { readonly kind: 'pattern'; readonly text: string }
  /** Text that stands for itself: an escaped `*`, `?` or `$`, or a variable's value. */
  | { readonly kind: 'text'; readonly text: string }
  /** `${key}` or `${key, 'fallback'}`; the key in lower case, since its case carries no meaning. */
  | { readonly kind: 'variable'; readonly key: string; readonly fallback: string | null };

/** A template whose variables all have a value. */
export type ResolvedPiece = Exclude<TemplatePiece, { kind: 'variable' }>;

/** What becomes of a template in a context. */
export type ResolvedTemplate =
  | { readonly kind: 'resolved'; readonly pieces: readonly ResolvedPiece[] }
  /** A variable is absent and has no default: what it stands in never matches. */
  | { readonly kind: 'unresolvable' }
  /** A variable's value is not known. */
  | { readonly kind: 'unknown' };

/**
 * Splits a text at its policy variables. In documents of version 2008-10-17, `${…}` is text like any other.
 * Source: "IAM policy elements: Variables and tags", IAM User Guide.
 */
export const parseTemplate = (text: string, version: PolicyDocument['version']): readonly TemplatePiece[] => {
  if (version === '2008-10-17') return [{ kind: 'pattern', text }];
  return text
    .split(/(\$\{[^{}]+\})/)
    .map((piece) =>
      piece.startsWith('${') && piece.endsWith('}') ? parseVariable(piece) : { kind: 'pattern', text: piece },
    );
};

/** A resolved piece as pieces of a pattern; wildcards in a variable's value stand for themselves. */
export const toPatternPieces = (piece: ResolvedPiece): readonly PatternPiece[] =>
  piece.kind === 'pattern' ? wildcardPieces(piece.text) : [piece];

const parseVariable = (piece: string): TemplatePiece => {
  const content = piece.slice(2, -1).trim();
  if (['*', '?', '$'].includes(content)) return { kind: 'text', text: content };
  const comma = content.indexOf(',');
  if (comma < 0) return { kind: 'variable', key: content.toLowerCase(), fallback: null };
  const fallback = content.slice(comma + 1).trimStart();
  if (fallback.length < 2 || !fallback.startsWith("'") || !fallback.endsWith("'")) {
    return { kind: 'pattern', text: piece };
  }
  return { kind: 'variable', key: content.slice(0, comma).trimEnd().toLowerCase(), fallback: fallback.slice(1, -1) };
};

/** Whether a template has no variables. */
export const isResolved = (pieces: readonly TemplatePiece[]): pieces is readonly ResolvedPiece[] =>
  pieces.every(({ kind }) => kind !== 'variable');

/** Pieces as text again, in which what stands for itself is escaped; wildcards only where they mean something. */
export const printPieces = (pieces: readonly ResolvedPiece[], wildcards: boolean): string =>
  pieces
    .map(({ kind, text }) => (kind === 'pattern' ? text : text.replace(wildcards ? /[*?$]/g : /\$/g, '${$&}')))
    .join('');

/** Puts values in the place of a template's variables; a key with several values cannot be one. */
export const resolveTemplate = (pieces: readonly TemplatePiece[], context: ContextLookup): ResolvedTemplate => {
  const resolved: ResolvedPiece[] = [];
  let unknown = false;
  for (const piece of pieces) {
    const value = piece.kind === 'variable' ? variableText(piece, context(piece.key)) : piece;
    if (value === 'unresolvable') return { kind: 'unresolvable' };
    if (value === 'unknown') unknown = true;
    else resolved.push(value);
  }
  return unknown ? { kind: 'unknown' } : { kind: 'resolved', pieces: resolved };
};

const variableText = (
  { fallback }: { readonly fallback: string | null },
  value: ReturnType<ContextLookup>,
): ResolvedPiece | 'unresolvable' | 'unknown' => {
  if (value === 'unknown') return 'unknown';
  const text = value === 'absent' || value.length === 0 ? fallback : value.length === 1 ? value[0] : null;
  return typeof text === 'string' ? { kind: 'text', text } : 'unresolvable';
};
