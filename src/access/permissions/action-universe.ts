import { wildcardPieces } from '../../iam/wildcard.ts';
import type { CompiledStatement } from '../../policy/compile-policy.ts';
import type { Statement } from '../../policy/policy-document.ts';
import type { ActionIndex } from '../../reference/action-index.ts';
import {
  addBit,
  addRange,
  type Bitset,
  complement,
  emptyBitset,
  intersect,
  isEmpty,
  unite,
} from '../../reference/bitset.ts';
import { type Glyph, glyphsOf, includesPattern, patternsMeet } from './pattern-language.ts';

/**
 * All actions as far as policies tell them apart. The elements are the actions of the service reference, by position, and
 * after them the patterns that the policies name actions by: each stands for those of its actions that the reference does
 * not know and that no pattern inside it matches.
 */
export interface ActionUniverse {
  readonly size: number;
  /** Those that are asked about. */
  readonly asked: Bitset;
  readonly knownNames: readonly string[];
  readonly patterns: readonly UniversePattern[];
  /** The name or the pattern that an element is. */
  nameOf(element: number): string;
  /** The elements that a statement matches; of those that it matches in part, a Deny all and an Allow none. */
  matchedBy(statement: CompiledStatement): Bitset;
}

/** A pattern of actions as an element. */
export interface UniversePattern {
  readonly element: number;
  /** As some policy writes it. */
  readonly text: string;
  /** All elements that stand for actions that it matches, itself included. */
  readonly expansion: Bitset;
}

/** The actions that statements and further patterns tell apart: all, or those of one service. */
export const createActionUniverse = (
  statements: readonly CompiledStatement[],
  patterns: readonly string[],
  reference: ActionIndex,
  service: string | null,
): ActionUniverse => {
  const known = reference.names.length;
  const written = [...statements.flatMap(({ statement }) => statement.action.patterns), ...patterns];
  const cells = toCells(written, reference, service);
  const size = known + cells.length;
  const asked = emptyBitset(size);
  if (service === null) addRange(asked, 0, size);
  const expansionOf = (cell: Cell): Bitset => {
    const expansion = widened(reference.matchActions([cell.text]), known, size);
    cells.forEach((other, at) => {
      if (includesCell(cell, other)) addBit(expansion, known + at);
    });
    return expansion;
  };
  const elements = cells.map((cell, at) => ({ element: known + at, text: cell.text, expansion: expansionOf(cell) }));
  if (service !== null) {
    for (const { text, expansion } of elements) if (text === `${service}:*`) unite(asked, expansion);
  }

  const found = new Map<CompiledStatement['actions'], Map<Statement['effect'], Bitset>>();
  const find = ({ statement, actions }: CompiledStatement): Bitset => {
    const matched = widened(actions.covers(), known, size);
    const own = statement.action.patterns.map(toCell);
    const isDeny = statement.effect === 'Deny';
    cells.forEach((cell, at) => {
      if (matchesCell(own, cell, { listed: statement.action.kind === 'action', isDeny })) addBit(matched, known + at);
    });
    intersect(matched, asked);
    return matched;
  };
  return {
    size,
    asked,
    knownNames: reference.names,
    patterns: elements,
    nameOf: (element) => reference.names[element] ?? cells[element - known]?.text ?? '',
    matchedBy: (compiled) => {
      const byEffect = found.get(compiled.actions) ?? new Map<Statement['effect'], Bitset>();
      found.set(compiled.actions, byEffect);
      const matched = byEffect.get(compiled.statement.effect) ?? find(compiled);
      byEffect.set(compiled.statement.effect, matched);
      return matched;
    },
  };
};

/** A pattern of actions, ready to be compared with others. */
interface Cell {
  readonly text: string;
  /** In lower case; null: every service. */
  readonly service: string | null;
  readonly glyphs: readonly Glyph[];
}

const toCell = (text: string): Cell => {
  if (/^\*+(?::\*+)?$/.test(text)) return { text: '*', service: null, glyphs: glyphsOf(wildcardPieces('*')) };
  const lower = text.toLowerCase();
  return { text, service: lower.slice(0, lower.indexOf(':')), glyphs: glyphsOf(wildcardPieces(lower)) };
};

/** The patterns, each once whatever its case, without the names of known actions. */
const toCells = (patterns: readonly string[], reference: ActionIndex, service: string | null): readonly Cell[] => {
  const cells = new Map<string, Cell>();
  const root = service === null ? '*' : `${service}:*`;
  for (const text of [root, ...patterns]) {
    if (reference.positionOf(text) !== null) continue;
    const cell = toCell(text);
    if (service !== null && cell.service !== service) continue;
    const key = cell.text.toLowerCase();
    if (!cells.has(key)) cells.set(key, cell);
  }
  return [...cells.values()];
};

const includesCell = (outer: Cell, inner: Cell): boolean => {
  if (outer.service === null) return true;
  return outer.service === inner.service && includesPattern(outer.glyphs, inner.glyphs);
};

const cellsMeet = (one: Cell, other: Cell): boolean =>
  one.service === null ||
  other.service === null ||
  (one.service === other.service && patternsMeet(one.glyphs, other.glyphs));

/** Whether the patterns of an `Action` (`listed`) or `NotAction` match what a cell stands for. */
const matchesCell = (
  patterns: readonly Cell[],
  cell: Cell,
  { listed, isDeny }: { readonly listed: boolean; readonly isDeny: boolean },
): boolean => {
  if (patterns.some((pattern) => includesCell(pattern, cell))) return listed;
  // A pattern inside is an element of its own.
  const isPartly = patterns.some((pattern) => cellsMeet(pattern, cell) && !includesCell(cell, pattern));
  return isPartly ? isDeny : !listed;
};

/** The positions of known actions in a set with room for more. */
const widened = (positions: Bitset, known: number, size: number): Bitset => {
  const wide = emptyBitset(size);
  wide.set(positions.subarray(0, Math.min(positions.length, wide.length)));
  const limit = emptyBitset(size);
  addRange(limit, 0, known);
  intersect(wide, limit);
  return wide;
};

/** Parts of the asked actions, each told from the others by some of the sets. */
export const partition = (
  { size, asked }: Pick<ActionUniverse, 'size' | 'asked'>,
  sets: Iterable<Bitset>,
): readonly Bitset[] => {
  let parts: readonly Bitset[] = isEmpty(asked) ? [] : [asked];
  for (const set of sets) parts = parts.flatMap((part) => split(part, set, size));
  return parts;
};

const split = (part: Bitset, set: Bitset, size: number): readonly Bitset[] => {
  const inside = part.slice();
  intersect(inside, set);
  if (isEmpty(inside)) return [part];
  const outside = complement(inside, size);
  intersect(outside, part);
  return isEmpty(outside) ? [part] : [inside, outside];
};

/** The first element of a set that is not empty. */
export const firstOf = (set: Bitset): number => {
  const word = set.findIndex((bits) => bits !== 0);
  return word * 32 + (31 - Math.clz32((set[word] ?? 0) & -(set[word] ?? 0)));
};
