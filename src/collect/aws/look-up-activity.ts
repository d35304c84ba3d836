import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { AskedRequest, WriteEvent } from '../../finding/write-event.ts';
import { addDays, type Instant } from '../../kernel/time.ts';
import type { Activity, ActivityGap, ActivityQuestion } from '../../ports/activity-source.ts';
import { readWriteEvent } from '../cloudtrail/read-write-event.ts';
import type { AwsSourceOptions, Timer } from './aws-source-options.ts';
import { createCallMeter } from './call-meter.ts';
import { createClients } from './clients.ts';
import { createRateLimiter } from './rate-limiter.ts';
import { toFailure } from './reader.ts';
import { regionsToRead } from './service-scope.ts';
import { systemTimer } from './system-timer.ts';

const LOOKUP = 'cloudtrail:LookupEvents';
/** CloudTrail's quota, by account and region. Source: "Quotas in AWS CloudTrail", AWS CloudTrail User Guide. */
const CALLS_PER_SECOND = 2;
/** How long CloudTrail keeps events. Source: `LookupEvents`, AWS CloudTrail API Reference. */
const DAYS_KEPT = 90;
/** 2,000 events. */
const MOST_CALLS_A_NAME = 40;
/** Some three minutes in a region. */
const MOST_CALLS = 400;

/**
 * Looks up events of CloudTrail by the names of the requests, each name for itself, since one attribute is all that a call
 * may ask for. Of the others, `EventSource` would give what our own audits read of IAM by the thousand, and which names and
 * ARNs `ResourceName` knows an event by AWS does not document. Events come a few minutes after the request. Never throws.
 */
export const lookUpActivity = async (options: AwsSourceOptions, question: ActivityQuestion): Promise<Activity> => {
  const { timer = systemTimer, endpointUrl } = options;
  // An account of our own needs no sparing.
  const callsPerSecond = Math.max(CALLS_PER_SECOND, endpointUrl === undefined ? 0 : (options.callsPerSecond ?? 0));
  const events: WriteEvent[] = [];
  const gaps: ActivityGap[] = [];
  try {
    const clients = await createClients(options, createCallMeter(options, timer), timer);
    try {
      const sdk = await import('@aws-sdk/client-cloudtrail');
      const homeRegion = await clients.region();
      const regions = regionsToRead(options.regions ?? [], homeRegion, question.partition);
      const earliest = addDays(question.to, -DAYS_KEPT);
      if (question.from < earliest)
        gaps.push({ reason: 'skipped', detail: `CloudTrail keeps no events before ${earliest}` });
      const time = { from: question.from < earliest ? earliest : question.from, to: question.to };
      const wanted = new Set(question.requests.map(({ request }) => request));
      const take = (text: string): void => {
        const reading = readWriteEvent(text);
        if (reading.kind === 'write' && wanted.has(reading.event.actor.request)) events.push(reading.event);
      };
      await Promise.all(
        [...namesByRegion(question, homeRegion, regions)].map(async ([region, names]) => {
          const client = clients.connect(sdk.CloudTrailClient, region);
          const reading = { client, Command: sdk.LookupEventsCommand, region, time, timer, callsPerSecond, take };
          gaps.push(...(await readRegion(reading, names)));
        }),
      );
    } finally {
      clients.close();
    }
  } catch (error) {
    gaps.push(toFailure(error));
  }
  return { events, gaps };
};

/** The names of events to look up in each region. */
const namesByRegion = (
  { partition, requests }: ActivityQuestion,
  homeRegion: string,
  regions: readonly string[],
): ReadonlyMap<string, readonly string[]> => {
  const names = new Map<string, Set<string>>();
  for (const asked of requests) {
    for (const region of regionsOf(asked, HOME_REGIONS.get(partition) ?? homeRegion, regions)) {
      const ofRegion = names.get(region) ?? new Set<string>();
      names.set(region, ofRegion);
      for (const name of eventNames(asked.request)) ofRegion.add(name);
    }
  }
  return new Map([...names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([region, set]) => [region, [...set].sort()]));
};

/**
 * Where the events of services without regions are. Source: "Global service events", AWS CloudTrail User Guide, and the
 * endpoints of IAM in the partitions, AWS General Reference.
 */
const HOME_REGIONS: ReadonlyMap<string, string> = new Map([
  ['aws', 'us-east-1'],
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
]);

const regionsOf = ({ request, region }: AskedRequest, home: string, regions: readonly string[]): readonly string[] => {
  if (/^(iam|organizations):/.test(request)) return [home];
  return region === null ? regions : [region];
};

/** What events of AWS Lambda are called. Source: "Logging AWS Lambda API calls using AWS CloudTrail", Lambda Developer Guide. */
const LAMBDA_VERSIONS = ['', '20150331', '20150331v2'];

const eventNames = (request: string): readonly string[] => {
  const [service = '', name = ''] = request.split(':');
  return service === 'lambda' ? LAMBDA_VERSIONS.map((version) => `${name}${version}`) : [name];
};

/** What reads a region. */
interface RegionReading {
  readonly client: CloudTrailClient;
  readonly Command: typeof import('@aws-sdk/client-cloudtrail').LookupEventsCommand;
  readonly region: string;
  readonly time: { readonly from: Instant; readonly to: Instant };
  readonly timer: Timer;
  readonly callsPerSecond: number;
  readonly take: (record: string) => void;
}

/** Reads the events of each name. What was refused or broke, after all retries, would be for the next name too. */
const readRegion = async (reading: RegionReading, names: readonly string[]): Promise<readonly ActivityGap[]> => {
  const pace = createRateLimiter(reading.callsPerSecond, 1, reading.timer);
  const cut: string[] = [];
  let callsLeft = MOST_CALLS;
  for (const name of names) {
    if (callsLeft === 0) {
      cut.push(name);
      continue;
    }
    try {
      const read = await readName(reading, name, Math.min(callsLeft, MOST_CALLS_A_NAME), () => pace.take(LOOKUP));
      callsLeft -= read.calls;
      if (!read.isWhole) cut.push(name);
    } catch (error) {
      const { reason, detail } = toFailure(error);
      return [{ reason, detail: `${LOOKUP} in ${reading.region}: ${detail}` }];
    }
  }
  const [first] = cut;
  if (first === undefined) return [];
  const others = cut.length === 1 ? '' : `, and of ${cut.length - 1} other names`;
  const detail = `the older events \`${first}\`${others} in ${reading.region} were not read: there are too many`;
  return [{ reason: 'skipped', detail }];
};

const readName = async (
  { client, Command, time, take }: RegionReading,
  name: string,
  mostCalls: number,
  paced: () => Promise<void>,
): Promise<{ readonly calls: number; readonly isWhole: boolean }> => {
  const about = {
    LookupAttributes: [{ AttributeKey: 'EventName' as const, AttributeValue: name }],
    StartTime: new Date(time.from),
    EndTime: new Date(time.to),
    MaxResults: 50,
  };
  let token: string | undefined;
  for (let calls = 1; calls <= mostCalls; calls += 1) {
    await paced();
    const { Events = [], NextToken } = await client.send(new Command({ ...about, NextToken: token }));
    for (const { CloudTrailEvent = '' } of Events) take(CloudTrailEvent);
    if (NextToken === undefined || NextToken === '' || NextToken === token) return { calls, isWhole: true };
    token = NextToken;
  }
  return { calls: mostCalls, isWhole: false };
};
