import { FINDING_STATES, type Finding } from '../finding/audit-report.ts';
import { CATEGORIES, SEVERITIES } from '../finding/check-result.ts';
import { compareText } from '../kernel/compare-text.ts';
import type { AccountView } from './coverage-view.ts';
import { ownerLabel, stateLabel } from './finding-view.ts';
import { CATEGORY_LABELS, capitalized, numberInWords } from './words.ts';

/** What findings can be filtered by; only choices that occur. */
export interface FilterView {
  readonly severities: readonly FilterChoice[];
  /** Filters of which one choice holds at a time. */
  readonly selects: readonly FilterSelect[];
}

interface FilterSelect {
  readonly name: string;
  readonly label: string;
  readonly choices: readonly FilterChoice[];
}

interface FilterChoice {
  readonly value: string;
  readonly label: string;
  readonly count: string;
}

/** A value and what it is called. */
type Option = readonly [value: string, label: string];

const OUTCOMES: readonly Option[] = [
  ['fail', 'Fails'],
  ['unknown', 'Unknown'],
];

/** The filters that a report's findings need. The account is one of them only where there are several. */
export const filterView = (findings: readonly Finding[], accounts: readonly AccountView[]): FilterView => {
  const choices = (member: 'severity' | 'category' | 'outcome' | 'state' | 'accountId', options: readonly Option[]) =>
    options
      .map(([value, label]) => ({ value, label, matches: findings.filter((finding) => finding[member] === value) }))
      .filter(({ matches }) => matches.length > 0)
      .map(({ value, label, matches }) => ({ value, label, count: numberInWords(matches.length) }));
  const account = choices(
    'accountId',
    accounts.map(({ accountId, label }) => [accountId, label]),
  );
  return {
    severities: choices(
      'severity',
      SEVERITIES.map((severity) => [severity, capitalized(severity)]),
    ),
    selects: [
      {
        name: 'category',
        label: 'Category',
        choices: choices(
          'category',
          CATEGORIES.map((category) => [category, CATEGORY_LABELS[category]]),
        ),
      },
      { name: 'outcome', label: 'Outcome', choices: choices('outcome', OUTCOMES) },
      {
        name: 'state',
        label: 'State',
        choices: choices(
          'state',
          FINDING_STATES.map((state) => [state, stateLabel(state)]),
        ),
      },
      ...ownerSelect(findings),
      ...(accounts.length > 1 ? [{ name: 'account', label: 'Account', choices: account }] : []),
    ],
  };
};

/** A choice for each owner that a finding has; no filter where none has. */
const ownerSelect = (findings: readonly Finding[]): readonly FilterSelect[] => {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    const owner = ownerLabel(finding);
    if (owner !== null) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  const choices = [...counts]
    .sort(([one], [other]) => compareText(one, other))
    .map(([owner, count]) => ({ value: owner, label: owner, count: numberInWords(count) }));
  return choices.length === 0 ? [] : [{ name: 'owner', label: 'Owner', choices }];
};
