import type { PatternPiece } from '../iam/wildcard.ts';

/** Where the resource part of an ARN or ARN pattern begins: after the fifth colon; null where there are fewer. */
export const resourcePartStart = (text: string): number | null => {
  let at = -1;
  for (let colons = 0; colons < 5; colons++) {
    at = text.indexOf(':', at + 1);
    if (at < 0) return null;
  }
  return at + 1;
};

/**
 * The pieces of what precedes an ARN pattern's resource part. A wildcard stays in its part, but a `*` that is a part's
 * last character may also cover the colons that follow (IAM User Guide, "IAM JSON policy elements: Resource").
 */
export const leadingPieces = (text: string): readonly PatternPiece[] =>
  text.split(/([*?])/).map((piece, index, pieces): PatternPiece => {
    if (piece === '?') return { kind: 'one', inPart: true };
    if (piece !== '*') return { kind: 'text', text: piece };
    const next = pieces[index + 1] ?? '';
    const endsPart = next.startsWith(':') || (next === '' && index + 2 >= pieces.length);
    return { kind: 'run', inPart: !endsPart };
  });
