import { type Instant, parseInstant } from '../../kernel/time.ts';
import type { CloudTrailDocument } from '../../snapshot/cloudtrail.ts';
import type { SeenEvent } from './read-event.ts';

/** What principals of any number of accounts were seen to use. */
export interface UseBook {
  add(event: SeenEvent): void;
  /** Adds what was read before. */
  addDocument(document: CloudTrailDocument): void;
  /** What the principals of an account used; null: none of them was seen. */
  ofAccount(accountId: string): CloudTrailDocument | null;
}

/** So many resources of an action are kept by name. */
const MOST_RESOURCES = 20;

interface Use {
  readonly principal: string;
  readonly service: string;
  readonly action: string | null;
  readonly time: Instant;
  readonly resources: readonly string[];
  readonly hasMore: boolean;
}

interface Seen extends Pick<Use, 'service' | 'action'> {
  lastUsed: Instant;
  readonly resources: Set<string>;
  hasMore: boolean;
}

interface Account {
  from: Instant;
  to: Instant;
  /** By ARN, then by service and action. */
  readonly principals: Map<string, Map<string, Seen>>;
}

/** Opens an empty book. It holds as much as principals use actions, however many events there are. */
export const openUseBook = (): UseBook => {
  const accounts = new Map<string, Account>();
  const addTo = (principal: string, time: Instant): Account => {
    const id = principal.split(':')[4] ?? '';
    const account = accounts.get(id) ?? { from: time, to: time, principals: new Map<string, Map<string, Seen>>() };
    accounts.set(id, account);
    if (time < account.from) account.from = time;
    if (time > account.to) account.to = time;
    return account;
  };
  return {
    add({ actions, ...event }) {
      const account = addTo(event.principal, event.time);
      for (const action of actions.length === 0 ? [null] : actions) {
        addUse(account, { ...event, action, hasMore: false });
      }
    },
    addDocument({ from, principals }) {
      for (const [principal, uses] of Object.entries(principals)) {
        for (const { service, action = null, lastUsed, resources = [], moreResources = false } of uses) {
          const time = parseInstant(lastUsed);
          if (!time.ok) continue;
          const first = parseInstant(from);
          if (first.ok) addTo(principal, first.value);
          const account = addTo(principal, time.value);
          addUse(account, { principal, service, action, time: time.value, resources, hasMore: moreResources });
        }
      }
    },
    ofAccount(accountId) {
      const account = accounts.get(accountId);
      return account === undefined ? null : toDocument(account);
    },
  };
};

const addUse = ({ principals }: Account, { principal, service, action, time, resources, hasMore }: Use): void => {
  const uses = principals.get(principal) ?? new Map<string, Seen>();
  principals.set(principal, uses);
  const key = `${service}:${action ?? ''}`;
  const seen = uses.get(key) ?? { service, action, lastUsed: time, resources: new Set<string>(), hasMore };
  uses.set(key, seen);
  if (time > seen.lastUsed) seen.lastUsed = time;
  if (hasMore) seen.hasMore = true;
  for (const resource of resources) {
    if (seen.resources.size < MOST_RESOURCES) seen.resources.add(resource);
    else if (!seen.resources.has(resource)) seen.hasMore = true;
  }
};

const toDocument = ({ from, to, principals }: Account): CloudTrailDocument => ({
  from,
  to,
  principals: Object.fromEntries(
    inOrder(principals).map(([arn, uses]) => [arn, inOrder(uses).map(([, seen]) => seenDocument(seen))]),
  ),
});

const inOrder = <T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1));

const seenDocument = ({
  service,
  action,
  lastUsed,
  resources,
  hasMore,
}: Seen): CloudTrailDocument['principals'][string][number] => ({
  service,
  ...(action !== null && { action }),
  lastUsed,
  ...(resources.size > 0 && { resources: [...resources].sort() }),
  ...(hasMore && { moreResources: true }),
});
