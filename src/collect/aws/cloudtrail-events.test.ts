import { IAMClient } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { at } from '../../snapshot/testing/collected-builder.ts';
import { fakeTimer, noProgress } from '../testing/collect-from.ts';
import type { Connect } from './clients.ts';
import { collectCloudTrail } from './cloudtrail-events.ts';
import { createReader } from './reader.ts';

const ANN = 'arn:aws:iam::123456789012:user/ann';
const NOW = at('2026-01-31T00:00:00Z');

const event = (eventName: string, userIdentity: unknown = { type: 'IAMUser', arn: ANN }) => ({
  EventTime: new Date('2026-01-30T00:00:00Z'),
  CloudTrailEvent: JSON.stringify({
    eventTime: '2026-01-30T00:00:00Z',
    eventSource: 'sqs.amazonaws.com',
    eventName,
    userIdentity,
  }),
});

interface Page {
  readonly Events?: readonly unknown[];
  readonly NextToken?: string;
}
type Answer = (region: string, page: number) => Page;

/** Looks events up where each region answers its pages, and tells what was asked and how long it took. */
const lookUp = async (answer: Answer, regions = ['eu-central-1', 'us-east-1']) => {
  const timer = fakeTimer();
  const asked: { readonly region: string; readonly input: unknown }[] = [];
  const reader = createReader(new IAMClient({}), { now: () => NOW }, noProgress, 1);
  const connect = ((_: unknown, region: string) => ({
    send: async ({ input }: { readonly input: unknown }) => {
      const page = asked.filter((each) => each.region === region).length;
      asked.push({ region, input });
      return answer(region, page);
    },
  })) as unknown as Connect;
  const scope = {
    reader,
    connect,
    progress: noProgress,
    homeRegion: 'us-east-1',
    regions,
    accountId: '123456789012',
    partition: 'aws',
    hasOwnEndpoint: false,
  };
  const documents = await collectCloudTrail(scope, { days: 30, now: NOW, timer });
  return { ...documents, asked, gaps: reader.gaps(), elapsedMs: timer.now() };
};

describe('events of CloudTrail that are looked up', () => {
  it('tell who used what, in all regions together', async () => {
    const { cloudTrail, asked, gaps } = await lookUp((region) => ({
      Events:
        region === 'us-east-1' ? [event('CreateQueue'), {}] : [event('DeleteQueue'), event('X', { type: 'Root' })],
    }));
    expect(cloudTrail?.principals).toEqual({
      [ANN]: [
        { service: 'sqs', action: 'CreateQueue', lastUsed: '2026-01-30T00:00:00Z' },
        { service: 'sqs', action: 'DeleteQueue', lastUsed: '2026-01-30T00:00:00Z' },
      ],
    });
    expect(asked.map(({ region }) => region)).toEqual(['eu-central-1', 'us-east-1']);
    expect(asked[0]?.input).toEqual({
      StartTime: new Date('2026-01-01T00:00:00Z'),
      EndTime: new Date(NOW),
      MaxResults: 50,
      NextToken: undefined,
    });
    expect(gaps).toEqual([]);
  });

  it('come at two calls a second in each region', async () => {
    const { asked, elapsedMs } = await lookUp(
      (_, page) => ({ Events: [event('CreateQueue')], ...(page < 20 && { NextToken: `page ${page}` }) }),
      ['us-east-1'],
    );
    expect(asked).toHaveLength(21);
    expect(elapsedMs).toBe(20 * 500);
  });

  it('are left at 1,200 calls a region, of which is told', async () => {
    const { asked, gaps, cloudTrail } = await lookUp((region, page) => ({
      Events: [event('CreateQueue')],
      ...(region === 'us-east-1' && { NextToken: `page ${page}` }),
    }));
    expect(asked.filter(({ region }) => region === 'us-east-1')).toHaveLength(1200);
    expect(cloudTrail).toBeDefined();
    expect(gaps).toEqual([
      {
        source: 'cloudtrail',
        action: 'cloudtrail:LookupEvents',
        subject: 'us-east-1',
        reason: 'skipped',
        detail: 'the events before 2026-01-30T00:00:00Z were not read: there are too many for 1200 calls',
      },
    ]);
  });

  it('of a region that refuses are a gap about it', async () => {
    const { gaps, cloudTrail } = await lookUp((region) => {
      if (region === 'us-east-1') throw Object.assign(new Error('no'), { name: 'AccessDeniedException' });
      return { Events: [event('CreateQueue')] };
    });
    expect(cloudTrail).toBeDefined();
    expect(gaps).toMatchObject([{ source: 'cloudtrail', subject: 'us-east-1', reason: 'denied' }]);
  });
});
