import type { AwsHub } from '../collect/account-hub.ts';
import { openAwsHub } from '../collect/aws-hub.ts';
import { createAwsSource } from '../collect/aws-source.ts';
import type { ListedAccount } from '../config/accounts-section.ts';
import type { Config } from '../config/config.ts';
import { type ExpectedAccount, isSelected } from '../finding/expected-account.ts';
import type { AccountSource } from '../ports/account-source.ts';
import { organizationPlan } from './organization-plan.ts';

/** The accounts of the configuration: what reads them, and those that are expected and not to be read. */
export interface ListedAccounts {
  readonly sources: readonly AccountSource[];
  readonly unread: readonly ExpectedAccount[];
  close(): Promise<void>;
}

type AwsSourceOptions = Parameters<typeof createAwsSource>[0];

/** How accounts are read, whoever they are. */
export type Reading = Omit<AwsSourceOptions, 'profile' | 'roleArn' | 'externalId' | 'accountId'>;

/**
 * The accounts that the configuration lists, and those of its organization; `selection` limits them to those called so, or in a
 * group called so. Where the organization cannot be listed, that is a source that fails, and the others are read all the same.
 */
export const openListedAccounts = async (
  { aws, accounts }: Pick<Config, 'aws' | 'accounts'>,
  reading: Reading,
  selection: readonly string[] | null,
): Promise<ListedAccounts> => {
  const { profile, endpointUrl, region, roleArn, externalId } = aws;
  const base = { profile, endpointUrl, region, ...reading };
  const hub = await openAwsHub({ ...base, roleArn, externalId });
  const listed = accounts.list
    .map((entry) => ({ entry, expected: expectedOf(entry) }))
    .filter(({ expected }) => isSelected(expected, selection));
  const sources = listed.map(({ entry, expected }) => sourceOf({ ...base, ...reachedBy(entry, hub) }, expected));
  const named = new Set(listed.flatMap(({ expected }) => [expected.accountId, expected.name, expected.group]));
  const asksOrganization = selection === null || selection.some((name) => !named.has(name));
  const members = asksOrganization ? await openMembers(accounts, { base, hub, selection }) : NO_MEMBERS;
  return {
    sources: [...sources, ...members.sources],
    unread: members.unread,
    async close() {
      hub.close();
      await members.close();
    },
  };
};

const NO_MEMBERS: ListedAccounts = { sources: [], unread: [], close: async () => {} };

interface Reach {
  readonly base: AwsSourceOptions;
  readonly hub: AwsHub;
  readonly selection: readonly string[] | null;
}

const openMembers = async (
  { list, organization }: Config['accounts'],
  { base, hub: ours, selection }: Reach,
): Promise<ListedAccounts> => {
  if (organization === undefined) return NO_MEMBERS;
  const { profile, externalId } = organization;
  const ownHub = profile === undefined ? null : await openAwsHub({ ...base, profile, credentials: undefined });
  const hub = ownHub ?? ours;
  const known = new Set(list.map((entry) => expectedOf(entry).accountId));
  const plan = await organizationPlan(organization, hub, { known, selection });
  const read = plan.toRead.map(({ accountId, roleArn, expected }) => {
    const role = roleArn === null ? {} : { roleArn, externalId };
    return sourceOf({ ...base, credentials: hub.credentials, accountId, ...role }, expected);
  });
  return { sources: [...read, ...plan.failed], unread: plan.unread, close: async () => ownHub?.close() };
};

const sourceOf = (options: AwsSourceOptions, expected: NonNullable<AccountSource['expected']>): AccountSource => ({
  ...createAwsSource(options),
  expected,
});

const expectedOf = ({ id, name, group, roleArn, profile }: ListedAccount) => ({
  accountId: id ?? roleArn?.split(':')[4] ?? null,
  name: name ?? profile ?? null,
  group: group ?? null,
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
