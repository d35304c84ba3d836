import type { ControlResult, ControlStatus } from '../finding/control-result.ts';
import { filterHref } from './filter-href.ts';
import { visibleText } from './visible-text.ts';
import { capitalized, counted, numberInWords } from './words.ts';

/** How the accounts stand to the controls of a compliance framework. */
export interface FrameworkView {
  /** As its publisher calls it, or its id where that is all that is known. */
  readonly title: string;
  /** `12 fail, 30 pass`. */
  readonly verdict: string;
  /** The accounts, as columns. */
  readonly accounts: readonly string[];
  readonly rows: readonly ControlRow[];
}

interface ControlRow {
  readonly control: string;
  readonly title: string;
  readonly assessment: string;
  /** In the order of the accounts. */
  readonly cells: readonly ControlCell[];
  /** Shows the findings of its checks; null: there is none. */
  readonly href: string | null;
}

interface ControlCell {
  readonly status: ControlStatus;
  readonly label: string;
  readonly detail: string;
}

const LABELS: Readonly<Record<ControlStatus, string>> = {
  fail: 'Fail',
  pass: 'Pass',
  unknown: 'Unknown',
  manual: 'By hand',
  'not-evaluated': 'Not evaluated',
};

/** The matrix of each framework by its title, controls by accounts, in the order of the results; none without results. */
export const frameworkViews = (
  controls: readonly ControlResult[],
  titles: ReadonlyMap<string, string> = new Map(),
): readonly FrameworkView[] =>
  [...new Set(controls.map(({ framework }) => framework))].map((framework) => {
    const results = controls.filter((result) => result.framework === framework);
    const accounts = [...new Set(results.map(({ accountId }) => accountId))];
    const ids = [...new Set(results.map(({ control }) => control))];
    return {
      title: visibleText(titles.get(framework) ?? framework),
      verdict: verdictOf(results),
      accounts: accounts.map(visibleText),
      rows: ids.map((id) => rowOf(results.filter(({ control }) => control === id))),
    };
  });

const verdictOf = (results: readonly ControlResult[]): string => {
  const counts = (['fail', 'pass', 'unknown', 'manual', 'not-evaluated'] as const).map((status) => ({
    status,
    count: results.filter((result) => result.status === status).length,
  }));
  return counts
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${numberInWords(count)} ${LABELS[status].toLowerCase()}`)
    .join(', ');
};

const rowOf = (results: readonly ControlResult[]): ControlRow => {
  const [first] = results;
  const failing = results.some(({ status }) => status === 'fail');
  return {
    control: visibleText(first?.control ?? ''),
    title: visibleText(first?.title ?? ''),
    assessment: capitalized(first?.assessment ?? ''),
    cells: results.map(({ status, failed, passed, unknown }) => ({
      status,
      label: LABELS[status],
      detail: [
        failed > 0 ? counted(failed, 'failure') : '',
        unknown > 0 ? `${numberInWords(unknown)} unknown` : '',
        failed === 0 && passed > 0 ? `${numberInWords(passed)} in order` : '',
      ]
        .filter((text) => text !== '')
        .join(', '),
    })),
    href: failing && first !== undefined ? filterHref({ q: `${first.framework}:${first.control}` }) : null,
  };
};
