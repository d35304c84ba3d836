import type { Alert, AlertItem } from '../finding/alert.ts';
import { SEVERITIES } from '../finding/check-result.ts';
import { listedInWords, numberInWords } from '../report/words.ts';

/** The items of an alert that a channel takes, the worst ones, and those that are only counted. */
export interface Digest {
  readonly shown: readonly AlertItem[];
  readonly rest: readonly AlertItem[];
}

/** The first so many items, and the others. */
export const digestOf = ({ items }: Alert, most: number): Digest => ({
  shown: items.slice(0, most),
  rest: items.slice(most),
});

/** Items by severity: `2 critical, 5,000 high and 1 low`. */
export const severitiesInWords = (items: readonly AlertItem[]): string => {
  const counts = SEVERITIES.map(
    (severity) => [severity, items.filter((item) => item.severity === severity).length] as const,
  ).filter(([, count]) => count > 0);
  return listedInWords(
    counts.map(([severity, count]) => `${numberInWords(count)} ${severity}`),
    SEVERITIES.length,
  );
};

/** What is said of the items that a message has no room for; null: it has room for all. */
export const restInWords = ({ rest }: Digest): string | null =>
  rest.length === 0 ? null : `${numberInWords(rest.length)} more not shown here: ${severitiesInWords(rest)}.`;

/** The largest number of items, down from `most`, whose message fits; 0 where not even one does. */
export const mostThatFits = (most: number, fits: (count: number) => boolean): number => {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
};
