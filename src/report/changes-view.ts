import type { AccountChange, AccountComparison, ChangeKind, PermissionsOfService } from '../finding/account-change.ts';
import type { AuditReport } from '../finding/audit-report.ts';
import { type ActorView, actorView } from './actor-view.ts';
import { boundedJson } from './bounded-json.ts';
import { changeInWords, subjectInWords } from './change-words.ts';
import { groupChanges } from './grouped-changes.ts';
import { type ProsePart, proseOf } from './prose.ts';
import { runInWords } from './run-in-words.ts';
import { shortened } from './shortened.ts';
import { visibleText } from './visible-text.ts';
import { counted, numberInWords } from './words.ts';

/** What changed of the accounts besides findings, as the page shows it. */
export interface ChangesView {
  readonly count: string;
  /** Since which audit, in words. */
  readonly since: string;
  readonly groups: readonly ChangeKindView[];
  readonly notCompared: readonly { readonly part: string; readonly detail: string }[];
}

interface ChangeKindView {
  readonly title: string;
  readonly count: string;
  readonly rows: readonly ChangeView[];
  /** How many changes stand in `changes.csv` only; null: none. */
  readonly others: string | null;
}

interface ChangeView {
  readonly sentence: readonly ProsePart[];
  /** The ARN of the subject, or that of the first of several. */
  readonly arn: string;
  /** Null: the report is about one account. */
  readonly account: string | null;
  readonly by: readonly ActorView[];
  readonly details: readonly { readonly label: string; readonly text: string }[];
}

/** More nobody reads on a page. */
const MOST_ROWS = 40;
const MOST_DETAIL = 2_000;
const MOST_NAMES = 50;

/** The kinds of changes as the page groups them, in its order. */
const GROUPS: readonly (readonly [title: string, kinds: readonly ChangeKind[]])[] = [
  ['Effective permissions', ['permissions']],
  ['Created, deleted and renamed', ['created', 'deleted', 'renamed']],
  ['Trust policies', ['trust-policy']],
  ['Policies, boundaries and groups', ['permissions-boundary', 'policies', 'policy-version', 'group-membership']],
  ['Credentials', ['access-key', 'password', 'mfa', 'credential', 'password-policy']],
  [
    'Organization, resources and providers',
    ['organization-policy', 'resource-policy', 'identity-provider', 'instance-profile'],
  ],
  ['Access Analyzer', ['analyzer', 'archive-rule']],
  ['Tags', ['tags']],
];

/** Shows what changed since the audit before; null: there is none to compare with. */
export const changesView = ({ changes, comparisons = [], accounts }: AuditReport): ChangesView | null => {
  if (changes === undefined) return null;
  const isOne = accounts.length < 2;
  return {
    count: changes.length === 0 ? 'nothing' : counted(changes.length, 'change'),
    since: sinceInWords(comparisons),
    groups: GROUPS.flatMap(([title, kinds]) => {
      const some = changes.filter(({ kind }) => kinds.includes(kind));
      return some.length === 0 ? [] : [kindView(title, some, isOne)];
    }),
    notCompared: comparisons.flatMap(({ accountId, notCompared }) =>
      notCompared.map(({ part, detail }) => ({
        part: visibleText(isOne ? part : `${part} of account ${accountId}`),
        detail: visibleText(detail),
      })),
    ),
  };
};

/** Accounts that were not read every night are compared with audits of their own. */
const sinceInWords = (comparisons: readonly AccountComparison[]): string => {
  const runs = [...new Set(comparisons.map(({ runId }) => runId))];
  const [run] = runs;
  if (run === undefined || runs.length > 1) return 'Since the audit of each account before';
  return `Since the audit of ${runInWords(run)}`;
};

const kindView = (title: string, changes: readonly AccountChange[], isOne: boolean): ChangeKindView => {
  const groups = groupChanges(changes);
  const shown = groups.slice(0, MOST_ROWS);
  const others = groups.slice(MOST_ROWS).reduce((count, group) => count + group.changes.length, 0);
  return {
    title,
    count: counted(changes.length, 'change'),
    rows: shown.map(({ first, changes: same }) => ({
      sentence: proseOf(changeInWords(first, same.length - 1)),
      arn: visibleText(first.subject.arn),
      account: isOne ? null : visibleText(first.accountId),
      by: first.by.map(actorView),
      details: [...namesOf(same), ...detailsOf(first)].map(({ label, text }) => ({ label, text: visibleText(text) })),
    })),
    others: others === 0 ? null : `${numberInWords(others)} more`,
  };
};

const namesOf = (changes: readonly AccountChange[]): ChangeView['details'] => {
  if (changes.length === 1) return [];
  const names = changes.slice(0, MOST_NAMES).map((change) => subjectInWords(change).replaceAll('`', ''));
  const more = changes.length - names.length;
  return [{ label: 'Who', text: [...names, ...(more > 0 ? [`${numberInWords(more)} more`] : [])].join(', ') }];
};

const detailsOf = ({ before, after, permissions }: AccountChange): ChangeView['details'] => [
  ...(permissions?.gained ?? []).map((row) => ({ label: `Gained, ${row.accessLevel}`, text: actionsOf(row) })),
  ...(permissions?.lost ?? []).map((row) => ({ label: `Lost, ${row.accessLevel}`, text: actionsOf(row) })),
  ...(before === null ? [] : [{ label: 'Before', text: jsonOf(before) }]),
  ...(after === null ? [] : [{ label: 'After', text: jsonOf(after) }]),
];

const actionsOf = ({ actions, change, conditional }: PermissionsOfService): string => {
  const terms = { action: '', resources: ' (on some resources)', conditions: ' (by its conditions)' }[change];
  return `${shortened(actions.join(', '), MOST_DETAIL)}${terms}${conditional ? ' (on conditions)' : ''}`;
};

const jsonOf = (value: AccountChange['before']): string => shortened(JSON.stringify(boundedJson(value)), MOST_DETAIL);
