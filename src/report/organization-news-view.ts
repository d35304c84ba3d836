import { CHANGE_KINDS, type ChangeKind } from '../finding/account-change.ts';
import type { AccountNews, AccountSummary } from '../finding/organization-night.ts';
import { type ActorView, actorView } from './actor-view.ts';
import { nameOfArn } from './name-of-arn.ts';
import type { LinkOf } from './organization-accounts-view.ts';
import { type SharedFindingView, type ShownRows, samenessOf, sharedFinding } from './organization-findings-view.ts';
import { type AccountNames, acrossAccounts, byAccounts, namesOf } from './organization-groups.ts';
import { type ProsePart, proseOf } from './prose.ts';
import { visibleText } from './visible-text.ts';
import { counted, numberInWords } from './words.ts';

/** What changed over all accounts since the audit of each before. */
export interface OrganizationNewsView {
  /** How many accounts could be compared, in words. */
  readonly compared: string;
  readonly administrators: ShownRows<NewAdministratorView> | null;
  readonly external: ShownRows<SharedFindingView> | null;
  /** The kinds of changes, in the order in which reports tell them. */
  readonly kinds: readonly ChangeKindRow[];
}

interface NewAdministratorView {
  readonly sentence: readonly ProsePart[];
  readonly arn: string;
  readonly accounts: AccountNames;
  readonly by: ActorView | null;
}

interface ChangeKindRow {
  readonly label: string;
  readonly changes: string;
  readonly accounts: string;
}

const MOST_ROWS = 20;
const MOST_NAMES = 3;

/** What changed over all accounts; null: none has an audit before to compare with. */
export const organizationNews = (accounts: readonly AccountSummary[], linkOf: LinkOf): OrganizationNewsView | null => {
  const compared = accounts.filter(({ news }) => news !== null);
  if (compared.length === 0) return null;
  return {
    compared: comparedInWords(accounts, compared),
    administrators: newAdministrators(compared, linkOf),
    external: newExternal(compared, linkOf),
    kinds: CHANGE_KINDS.flatMap((kind) => kindRow(kind, compared)),
  };
};

const comparedInWords = (accounts: readonly AccountSummary[], compared: readonly AccountSummary[]): string => {
  const unknown = compared.filter(({ news }) => news?.changes === null).length;
  return [
    compared.length === accounts.length
      ? 'Since the audit of each account before.'
      : `Since the audit of each account before; ${numberInWords(compared.length)} of ${counted(accounts.length, 'account')} have one.`,
    ...(unknown === 0 ? [] : [`What changed besides findings is not known of ${numberInWords(unknown)}.`]),
  ].join(' ');
};

const totalOf = (
  accounts: readonly AccountSummary[],
  listOf: (news: AccountNews) => { readonly total: number },
): number => accounts.reduce((sum, { news }) => sum + (news === null ? 0 : listOf(news).total), 0);

const othersOf = (count: number): string | null =>
  count > 0 ? `${numberInWords(count)} more are not shown here: the accounts’ own reports have all.` : null;

const newAdministrators = (
  accounts: readonly AccountSummary[],
  linkOf: LinkOf,
): OrganizationNewsView['administrators'] => {
  const groups = acrossAccounts(
    accounts,
    ({ news }) => news?.administrators.listed ?? [],
    ({ arn }) => [nameOfArn(arn)],
  );
  if (groups.length === 0) return null;
  return {
    count: counted(
      totalOf(accounts, ({ administrators }) => administrators),
      'new administrator',
    ),
    rows: [...groups]
      .sort(byAccounts)
      .slice(0, MOST_ROWS)
      .map(({ first: { arn, by }, accountIds }) => ({
        sentence: proseOf(
          `${arn.includes(':user/') ? 'User' : 'Role'} \`${nameOfArn(arn).replaceAll('`', "'")}\` is an administrator now.`,
        ),
        arn: visibleText(arn),
        accounts: namesOf(accountIds, linkOf, MOST_NAMES),
        by: by === null ? null : actorView(by),
      })),
    others: othersOf(groups.length - MOST_ROWS),
  };
};

const newExternal = (accounts: readonly AccountSummary[], linkOf: LinkOf): OrganizationNewsView['external'] => {
  const groups = acrossAccounts(accounts, ({ news }) => news?.external.listed ?? [], samenessOf);
  if (groups.length === 0) return null;
  return {
    count: counted(
      totalOf(accounts, ({ external }) => external),
      'access',
      'accesses',
    ),
    rows: [...groups]
      .sort(byAccounts)
      .slice(0, MOST_ROWS)
      .map((group) => sharedFinding(group, linkOf)),
    others: othersOf(groups.length - MOST_ROWS),
  };
};

const KIND_LABELS: Readonly<Record<ChangeKind, string>> = {
  permissions: 'Effective permissions',
  created: 'Created',
  deleted: 'Deleted',
  renamed: 'Renamed',
  'trust-policy': 'Trust policies',
  'permissions-boundary': 'Permissions boundaries',
  policies: 'Policies given and taken',
  'policy-version': 'Versions of policies',
  'group-membership': 'Group memberships',
  'access-key': 'Access keys',
  password: 'Passwords',
  mfa: 'MFA devices',
  credential: 'Other credentials',
  'password-policy': 'Password policies',
  'organization-policy': 'Policies of the organization',
  'resource-policy': 'Policies of resources',
  'identity-provider': 'Identity providers',
  'instance-profile': 'Instance profiles',
  analyzer: 'Analyzers',
  'archive-rule': 'Archive rules',
  tags: 'Tags',
};

const kindRow = (kind: ChangeKind, accounts: readonly AccountSummary[]): readonly ChangeKindRow[] => {
  const changed = accounts.filter(({ news }) => (news?.changes?.[kind] ?? 0) > 0);
  if (changed.length === 0) return [];
  const changes = changed.reduce((sum, { news }) => sum + (news?.changes?.[kind] ?? 0), 0);
  return [
    {
      label: KIND_LABELS[kind],
      changes: numberInWords(changes),
      accounts: numberInWords(changed.length),
    },
  ];
};
