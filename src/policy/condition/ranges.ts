import { compareDecimals, type Decimal } from './decimal.ts';

/** A point on a line: a number, a date in milliseconds, or an IP address. Points of one line only are compared. */
export type Point = number | bigint | Decimal;

/** A place on the line where a set begins or ends: just before a point, or just after it. */
export interface Cut {
  readonly at: Point;
  readonly after: boolean;
}

/** A set of points: whether it holds those before the first cut; at each cut that turns. The cuts ascend. */
export interface Ranges {
  readonly fromStart: boolean;
  readonly cuts: readonly Cut[];
}

/** All that lies between two cuts; null: without an end there. */
export type Interval = readonly [from: Cut | null, to: Cut | null];

/** Whether a point is in the set. */
export const inRanges = ({ fromStart, cuts }: Ranges, point: Point): boolean => {
  let inside = fromStart;
  for (const { at, after } of cuts) {
    const order = comparePoints(at, point);
    if (order > 0 || (order === 0 && after)) break;
    inside = !inside;
  }
  return inside;
};

/** What the set leaves out. */
export const complementOf = ({ fromStart, cuts }: Ranges): Ranges => ({ fromStart: !fromStart, cuts });

/** Whether no point is in the set. */
export const isEmptyRanges = ({ fromStart, cuts }: Ranges): boolean => !fromStart && cuts.length === 0;

/** The points that some of the intervals hold. */
export const unionOf = (intervals: readonly Interval[]): Ranges =>
  sweep(
    intervals.filter(([from]) => from === null).length,
    intervals.flatMap(([from, to]) => [
      ...(from === null ? [] : [{ cut: from, step: 1 }]),
      ...(to === null ? [] : [{ cut: to, step: -1 }]),
    ]),
    (covering) => covering > 0,
  );

/** The points that all of the sets hold. */
export const intersectionOf = (sets: readonly Ranges[]): Ranges =>
  sweep(
    sets.filter(({ fromStart }) => fromStart).length,
    sets.flatMap(({ fromStart, cuts }) =>
      cuts.map((cut, index) => ({ cut, step: fromStart === (index % 2 === 0) ? -1 : 1 })),
    ),
    (covering) => covering === sets.length,
  );

/** Walks along the line, counting how many sets hold what lies there. */
const sweep = (
  atStart: number,
  steps: readonly { readonly cut: Cut; readonly step: number }[],
  isIn: (covering: number) => boolean,
): Ranges => {
  const cuts: Cut[] = [];
  const fromStart = isIn(atStart);
  let covering = atStart;
  let inside = fromStart;
  const sorted = steps.toSorted((a, b) => compareCuts(a.cut, b.cut));
  for (const [index, { cut, step }] of sorted.entries()) {
    covering += step;
    const next = sorted[index + 1];
    const isLastHere = next === undefined || compareCuts(cut, next.cut) !== 0;
    if (!isLastHere || isIn(covering) === inside) continue;
    inside = !inside;
    cuts.push(cut);
  }
  return { fromStart, cuts };
};

const compareCuts = (a: Cut, b: Cut): number => comparePoints(a.at, b.at) || Number(a.after) - Number(b.after);

const comparePoints = (a: Point, b: Point): number => {
  if (typeof a === 'object') return typeof b === 'object' ? compareDecimals(a, b) : 1;
  if (typeof b === 'object' || a < b) return -1;
  return a > b ? 1 : 0;
};
