import type { Account, OrganizationsClient } from '@aws-sdk/client-organizations';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { SourceProblem } from '../../ports/account-source.ts';
import type { AwsHub, OrganizationAccount, OrganizationAccounts } from '../account-hub.ts';
import { allTokenPages, required } from './answers.ts';
import type { AwsSourceOptions } from './aws-source-options.ts';
import { createCallMeter } from './call-meter.ts';
import { type AwsClients, createClients } from './clients.ts';
import { toCallError } from './error-text.ts';
import { readIdentity } from './identity.ts';
import { systemTimer } from './system-timer.ts';

/** Opens a hub. Nothing is called and no credentials are looked for yet. */
export const openHub = async (options: AwsSourceOptions): Promise<AwsHub> => {
  const { timer = systemTimer } = options;
  const clients = await createClients(options, createCallMeter(options, timer), timer);
  return {
    credentials: () => clients.sts.config.credentials(),
    organizationAccounts: ({ withUnits }) => listAccounts(clients, options, withUnits),
    close: () => clients.close(),
  };
};

const listAccounts = async (
  clients: AwsClients,
  options: AwsSourceOptions,
  withUnits: boolean,
): Promise<Result<OrganizationAccounts, SourceProblem>> => {
  const identity = await readIdentity(clients, options);
  if (!identity.ok) return identity;
  const { accountId: callerId, partition } = identity.value;
  try {
    const sdk = await import('@aws-sdk/client-organizations');
    const client = clients.connect(sdk.OrganizationsClient, await clients.region());
    const listed = await allTokenPages(
      (NextToken) => client.send(new sdk.ListAccountsCommand({ NextToken })),
      ({ Accounts }) => required(Accounts, 'Accounts'),
      ({ NextToken }) => NextToken,
    );
    const unitsOf = withUnits ? climber(client, sdk) : async () => [];
    const accounts: OrganizationAccount[] = [];
    for (const account of listed) {
      const id = required(account.Id, 'Id');
      accounts.push({ id, name: account.Name ?? '', state: stateOf(account), units: await unitsOf(id) });
    }
    return ok({ callerId, partition, accounts });
  } catch (thrown) {
    const { name, message } = toCallError(thrown);
    const mend = `ask as the management account or a delegated administrator, who may \`organizations:ListAccounts\`${withUnits ? ' and `organizations:ListParents`' : ''}`;
    return err({
      kind: 'unreachable',
      message: `account ${callerId} cannot list the accounts of the organization; ${mend}: ${name}: ${message}`,
    });
  }
};

/** AWS retires `Status` for `State` in September 2026; an older endpoint sends only the former. */
const stateOf = ({ State, Status }: Account): string => required<string>(State ?? Status, 'State');

/** What says which units something is in; of each unit it is asked once. */
const climber = (client: OrganizationsClient, sdk: typeof import('@aws-sdk/client-organizations')) => {
  const parents = new Map<string, string>();
  const parentOf = async (child: string): Promise<string> => {
    const known = parents.get(child);
    if (known !== undefined) return known;
    const { Parents } = await client.send(new sdk.ListParentsCommand({ ChildId: child }));
    const parent = required(required(Parents, 'Parents')[0]?.Id, 'Id');
    parents.set(child, parent);
    return parent;
  };
  return async (accountId: string): Promise<readonly string[]> => {
    const units: string[] = [];
    for (let child = accountId; !child.startsWith('r-'); units.push(child)) {
      child = await parentOf(child);
      if (units.includes(child)) throw new Error('the organizational units go in a circle');
    }
    return units;
  };
};
