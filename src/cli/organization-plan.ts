import type { AwsHub, OrganizationAccount } from '../collect/account-hub.ts';
import type { OrganizationToAudit } from '../config/accounts-section.ts';
import { type ExpectedAccount, isSelected } from '../finding/expected-account.ts';
import { err } from '../kernel/result.ts';
import type { AccountSource } from '../ports/account-source.ts';

/** What is to become of the accounts of an organization. */
export interface OrganizationPlan {
  /** `roleArn`: the role to assume; null where the credentials are the account's own. */
  readonly toRead: readonly {
    readonly accountId: string;
    readonly roleArn: string | null;
    readonly expected: AccountRef;
  }[];
  /** Closed, or left out by the configuration. */
  readonly unread: readonly ExpectedAccount[];
  /** What stands for the accounts where they could not be listed. */
  readonly failed: readonly AccountSource[];
}

type AccountRef = Pick<ExpectedAccount, 'accountId' | 'name' | 'group'>;

/** The group of the accounts of an organization, where the configuration names none. */
const ORGANIZATION = 'organization';

/** Lists the accounts of an organization, and says which are to be read. `known`: those that the configuration lists itself. */
export const organizationPlan = async (
  wanted: OrganizationToAudit,
  hub: AwsHub,
  { known, selection }: { readonly known: ReadonlySet<string | null>; readonly selection: readonly string[] | null },
): Promise<OrganizationPlan> => {
  const { roleName, allow, deny, group = ORGANIZATION } = wanted;
  const withUnits = [...(allow ?? []), ...deny].some((id) => id.startsWith('ou-'));
  const listed = await hub.organizationAccounts({ withUnits });
  if (!listed.ok) {
    const expected = { accountId: null, name: 'the accounts of the organization', group };
    return { toRead: [], unread: [], failed: [{ expected, collect: async () => err(listed.error) }] };
  }
  const { callerId, partition, accounts } = listed.value;
  const selected = accounts
    .filter(({ id }) => !known.has(id))
    .map((account) => ({ account, expected: { accountId: account.id, name: account.name, group } }))
    .filter(({ expected }) => isSelected(expected, selection))
    .map((each) => ({ ...each, left: leftOut(each.account, wanted) }));
  return {
    toRead: selected.flatMap(({ account: { id }, expected, left }) =>
      left === null
        ? [
            {
              accountId: id,
              expected,
              roleArn: id === callerId ? null : `arn:${partition}:iam::${id}:role/${roleName}`,
            },
          ]
        : [],
    ),
    unread: selected.flatMap(({ expected, left }) =>
      left === null ? [] : [{ ...expected, ...left, lastRead: null, droppedOut: false }],
    ),
    failed: [],
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
