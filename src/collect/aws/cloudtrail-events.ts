import type { CloudTrailClient, Event } from '@aws-sdk/client-cloudtrail';
import { addDays, type Instant, toInstant } from '../../kernel/time.ts';
import { loadServiceReference } from '../../reference/service-reference.ts';
import { readEvent } from '../cloudtrail/read-event.ts';
import { openUseBook } from '../cloudtrail/use-book.ts';
import type { Timer } from './aws-source-options.ts';
import { createRateLimiter } from './rate-limiter.ts';
import type { ReadDocuments } from './reader.ts';
import type { ServiceScope } from './service-scope.ts';

const LOOKUP = 'cloudtrail:LookupEvents';
/** CloudTrail's quota, by account and region. Source: "Quotas in AWS CloudTrail", AWS CloudTrail User Guide. */
const CALLS_PER_SECOND = 2;
/** Ten minutes of calls, and 60,000 events. */
const MOST_CALLS = 1200;

/** What is looked up, and with what. */
interface Lookup {
  /** How far back; CloudTrail itself keeps 90 days. */
  readonly days: number;
  readonly now: Instant;
  readonly timer: Timer;
}

/**
 * What the management events of the last days show that users and roles used, region by region, the newest events first.
 * Where there are more than so many calls read, the older ones are a gap about the region.
 */
export const collectCloudTrail = async (scope: ServiceScope, lookup: Lookup): Promise<ReadDocuments> => {
  const reference = await loadServiceReference();
  const sdk = await import('@aws-sdk/client-cloudtrail');
  const { reader, connect, progress, regions, accountId } = scope;
  const book = openUseBook();
  const record = ({ CloudTrailEvent = '' }: Event): void => {
    const reading = readEvent(CloudTrailEvent, reference);
    if (reading.kind === 'use') book.add(reading.event);
  };
  progress.phase('events of CloudTrail', regions.length);
  const rest = await reader.readEach(
    LOOKUP,
    regions,
    (region) => region,
    (region) => readRegion(connect(sdk.CloudTrailClient, region), sdk.LookupEventsCommand, lookup, record),
  );
  for (const [index, oldest] of (rest ?? []).entries()) {
    if (oldest === null) continue;
    const detail = `the events before ${oldest} were not read: there are too many for ${MOST_CALLS} calls`;
    reader.note({ action: LOOKUP, subject: regions[index] ?? null, reason: 'skipped', detail });
  }
  const cloudTrail = book.ofAccount(accountId);
  return cloudTrail === null ? {} : { cloudTrail };
};

type LookupEventsCommand = typeof import('@aws-sdk/client-cloudtrail').LookupEventsCommand;

/** Reads a region. Null: all of it; else the time of the oldest event that was read. */
const readRegion = async (
  client: CloudTrailClient,
  Command: LookupEventsCommand,
  { days, now, timer }: Lookup,
  record: (event: Event) => void,
): Promise<Instant | null> => {
  const pace = createRateLimiter(CALLS_PER_SECOND, 1, timer);
  const time = { StartTime: new Date(addDays(now, -days)), EndTime: new Date(now) };
  let oldest = now;
  let token: string | undefined;
  for (let calls = 0; calls < MOST_CALLS; calls += 1) {
    await pace.take(LOOKUP);
    const { Events = [], NextToken } = await client.send(new Command({ ...time, MaxResults: 50, NextToken: token }));
    for (const event of Events) record(event);
    const last = Events.at(-1)?.EventTime;
    if (last !== undefined) oldest = toInstant(last.getTime());
    if (NextToken === undefined || NextToken === '' || NextToken === token) return null;
    token = NextToken;
  }
  return oldest;
};
