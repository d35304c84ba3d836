import type { Progress } from '../../ports/progress.ts';
import type { SourceAction } from './actions.ts';
import type { ClientClass, Connect, ServiceClient } from './clients.ts';
import type { Reader } from './reader.ts';

/** What the readers of other services than IAM work with. */
export interface ServiceScope {
  readonly reader: Reader;
  readonly connect: Connect;
  readonly progress: Progress;
  /** The region of services that are the same everywhere. */
  readonly homeRegion: string;
  /** Where to look. */
  readonly regions: readonly string[];
  readonly accountId: string;
  readonly partition: string;
  /** Whether all services answer at one endpoint that was given, and not at AWS's own. */
  readonly hasOwnEndpoint: boolean;
}

/** Something that a list told, and the client that speaks to its region. */
export interface Listed<Client, Item> {
  readonly client: Client;
  readonly region: string;
  readonly item: Item;
}

/** The regions to look in: those given, else the region of the calls and, in AWS's own partition, `us-east-1`. */
export const regionsToRead = (given: readonly string[], homeRegion: string, partition: string): readonly string[] => {
  const regions = given.length > 0 ? given : [homeRegion, ...(partition === 'aws' ? ['us-east-1'] : [])];
  return [...new Set(regions)].sort();
};

/** What each region lists; null: none could be asked. A region that cannot be asked is a gap about it. */
export const listInRegions = async <Client extends ServiceClient, Item>(
  { reader, connect, regions }: ServiceScope,
  action: SourceAction,
  Client: ClientClass<Client>,
  list: (client: Client) => Promise<readonly Item[]>,
): Promise<readonly Listed<Client, Item>[] | null> => {
  const regional = regions.map((region) => ({ region, client: connect(Client, region) }));
  const lists = await reader.readEach(
    action,
    regional,
    ({ region }) => region,
    ({ client }) => list(client),
  );
  return (
    lists &&
    regional.flatMap(({ region, client }, index) => (lists[index] ?? []).map((item) => ({ client, region, item })))
  );
};
