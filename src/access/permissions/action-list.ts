import {
  type Bitset,
  complement,
  emptyBitset,
  hasBit,
  intersect,
  isEmpty,
  numbersIn,
  overlaps,
  unite,
} from '../../reference/bitset.ts';
import type { ActionUniverse, UniversePattern } from './action-universe.ts';

/** Actions as patterns: those that some of `actions` matches and none of `notActions`. */
export interface ActionList {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

/** Sets that are together the given one, and in which each pattern that is not in a set can be left out of it as a whole. */
export const writableParts = (set: Bitset, universe: ActionUniverse): readonly Bitset[] => {
  const { patterns, size } = universe;
  const inside = unionOf(
    patterns.filter(({ element }) => hasBit(set, element)),
    universe,
  );
  const torn = patterns.filter(
    ({ element, expansion }) => hasBit(inside, element) && !hasBit(set, element) && overlaps(expansion, set),
  );
  if (torn.length === 0) return [set];
  const tornOut = unionOf(torn, universe);
  const rest = complement(tornOut, size);
  intersect(rest, set);
  intersect(tornOut, set);
  return isEmpty(rest) ? [set] : [rest, ...writableParts(tornOut, universe)];
};

/** Writes a set of actions with the patterns that the policies use, as far as these fit. */
export const listActions = (set: Bitset, universe: ActionUniverse): ActionList => {
  const chosen = choose(set, universe.patterns);
  const matched = unionOf(chosen, universe);
  const left = complement(set, universe.size);
  intersect(left, matched);
  const leftOut = choose(left, universe.patterns);
  const spared = unionOf(leftOut, universe);
  return {
    actions: sorted([...chosen.map(({ text }) => text), ...namesIn(set, matched, universe)]),
    notActions: sorted([...leftOut.map(({ text }) => text), ...namesIn(left, spared, universe)]),
  };
};

/** The widest of the patterns that are in a set, which others are inside of. */
const choose = (set: Bitset, patterns: readonly UniversePattern[]): readonly UniversePattern[] => {
  const inside = patterns.filter(({ element }) => hasBit(set, element));
  return inside.filter(
    (pattern, at) =>
      !inside.some(
        (outer, index) =>
          index !== at &&
          hasBit(outer.expansion, pattern.element) &&
          (index < at || !hasBit(pattern.expansion, outer.element)),
      ),
  );
};

const unionOf = (patterns: readonly UniversePattern[], { size }: ActionUniverse): Bitset => {
  const union = emptyBitset(size);
  for (const { expansion } of patterns) unite(union, expansion);
  return union;
};

/** The known actions that are in a set and not in another. */
const namesIn = (set: Bitset, others: Bitset, { knownNames }: ActionUniverse): readonly string[] =>
  numbersIn(set).flatMap((position) => (hasBit(others, position) ? [] : (knownNames[position] ?? [])));

const sorted = (texts: readonly string[]): readonly string[] => [...texts].sort((a, b) => (a < b ? -1 : 1));
