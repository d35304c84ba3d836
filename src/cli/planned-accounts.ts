import type { AwsHub } from '../collect/account-hub.ts';
import { openAwsHub } from '../collect/aws-hub.ts';
import { createAwsSource } from '../collect/aws-source.ts';
import type { ListedAccount } from '../config/accounts-section.ts';
import type { Config } from '../config/config.ts';
import { isSelected } from '../finding/expected-account.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { AccountSource } from '../ports/account-source.ts';
import type { PlannedAccount } from '../ports/night-store.ts';
import { type AccountsPlan, organizationPlan } from './organization-plan.ts';

type AwsSourceOptions = Parameters<typeof createAwsSource>[0];

/** How accounts are read, whoever they are. */
export type Reading = Omit<AwsSourceOptions, 'profile' | 'roleArn' | 'externalId' | 'accountId'>;

/** What reaches the accounts of the configuration: credentials that are found or assumed once for all of them. */
export interface AccountsDoor {
  /** The accounts, or those of them that are called so or in a group called so. */
  plan(selection: readonly string[] | null): Promise<AccountsPlan>;
  /** What reads an account of a plan, which may be another process's; the error says that the configuration knows it no more. */
  open(account: PlannedAccount): Promise<Result<AccountSource, string>>;
  close(): void;
}

/** Opens what reaches the accounts that the configuration lists, and those of its organization. Nothing is called yet. */
export const openAccountsDoor = async (
  { aws, accounts }: Pick<Config, 'aws' | 'accounts'>,
  reading: Reading,
): Promise<AccountsDoor> => {
  const { profile, endpointUrl, region, roleArn, externalId } = aws;
  const base = { profile, endpointUrl, region, ...reading };
  const hub = await openAwsHub({ ...base, roleArn, externalId });
  const { list, organization } = accounts;
  const ownHub =
    organization?.profile === undefined
      ? null
      : await openAwsHub({ ...base, profile: organization.profile, credentials: undefined });
  const membersHub = ownHub ?? hub;
  return {
    plan: async (selection) => {
      const listed = list.map(plannedOf).filter((account) => isSelected(account, selection));
      const names = new Set(listed.flatMap(({ accountId, name, group }) => [accountId, name, group]));
      const asks = selection === null || selection.some((name) => !names.has(name));
      if (organization === undefined || !asks) return { toRead: listed, unread: [] };
      const known = new Set(list.map((entry) => plannedOf(entry).accountId));
      const members = await organizationPlan(organization, membersHub, { known, selection });
      return { toRead: [...listed, ...members.toRead], unread: members.unread };
    },
    open: async (account) => {
      const { accountId, name, group, memberRole, isListed } = account;
      const expected = { accountId, name, group };
      const entry = list.find((one) => plannedOf(one).key === account.key);
      if (isListed) {
        return entry === undefined
          ? err(`\`accounts.list\` knows \`${account.key}\` no more`)
          : ok({ ...createAwsSource({ ...base, ...reachedBy(entry, hub) }), expected });
      }
      if (organization === undefined) return err('`accounts.organization` is gone from the configuration');
      const { credentials } = membersHub;
      const role = memberRole === null ? {} : { roleArn: memberRole, externalId: organization.externalId };
      return ok({ ...createAwsSource({ ...base, credentials, accountId: accountId ?? undefined, ...role }), expected });
    },
    close: () => {
      hub.close();
      ownHub?.close();
    },
  };
};

const plannedOf = ({ id, name, group, roleArn, profile, endpointUrl }: ListedAccount): PlannedAccount => ({
  key: name ?? id ?? roleArn ?? profile ?? endpointUrl ?? '',
  accountId: id ?? roleArn?.split(':')[4] ?? null,
  name: name ?? profile ?? null,
  group: group ?? null,
  memberRole: null,
  isListed: true,
});

/** By its own profile, or from what reaches all; then by its role. */
const reachedBy = (
  { id, profile, roleArn, externalId, endpointUrl, region }: ListedAccount,
  hub: AwsHub,
): Partial<AwsSourceOptions> => ({
  ...(profile === undefined ? { credentials: hub.credentials } : { profile, credentials: undefined }),
  ...(roleArn !== undefined && { roleArn, externalId }),
  ...(endpointUrl !== undefined && { endpointUrl }),
  ...(region !== undefined && { region }),
  accountId: id ?? roleArn?.split(':')[4],
});
