import { includesPattern, patternsMeet } from './pattern-language.ts';
import type { Area, AreaPattern } from './resource-area.ts';

/** Whether the first area is sure to hold all of the second. */
export const covers = (outer: Area, inner: Area): boolean => {
  if (outer.kind === 'resource') {
    return inner.kind === 'resource'
      ? inner.patterns.every((pattern) => outer.patterns.some((each) => patternCovers(each, pattern)))
      : outer.patterns.some(({ kind }) => kind === 'everything');
  }
  if (inner.kind === 'notResource') {
    // What is left out there is left out here. A variable without a value takes the whole statement away.
    return outer.patterns.every((left) =>
      inner.patterns.some((each) => each.text === left.text || (left.kind !== 'open' && patternCovers(each, left))),
    );
  }
  return outer.patterns.every(
    (left) => left.kind !== 'open' && inner.patterns.every((pattern) => arePatternsDisjoint(left, pattern)),
  );
};

/** Whether nothing is sure to be in both areas. */
export const areDisjoint = (one: Area, other: Area): boolean => {
  if (one.kind === 'resource' && other.kind === 'resource')
    return one.patterns.every((a) => other.patterns.every((b) => arePatternsDisjoint(a, b)));
  if (one.kind === 'notResource') return other.kind === 'resource' && areDisjoint(other, one);
  return one.patterns.every((pattern) => other.patterns.some((left) => patternCovers(left, pattern)));
};

/** Whether the first pattern is sure to match whatever the second does. */
export const patternCovers = (outer: AreaPattern, inner: AreaPattern): boolean => {
  if (outer.kind === 'everything' || outer.text === inner.text) return true;
  // A request that names no resource is matched by `*` alone.
  if (outer.kind === 'open' || inner.kind === 'everything') return false;
  return includesPattern(outer.glyphs, inner.glyphs);
};

/** Whether no resource is sure to match both patterns. */
const arePatternsDisjoint = (one: AreaPattern, other: AreaPattern): boolean => !patternsMeet(one.glyphs, other.glyphs);
