import type { Instant } from '../../kernel/time.ts';
import type { CloudTrailDocument } from '../../snapshot/cloudtrail.ts';
import type { SeenEvent } from './read-event.ts';

/** What principals of any number of accounts were seen to use. */
export interface UseBook {
  add(event: SeenEvent): void;
  /** What the principals of an account used; null: none of them was seen. */
  ofAccount(accountId: string): CloudTrailDocument | null;
}

/** So many resources of an action are kept by name. */
const MOST_RESOURCES = 20;

interface Seen {
  readonly service: string;
  readonly action: string | null;
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
  return {
    add(event) {
      const { principal, time, service, actions } = event;
      const id = principal.split(':')[4] ?? '';
      const account = accounts.get(id) ?? { from: time, to: time, principals: new Map<string, Map<string, Seen>>() };
      accounts.set(id, account);
      if (time < account.from) account.from = time;
      if (time > account.to) account.to = time;
      const uses = account.principals.get(principal) ?? new Map<string, Seen>();
      account.principals.set(principal, uses);
      for (const action of actions.length === 0 ? [null] : actions) addUse(uses, service, action, event);
    },
    ofAccount(accountId) {
      const account = accounts.get(accountId);
      return account === undefined ? null : toDocument(account);
    },
  };
};

const addUse = (
  uses: Map<string, Seen>,
  service: string,
  action: string | null,
  { time, resources }: SeenEvent,
): void => {
  const key = `${service}:${action ?? ''}`;
  const seen = uses.get(key) ?? { service, action, lastUsed: time, resources: new Set<string>(), hasMore: false };
  uses.set(key, seen);
  if (time > seen.lastUsed) seen.lastUsed = time;
  for (const resource of resources) {
    if (seen.resources.size < MOST_RESOURCES) seen.resources.add(resource);
    else if (!seen.resources.has(resource)) seen.hasMore = true;
  }
};

const toDocument = ({ from, to, principals }: Account): CloudTrailDocument => ({
  from,
  to,
  principals: Object.fromEntries(
    [...principals]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([arn, uses]) => [
        arn,
        [...uses]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([, { service, action, lastUsed, resources, hasMore }]) => ({
            service,
            ...(action !== null && { action }),
            lastUsed,
            ...(resources.size > 0 && { resources: [...resources].sort() }),
            ...(hasMore && { moreResources: true }),
          })),
      ]),
  ),
});
