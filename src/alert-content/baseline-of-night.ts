import type { Alert } from '../finding/alert.ts';
import { counted } from '../report/words.ts';
import { severitiesInWords } from './digest.ts';
import { mergedAlert } from './merged-alert.ts';

const MOST_LISTED = 5;

/** Whether an alert tells of the first audit of an account. */
export const isBaseline = ({ notices }: Alert): boolean => notices.some(({ kind }) => kind === 'baseline');

/**
 * The first audits of the accounts of a night, an alert a route: how many they are, and the worst of what each told. One that is about
 * several refers to the report of the night, and not to those of all of them.
 */
export const baselinesOfNight = (alerts: readonly Alert[], night: Pick<Alert, 'runId' | 'link'>): readonly Alert[] => {
  const routes = [...new Set(alerts.map(({ route }) => route))].sort();
  return routes.map((name) => {
    const ofRoute = alerts.filter(({ route }) => route === name);
    if (ofRoute.length === 1) return mergedAlert(ofRoute);
    const { reports, ...merged } = mergedAlert(ofRoute);
    const { items } = merged;
    const listed = items.length > MOST_LISTED ? ` Here are the worst ${String(MOST_LISTED)}.` : '';
    const text =
      `These are the first audits of ${counted(ofRoute.length, 'account')}. The worst of each are ${counted(items.length, 'finding')}: ` +
      `${severitiesInWords(items)}.${listed} All are in the reports; from now on what changes is told.`;
    const others = merged.notices.filter(({ kind }) => kind !== 'baseline');
    return {
      ...merged,
      ...night,
      accountIds: ofRoute.flatMap(({ account }) => account?.id ?? []),
      items: items.slice(0, MOST_LISTED),
      notices: [{ kind: 'baseline', text }, ...others],
    };
  });
};
