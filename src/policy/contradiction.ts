import type { Demand } from './compile-condition.ts';
import { complementOf, intersectionOf, isEmptyRanges } from './condition/ranges.ts';
import { areDisjoint, includesPattern, type ValuePattern } from './condition/value-pattern.ts';
import type { ValueSet } from './condition/value-set.ts';

/** A condition on some key, and whether it is to hold or to fail. */
export interface Wish {
  readonly demand: Demand;
  readonly holds: boolean;
}

/**
 * Whether no value or list of values of one key, nor its absence, fulfils all of the wishes about it. False where that
 * is not seen.
 */
export const isContradiction = (wishes: readonly Wish[]): boolean =>
  wishes.some(({ demand, holds }) => demand.whenAbsent !== holds) && noValueFits(wishes) && noListFits(wishes);

/** How much work it is to look for a contradiction, in comparisons of a value or pattern at most. */
export const contradictionCost = (wishes: readonly Wish[]): number => {
  const sets = wishes.flatMap(membershipOf);
  const sum = (sizeOf: (set: ValueSet) => number): number => sets.reduce((total, { set }) => total + sizeOf(set), 0);
  const texts = sum((set) => (set.kind === 'texts' ? set.texts.size : 0));
  const patterns = sum((set) => (set.kind === 'patterns' ? set.patterns.length : 0));
  const cuts = sum((set) => (set.kind === 'ranges' ? set.ranges.cuts.length : 0));
  return (texts + patterns + 1) * (patterns + cuts + sets.length);
};

/** A set that a value is to be in, or not. */
interface Membership {
  readonly set: ValueSet;
  readonly wanted: boolean;
}

const membershipOf = ({ demand, holds }: Wish): readonly Membership[] =>
  demand.values === null ? [] : [{ set: demand.values, wanted: holds }];

/** For a key with one value, all and any of its values are that one. */
const noValueFits = (wishes: readonly Wish[]): boolean => isImpossible(wishes.flatMap(membershipOf));

const noListFits = (wishes: readonly Wish[]): boolean => {
  if (wishes.some(({ demand, holds }) => demand.quantifier === 'one' && holds)) return true;
  const lists = wishes.filter(({ demand }) => demand.quantifier !== 'one');
  // That not all values are in a set asks for one outside, and that none is in it asks for all outside.
  const ofAll = lists.filter(({ demand, holds }) => (demand.quantifier === 'all') === holds).flatMap(membershipOf);
  const ofSome = lists.filter(({ demand, holds }) => (demand.quantifier === 'all') !== holds).flatMap(membershipOf);
  return isImpossible(ofAll) || ofSome.some((some) => isImpossible([...ofAll, some]));
};

/** Whether no value is in all of the sets that it is to be in, and in none of the others. False where that is not seen. */
const isImpossible = (memberships: readonly Membership[]): boolean => {
  if (memberships.some(({ set, wanted }) => set.kind === (wanted ? 'none' : 'all'))) return true;
  const exact = memberships.filter((each) => isWanted(each) && isTexts(each, false));
  const [first] = exact;
  if (first !== undefined)
    return textsOf(first).every((text) => memberships.some(({ set, wanted }) => set.has(text) !== wanted));
  return noFoldedTextFits(memberships) || noPointFits(memberships) || noPatternFits(memberships);
};

/** Whether the members that a set names are wanted, and not the others. */
const isWanted = ({ set, wanted }: Membership): boolean => ('negated' in set ? set.negated !== wanted : wanted);

const isTexts = ({ set }: Membership, folded: boolean): boolean => set.kind === 'texts' && set.folded === folded;

const textsOf = ({ set }: Membership): readonly string[] => (set.kind === 'texts' ? [...set.texts] : []);

/** Of a text in whatever case, what does not depend on case can be asked, and what it would have to begin and end with. */
const noFoldedTextFits = (memberships: readonly Membership[]): boolean => {
  const first = memberships.find((each) => isWanted(each) && isTexts(each, true));
  if (first === undefined) return false;
  const folded = memberships.filter((each) => isTexts(each, true));
  const patterns = memberships.filter(isWanted).flatMap(({ set }) => (set.kind === 'patterns' ? [set.patterns] : []));
  return textsOf(first).every(
    (text) =>
      folded.some(({ set, wanted }) => set.has(text) !== wanted) ||
      patterns.some((alternatives) => alternatives.every((pattern) => !mayMatchFolded(pattern, text))),
  );
};

// Beyond ASCII, the lower case of a text may hang on what stands around it.
const ASCII = /^[\0-\x7f]*$/;

const mayMatchFolded = ({ whole: { prefix, suffix } }: ValuePattern, folded: string): boolean =>
  !(ASCII.test(prefix) && ASCII.test(suffix)) ||
  (folded.startsWith(prefix.toLowerCase()) && folded.endsWith(suffix.toLowerCase()));

const noPointFits = (memberships: readonly Membership[]): boolean =>
  (['number', 'date', 'ip'] as const).some((domain) => {
    const sets = memberships.flatMap((each) =>
      each.set.kind === 'ranges' && each.set.domain === domain
        ? [{ ranges: each.set.ranges, wanted: isWanted(each) }]
        : [],
    );
    // Only where one is wanted must the value be a number, a date or an address at all.
    if (!sets.some(({ wanted }) => wanted)) return false;
    return isEmptyRanges(intersectionOf(sets.map(({ ranges, wanted }) => (wanted ? ranges : complementOf(ranges)))));
  });

const noPatternFits = (memberships: readonly Membership[]): boolean => {
  const lists = memberships.flatMap((each) =>
    each.set.kind === 'patterns' ? [{ patterns: each.set.patterns, wanted: isWanted(each) }] : [],
  );
  const isExcluded = (pattern: ValuePattern): boolean => {
    const { exact } = pattern.whole;
    if (exact !== null) return memberships.some(({ set, wanted }) => set.has(exact) !== wanted);
    return lists.some(({ patterns, wanted }) =>
      wanted
        ? patterns.every((each) => areDisjoint(pattern, each))
        : patterns.some((each) => includesPattern(each, pattern)),
    );
  };
  return lists.some(({ patterns, wanted }) => wanted && patterns.every(isExcluded));
};
