import { compilePieces, type Matcher } from '../iam/wildcard.ts';
import { leadingPieces, resourcePartStart } from './arn-pattern.ts';
import type { PolicyDocument } from './policy-document.ts';
import {
  isResolved,
  parseTemplate,
  type ResolvedPiece,
  type TemplatePiece,
  toPatternPieces,
} from './policy-template.ts';

/** A pattern of `Resource` or `NotResource`, ready to match. */
export type ResourcePattern =
  /** `*`, the only pattern that also matches requests that name no resource. */
  | { readonly kind: 'everything' }
  | { readonly kind: 'fixed'; readonly matches: Matcher }
  /** A pattern with policy variables in its resource part. */
  | {
      readonly kind: 'template';
      readonly text: string;
      readonly pieces: readonly TemplatePiece[];
      /** Whether some values of the variables would make it match. */
      readonly couldMatch: Matcher;
      /** The matcher of the pattern with its variables replaced. */
      readonly withPieces: (pieces: readonly ResolvedPiece[]) => Matcher;
    };

/**
 * Compiles a resource pattern. The case of letters counts; a short ARN that does not end in `*` matches nothing.
 * Source: "IAM JSON policy elements: Resource", IAM User Guide.
 */
export const compileResourcePattern = (text: string, version: PolicyDocument['version']): ResourcePattern => {
  if (/^\*+$/.test(text)) return { kind: 'everything' };
  const start = resourcePartStart(text);
  if (start === null) return { kind: 'fixed', matches: shortMatcher(text) };
  const leading = leadingPieces(text.slice(0, start));
  const pieces = parseTemplate(text.slice(start), version);
  const withPieces = (resolved: readonly ResolvedPiece[]): Matcher =>
    compilePieces([...leading, ...resolved.flatMap(toPatternPieces)]);
  if (isResolved(pieces)) return { kind: 'fixed', matches: withPieces(pieces) };
  const couldMatch = withPieces(pieces.map((piece) => (piece.kind === 'variable' ? ANYTHING : piece)));
  return { kind: 'template', text, pieces, couldMatch, withPieces };
};

const ANYTHING: ResolvedPiece = { kind: 'pattern', text: '*' };

const shortMatcher = (text: string): Matcher => (text.endsWith('*') ? compilePieces(leadingPieces(text)) : () => false);
