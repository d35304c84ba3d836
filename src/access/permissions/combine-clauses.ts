import { allOf, anyOf, type Formula, not } from '../../evaluate/formula.ts';
import { simplifyFormula } from '../../evaluate/simplify-formula.ts';
import { areDisjoint, covers, patternCovers } from './area-relations.ts';
import type { Clause, DenyClause, LimitClauses, Said, Terms } from './permission-terms.ts';
import { type Area, type AreaPattern, areaKey } from './resource-area.ts';

/**
 * What all policies together grant of an action: an action is granted on a resource where one of the terms says so. What
 * limits and denies say is worked into areas and conditions where that is sure to come to the same, and stays beside them
 * where it is not. Terms that others include are left out.
 */
export const combineClauses = ({ grants, limits, denies }: Said): readonly Terms[] => {
  const folding = [...limits, ...denies.flatMap(asLimit)];
  const others = denies.filter((deny) => asLimit(deny).length === 0);
  const terms = grants.flatMap((grant) => {
    const start: Terms = { ...grant, within: [], except: [], grantedBy: grant.statement };
    let units: readonly Terms[] = splitArea(grant.area).map((area) => ({ ...start, area }));
    for (const limit of folding) units = units.flatMap((unit) => within(unit, limit));
    return joinAreas(units.flatMap((unit) => without(unit, others)));
  });
  return withoutIncluded(terms);
};

/** An area as its patterns, which are looked at one by one, since each may be met by other limits. */
export const splitArea = ({ kind, patterns }: Area): readonly Area[] =>
  kind === 'notResource' ? [{ kind, patterns }] : patterns.map((pattern) => ({ kind, patterns: [pattern] }));

/** A Deny of all but some resources, which leaves those. A pattern that may have no value takes the whole Deny away. */
const asLimit = (deny: DenyClause): readonly LimitClauses[] => {
  const { area, condition, statement, ...origin } = deny;
  const isSure = condition.kind === 'true' && area.patterns.every(({ kind }) => kind === 'fixed');
  if (!isSure || area.kind !== 'notResource' || !deny.everywhere) return [];
  return [{ ...origin, clauses: [{ area: { kind: 'resource', patterns: area.patterns }, condition, statement }] }];
};

/** What a limit leaves of terms. */
const within = (terms: Terms, limit: LimitClauses): readonly Terms[] => {
  const clauses = limit.clauses.filter(({ condition }) => agree(terms.condition, condition));
  // An area does not tell whose resources are in it.
  if (!limit.everywhere) {
    const isFree = clauses.some(({ area, condition }) => condition.kind === 'true' && covers(area, terms.area));
    return isFree ? [terms] : [{ ...terms, within: [...terms.within, { ...limit, clauses }] }];
  }
  const met = clauses.filter(({ area }) => !areDisjoint(area, terms.area));
  if (met.length === 0) return [];
  if (met.every(({ area }) => covers(area, terms.area)))
    return [given(terms, anyOf(met.map((each) => each.condition)))];
  return narrowed(terms, met) ?? [{ ...terms, within: [...terms.within, { ...limit, clauses: met }] }];
};

/** A clause's patterns that lie inside the area take its place; null where some only overlap with it. */
const narrowed = (terms: Terms, clauses: readonly Clause[]): readonly Terms[] | null => {
  const found: Terms[] = [];
  for (const { area, condition } of clauses) {
    const inner = intersection(terms.area, area);
    if (inner === null || found.length > MOST_NARROWED) return null;
    found.push(...inner.map((each) => given({ ...terms, area: each }, condition)));
  }
  return found;
};

// Beyond that, a limit is easier to read as it stands.
const MOST_NARROWED = 200;

/** The areas that are together what two have in common; null where that is not seen. */
const intersection = (one: Area, other: Area): readonly Area[] | null => {
  if (covers(other, one)) return [one];
  if (other.kind !== 'resource') return null;
  const areas: Area[] = [];
  for (const pattern of other.patterns) {
    const area: Area = { kind: 'resource', patterns: [pattern] };
    if (areDisjoint(area, one)) continue;
    if (!covers(one, area)) return null;
    areas.push(area);
  }
  return areas;
};

