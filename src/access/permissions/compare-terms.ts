import { splitArea, termsKey, withoutIncluded } from './combine-clauses.ts';
import type { Terms } from './permission-terms.ts';
import { areaKey } from './resource-area.ts';

/** How what is granted of an action differs from what was. */
export interface TermsDifference {
  /** `gained`: more is granted now; `lost`: less. Where neither includes the other, it is both. */
  readonly side: 'gained' | 'lost';
  /**
   * `action`: on the other night nothing of it was granted; `resources`: it is granted on others; `conditions`: on the
   * same resources, on other conditions.
   */
  readonly change: 'action' | 'resources' | 'conditions';
  /** Whether all of it is granted on conditions only, on the night on which more is. */
  readonly conditional: boolean;
}

/** Compares the terms on which an action was granted with those on which it is. */
export const compareTerms = (before: readonly Terms[], after: readonly Terms[]): readonly TermsDifference[] => {
  const [were, are] = [unitsOf(before), unitsOf(after)];
  if (keysOf(were) === keysOf(are)) return [];
  const differences: TermsDifference[] = [];
  if (!includes(were, are)) differences.push({ side: 'gained', ...differenceOf(are, were) });
  if (!includes(are, were)) differences.push({ side: 'lost', ...differenceOf(were, are) });
  return differences;
};

/** One resource pattern at a time, whoever grants it. */
const unitsOf = (terms: readonly Terms[]): readonly Terms[] =>
  withoutIncluded(terms.flatMap((each) => splitArea(each.area).map((area) => ({ ...each, area, grantedBy: null }))));

const keysOf = (units: readonly Terms[]): string => JSON.stringify(units.map(termsKey).sort());

/** Whether each of the units is included in one of others; it is not seen where several are needed for one. */
const includes = (others: readonly Terms[], units: readonly Terms[]): boolean =>
  withoutIncluded([...others, ...units]).every((unit) => others.includes(unit));

const differenceOf = (more: readonly Terms[], less: readonly Terms[]): Omit<TermsDifference, 'side'> => ({
  change: less.length === 0 ? 'action' : areasOf(more) === areasOf(less) ? 'conditions' : 'resources',
  conditional: more.every(({ condition }) => condition.kind !== 'true'),
});

const areasOf = (units: readonly Terms[]): string =>
  JSON.stringify([...new Set(units.map(({ area }) => areaKey(area)))].sort());
