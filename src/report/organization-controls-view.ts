import type { ControlResult, ControlStatus } from '../finding/control-result.ts';
import type { AccountSummary } from '../finding/organization-night.ts';
import { filterHref } from './filter-href.ts';
import type { LinkOf } from './organization-accounts-view.ts';
import { type AccountNames, namesOf } from './organization-groups.ts';
import { visibleText } from './visible-text.ts';
import { counted, numberInWords } from './words.ts';

/** A compliance framework as far as the page tells of it. */
export interface FrameworkText {
  readonly id: string;
  readonly title: string;
  readonly controls: readonly ControlText[];
}

/** A control of a framework. */
interface ControlText extends Pick<ControlResult, 'title' | 'assessment'> {
  readonly id: string;
}

/** A control, and the accounts by how they stand to it, in the order of the report. */
interface ControlAcrossAccounts {
  readonly control: ControlText;
  readonly accounts: Readonly<Record<ControlStatus, readonly string[]>>;
}

/** How an organization stands to the controls of a framework. */
export interface OrganizationFrameworkView {
  readonly framework: string;
  readonly title: string;
  /** `12 of 30 controls fail somewhere`. */
  readonly verdict: string;
  readonly rows: readonly OrganizationControlRow[];
}

interface OrganizationControlRow {
  readonly control: string;
  readonly title: string;
  readonly cells: readonly { readonly status: ControlStatus; readonly count: string; readonly isZero: boolean }[];
  /** The accounts where it fails; null: there is none. */
  readonly failing: AccountNames | null;
}

/** The columns of the matrix, in its order. */
const STATUSES: readonly ControlStatus[] = ['fail', 'unknown', 'pass', 'manual', 'not-evaluated'];

const MOST_NAMES = 3;

/** Each framework that some account was held against: its controls, and how many accounts stand how to each. */
export const organizationFrameworks = (
  accounts: readonly AccountSummary[],
  frameworks: readonly FrameworkText[],
  linkOf: LinkOf,
): readonly OrganizationFrameworkView[] =>
  frameworks.flatMap((framework) => {
    const controls = controlsAcrossAccounts(accounts, framework);
    if (controls.length === 0) return [];
    const failing = controls.filter((control) => control.accounts.fail.length > 0).length;
    return [
      {
        framework: visibleText(framework.id),
        title: visibleText(framework.title),
        verdict: `${numberInWords(failing)} of ${counted(controls.length, 'control')} ${failing === 1 ? 'fails' : 'fail'} somewhere`,
        rows: controls.map((control) => rowOf(framework.id, control, linkOf)),
      },
    ];
  });

/** The controls of a framework that some account was held against, in the framework's order. */
const controlsAcrossAccounts = (
  accounts: readonly AccountSummary[],
  { id, controls }: FrameworkText,
): readonly ControlAcrossAccounts[] => {
  const known = new Map(controls.map((control) => [control.id, { control, accounts: nobody() }]));
  for (const { accountId, frameworks } of accounts) {
    const standing = frameworks.find(({ framework }) => framework === id)?.controls;
    for (const status of STATUSES)
      for (const control of standing?.[status] ?? []) known.get(control)?.accounts[status].push(accountId);
  }
  return [...known.values()].filter((control) => STATUSES.some((status) => control.accounts[status].length > 0));
};

const nobody = (): Record<ControlStatus, string[]> => ({
  fail: [],
  unknown: [],
  pass: [],
  manual: [],
  'not-evaluated': [],
});

const rowOf = (
  framework: string,
  { control, accounts }: ControlAcrossAccounts,
  linkOf: LinkOf,
): OrganizationControlRow => ({
  control: visibleText(control.id),
  title: visibleText(control.title),
  cells: STATUSES.map((status) => ({
    status,
    count: numberInWords(accounts[status].length),
    isZero: accounts[status].length === 0,
  })),
  failing:
    accounts.fail.length === 0 ? null : withFilter(framework, control.id, namesOf(accounts.fail, linkOf, MOST_NAMES)),
});

/** The account's page shows the findings behind the control at once. */
const withFilter = (framework: string, control: string, { links, others }: AccountNames): AccountNames => ({
  links: links.map((link) => ({
    ...link,
    href: link.href === null ? null : `${link.href}${filterHref({ q: `${framework}:${control}` })}`,
  })),
  others,
});