/** What denies leave of terms. */
const without = (terms: Terms, denies: readonly DenyClause[]): readonly Terms[] => {
  let left = terms;
  const except: DenyClause[] = [];
  for (const deny of denies) {
    if (areDisjoint(deny.area, left.area)) continue;
    if (deny.everywhere && covers(deny.area, left.area)) left = given(left, not(deny.condition));
    else except.push(narrowDeny(deny, left.area));
  }
  if (left.condition.kind === 'false') return [];
  const kept = except.filter(({ condition }) => agree(left.condition, condition));
  const limits = left.within.map((limit) => ({
    ...limit,
    clauses: limit.clauses.filter(({ condition }) => agree(left.condition, condition)),
  }));
  if (limits.some((limit) => limit.everywhere && limit.clauses.length === 0)) return [];
  return [{ ...left, within: limits, except: kept }];
};

/** Of the patterns of a Deny, those that have to do with an area. */
const narrowDeny = (deny: DenyClause, area: Area): DenyClause => {
  if (deny.area.kind === 'notResource') return deny;
  const patterns = deny.area.patterns.filter(
    (pattern) => !areDisjoint({ kind: 'resource', patterns: [pattern] }, area),
  );
  return { ...deny, area: { kind: 'resource', patterns } };
};

const given = (terms: Terms, condition: Formula): Terms => ({
  ...terms,
  condition: simplifyFormula(allOf([terms.condition, condition])),
});

/** Whether two conditions can hold together, as far as is seen. */
const agree = (one: Formula, other: Formula): boolean => {
  if (one.kind === 'true') return other.kind !== 'false';
  return other.kind === 'true' || simplifyFormula(allOf([one, other])).kind !== 'false';
};

/** Terms that differ in their areas only, as one. */
const joinAreas = (units: readonly Terms[]): readonly Terms[] => {
  const joined = new Map<string, Terms>();
  for (const unit of units) {
    const key = unit.area.kind === 'notResource' ? termsKey(unit) : `resource ${restKey(unit)}`;
    const other = joined.get(key);
    joined.set(key, other === undefined ? unit : { ...other, area: unite(other.area, unit.area) });
  }
  return [...joined.values()];
};

const unite = (one: Area, other: Area): Area =>
  one.kind === 'notResource' ? one : { kind: 'resource', patterns: other.patterns.reduce(withPattern, one.patterns) };

const withPattern = (patterns: readonly AreaPattern[], pattern: AreaPattern): readonly AreaPattern[] => {
  if (patterns.some((each) => patternCovers(each, pattern))) return patterns;
  return [...patterns.filter((each) => !patternCovers(pattern, each)), pattern];
};

/** The terms but those that hold only where others do; of equal ones the first stays. */
export const withoutIncluded = (terms: readonly Terms[]): readonly Terms[] => {
  const compared = terms.map((each) => ({
    ...each,
    beside: [...each.within.map(limitKey), ...each.except.map(denyKey)],
  }));
  const includes = (outer: Compared, inner: Compared): boolean =>
    (outer.condition.kind === 'true' || outer.condition.id === inner.condition.id) &&
    outer.beside.every((key) => inner.beside.includes(key)) &&
    covers(outer.area, inner.area);
  const isIncluded = (inner: Compared, at: number): boolean =>
    compared.some((outer, index) => index !== at && includes(outer, inner) && (index < at || !includes(inner, outer)));
  return terms.filter((_, at) => {
    const each = compared[at];
    return each !== undefined && !isIncluded(each, at);
  });
};

interface Compared extends Terms {
  readonly beside: readonly string[];
}

const clauseKey = ({ area, condition }: Clause): string => `${areaKey(area)} ${condition.id}`;
const limitKey = ({ limit, level, clauses }: LimitClauses): string =>
  JSON.stringify([limit, level, ...clauses.map(clauseKey)]);
const denyKey = (deny: DenyClause): string => JSON.stringify([deny.everywhere, clauseKey(deny)]);

const restKey = ({ condition, within: limits, except, grantedBy }: Terms): string =>
  JSON.stringify([condition.id, limits.map(limitKey), except.map(denyKey), grantedBy?.policy, grantedBy?.statement]);

/** Terms with equal keys say the same, for the same reason. */
export const termsKey = (terms: Terms): string => `${areaKey(terms.area)} ${restKey(terms)}`;
