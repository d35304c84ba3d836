import type { AwsHub, OrganizationAccount } from '../collect/account-hub.ts';
import type { OrganizationToAudit } from '../config/accounts-section.ts';
import { type ExpectedAccount, isSelected } from '../finding/expected-account.ts';
import type { PlannedAccount } from '../ports/night-store.ts';

/** The accounts of the configuration that are to be read, and those that are expected and are not. */
export interface AccountsPlan {
  readonly toRead: readonly PlannedAccount[];
  /** Closed, left out by the configuration, or what stands for those that could not be listed. */
  readonly unread: readonly ExpectedAccount[];
}

/** The group of the accounts of an organization, where the configuration names none. */
const ORGANIZATION = 'organization';

/** Lists the accounts of an organization, and says which are to be read; what could not be listed is told as an account. `known`: those that the configuration lists itself. */
export const organizationPlan = async (
  wanted: OrganizationToAudit,
  hub: Pick<AwsHub, 'organizationAccounts'>,
  { known, selection }: { readonly known: ReadonlySet<string | null>; readonly selection: readonly string[] | null },
): Promise<AccountsPlan> => {
  const { roleName, allow, deny, group = ORGANIZATION } = wanted;
  const withUnits = [...(allow ?? []), ...deny].some((id) => id.startsWith('ou-'));
  const listed = await hub.organizationAccounts({ withUnits });
  if (!listed.ok) {
    const unlisted = { accountId: null, name: 'the accounts of the organization', group, status: 'failed' } as const;
    return { toRead: [], unread: [{ ...unlisted, reason: listed.error.message, lastRead: null, droppedOut: false }] };
  }
  const { callerId, partition, accounts } = listed.value;
  const selected = accounts
    .filter(({ id }) => !known.has(id))
    .map((account) => ({ account, expected: { accountId: account.id, name: account.name, group } }))
    .filter(({ expected }) => isSelected(expected, selection))
    .map((each) => ({ ...each, left: leftOut(each.account, wanted) }));
  return {
    toRead: selected.flatMap(({ account: { id }, expected, left }): readonly PlannedAccount[] => {
      const memberRole = id === callerId ? null : `arn:${partition}:iam::${id}:role/${roleName}`;
      return left === null ? [{ key: id, ...expected, memberRole, isListed: false }] : [];
    }),
    unread: selected.flatMap(({ expected, left }) =>
      left === null ? [] : [{ ...expected, ...left, lastRead: null, droppedOut: false }],
    ),
  };
};

/** Why an account is not read; null: it is. */
const leftOut = (
  { id, state, units }: OrganizationAccount,
  { allow, deny }: OrganizationToAudit,
): Pick<ExpectedAccount, 'status' | 'reason'> | null => {
  const isIn = (list: readonly string[]): boolean => [id, ...units].some((each) => list.includes(each));
  if (isIn(deny)) return { status: 'skipped', reason: '`accounts.organization.deny` leaves it out' };
  if (allow !== undefined && !isIn(allow)) {
    return { status: 'skipped', reason: '`accounts.organization.allow` does not name it' };
  }
  return state === 'ACTIVE' ? null : { status: 'suspended', reason: STATES[state] ?? `AWS says that it is ${state}` };
};

const STATES: Readonly<Record<string, string>> = {
  SUSPENDED: 'AWS has suspended the account: it is closed, or a bill was not paid',
  PENDING_CLOSURE: 'the account is being closed',
  CLOSED: 'the account is closed',
  PENDING_ACTIVATION: 'the account is not yet active',
};
