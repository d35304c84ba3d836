import type { WriteEvent } from '../../finding/write-event.ts';
import { KNOWN_WRITES } from '../../finding/write-requests.ts';
import type { ActivitySource } from '../../ports/activity-source.ts';
import { readWriteEvent } from './read-write-event.ts';

/** What log files of any number of accounts show of who changed what. */
export interface WriteLog extends ActivitySource {
  /** Adds the record of an event, if it is a request that changes what the house asks of. */
  add(record: string): void;
}

/** Some 50 MB; of an organization's trails the changes of months. */
const MOST_EVENTS = 50_000;

/** Opens an empty log. Beyond `most` events it holds those that came first, and says so. */
export const openWriteLog = (most = MOST_EVENTS): WriteLog => {
  const events: WriteEvent[] = [];
  let left = 0;
  return {
    add(record) {
      if (!mayWrite(record)) return;
      const reading = readWriteEvent(record);
      if (reading.kind !== 'write') return;
      if (events.length < most) events.push(reading.event);
      else left += 1;
    },
    async writes({ accountId, from, to, requests }) {
      const wanted = new Set(requests.map(({ request }) => request));
      const found = events.filter(
        ({ accountId: of, actor: { request, at } }) =>
          wanted.has(request) && at >= from && at <= to && (of === accountId || isOfOrganization(request)),
      );
      const detail = `of the CloudTrail files ${left} requests that change something were left aside: there are too many`;
      return { events: found, gaps: left === 0 ? [] : [{ reason: 'skipped', detail }] };
    },
  };
};

/** The management account's events are about the accounts below it. */
const isOfOrganization = (request: string): boolean => request.startsWith('organizations:');

const NAMES: ReadonlySet<string> = new Set([...KNOWN_WRITES].map((request) => request.split(':')[1] ?? ''));

/** Whether the text of a record has the name of a request that changes something: most have not, and need not be parsed. */
const mayWrite = (record: string): boolean =>
  [...record.matchAll(/eventName\\?"\s*:\s*\\?"([A-Za-z]{1,60})/gi)].some(([, name]) => NAMES.has(name ?? ''));
