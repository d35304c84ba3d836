import type { Located, PathElement } from './located-json.ts';

/** A place in a policy, as Access Analyzer tells it. Source: "Location", IAM Access Analyzer API Reference. */
export interface Location {
  readonly path: readonly PathElement[];
  readonly span: { readonly start: Position; readonly end: Position };
}

/** Lines count from 1, columns and offsets from 0. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** Tells the positions in a text. */
export const positionsIn = (text: string): ((offset: number) => Position) => {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0), offset };
  };
};

/** Tells the locations of parts of a text. */
export const locationsIn = (positionOf: (offset: number) => Position): ((part: Located) => Location) => {
  return ({ path, start, end }) => ({ path, span: { start: positionOf(start), end: positionOf(end) } });
};
