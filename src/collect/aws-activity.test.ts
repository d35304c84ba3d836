import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ActivityQuestion } from '../ports/activity-source.ts';
import { at } from '../snapshot/testing/collected-builder.ts';
import type { AwsSourceOptions } from './aws/aws-source-options.ts';
import { createAwsActivity } from './aws-activity.ts';
import { fakeTimer, testOptions } from './testing/collect-from.ts';
import { FAKE_ENDPOINT, type FakeAnswer } from './testing/fake-iam.ts';
import { fakeServices, type ServiceCall } from './testing/fake-services.ts';

beforeEach(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());

const record = (parts: Readonly<Record<string, unknown>> = {}) => ({
  CloudTrailEvent: JSON.stringify({
    eventID: 'e1',
    eventTime: '2026-01-01T12:00:00Z',
    eventSource: 'iam.amazonaws.com',
    eventName: 'AttachUserPolicy',
    awsRegion: 'us-east-1',
    sourceIPAddress: '203.0.113.9',
    userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::123456789012:user/bob' },
    requestParameters: { userName: 'alice' },
    recipientAccountId: '123456789012',
    ...parts,
  }),
});

const QUESTION: ActivityQuestion = {
  accountId: '123456789012',
  partition: 'aws',
  from: at('2026-01-01T00:00:00Z'),
  to: at('2026-01-02T00:00:00Z'),
  requests: [{ request: 'iam:AttachUserPolicy', region: null }],
};

type Answer = (asked: Asked, earlier: number) => FakeAnswer;
interface Asked {
  readonly name: string;
  readonly region: string;
  readonly token: string | undefined;
}

const askedBy = ({ body, region }: ServiceCall): Asked => {
  const {
    LookupAttributes: [about],
    NextToken: token,
  } = JSON.parse(body);
  return { name: about.AttributeValue, region, token };
};

const lookUp = async (
  answer: Answer,
  question: Partial<ActivityQuestion> = {},
  options: Partial<AwsSourceOptions> = {},
) => {
  const timer = fakeTimer();
  const calls = fakeServices({ 'cloudtrail:LookupEvents': (call, earlier) => answer(askedBy(call), earlier) });
  const source = createAwsActivity(testOptions(FAKE_ENDPOINT, { timer, region: 'eu-west-1', ...options }));
  const activity = await source.writes({ ...QUESTION, ...question });
  return { ...activity, calls, asked: calls.map(askedBy), elapsedMs: timer.now() };
};

const events = (...list: readonly unknown[]): FakeAnswer => ({ result: { Events: list } });
const ofIam = (...names: readonly string[]) => names.map((name) => ({ request: `iam:${name}`, region: null }));

describe('who changed what, by CloudTrail', () => {
  it('is looked up by the name of the request, in the time asked for, where IAM keeps its events', async () => {
    const { events: found, gaps, calls, asked } = await lookUp(() => events(record()));
    expect(found.map(({ actor }) => [actor.arn, actor.request])).toEqual([
      ['arn:aws:iam::123456789012:user/bob', 'iam:AttachUserPolicy'],
    ]);
    expect(gaps).toEqual([]);
    expect(asked).toEqual([{ name: 'AttachUserPolicy', region: 'us-east-1', token: undefined }]);
    expect(JSON.parse(calls[0]?.body ?? '')).toMatchObject({
      StartTime: 1767225600,
      EndTime: 1767312000,
      MaxResults: 50,
    });
  });

  it.each([
    ['aws-cn', 'cn-north-1'],
    ['aws-us-gov', 'us-gov-west-1'],
    ['aws-iso', 'eu-west-1'],
  ])('is asked of partition %s in %s', async (partition, region) => {
    const { asked } = await lookUp(() => events(), { partition });
    expect(asked.map((each) => each.region)).toEqual([region]);
  });

  it('is asked of resources where they are, or in all regions of the audit', async () => {
    const requests = [
      { request: 'lambda:AddPermission', region: 'eu-central-1' },
      { request: 's3:PutBucketPolicy', region: null },
    ];
    const { asked } = await lookUp(() => events(), { requests }, { regions: ['eu-west-1', 'us-west-2'] });
    expect(asked.map(({ name, region }) => `${name} ${region}`).sort()).toEqual([
      'AddPermission eu-central-1',
      'AddPermission20150331 eu-central-1',
      'AddPermission20150331v2 eu-central-1',
      'PutBucketPolicy eu-west-1',
      'PutBucketPolicy us-west-2',
    ]);
  });

  it('is none of the requests of other services that have the same name', async () => {
    const iot = record({ eventSource: 'sqs.amazonaws.com', eventName: 'AddPermission' });
    const { events: found } = await lookUp(() => events(iot), {
      requests: [{ request: 'sns:AddPermission', region: null }],
    });
    expect(found).toEqual([]);
  });

  it('is asked twice a second, and not at all where nothing is asked', async () => {
    const { elapsedMs, asked } = await lookUp(() => events(), {
      requests: ofIam('CreateUser', 'DeleteUser', 'TagUser'),
    });
    expect(asked).toHaveLength(3);
    expect(elapsedMs).toBe(2 * 500);
    expect((await lookUp(() => events(), { requests: [] })).asked).toEqual([]);
    expect((await lookUp(() => events(), { from: QUESTION.to })).asked).toEqual([]);
  });

  it("is asked faster of an account that is nobody else's", async () => {
    const options = { callsPerSecond: 1000 };
    const { elapsedMs } = await lookUp(() => events(), { requests: ofIam('CreateUser', 'DeleteUser') }, options);
    expect(elapsedMs).toBe(1);
  });

  it('is read page by page', async () => {
    const { events: found, asked } = await lookUp(({ token }) => ({
      result: {
        Events: [record({ eventID: token ?? 'first' })],
        ...(token !== '2' && { NextToken: token ? '2' : '1' }),
      },
    }));
    expect(found.map(({ id }) => id)).toEqual(['first', '1', '2']);
    expect(asked.map(({ token }) => token)).toEqual([undefined, '1', '2']);
  });
});

describe('what cannot be read of who changed what', () => {
  it('is said where AWS refuses, and nothing more is asked there', async () => {
    const {
      events: found,
      gaps,
      asked,
    } = await lookUp(
      () => ({ error: 'AccessDeniedException', message: 'not authorized to perform cloudtrail:LookupEvents' }),
      { requests: ofIam('CreateUser', 'DeleteUser') },
    );
    expect(found).toEqual([]);
    expect(asked).toHaveLength(1);
    expect(gaps).toEqual([
      {
        reason: 'denied',
        detail:
          'cloudtrail:LookupEvents in us-east-1: AccessDeniedException: not authorized to perform cloudtrail:LookupEvents',
      },
    ]);
  });

  it('is nothing where AWS asks for patience', async () => {
    const {
      events: found,
      gaps,
      asked,
    } = await lookUp((_, earlier) => (earlier < 3 ? { error: 'ThrottlingException' } : events(record())));
    expect(asked).toHaveLength(4);
    expect(found).toHaveLength(1);
    expect(gaps).toEqual([]);
  });

  it('is said where a later page breaks, beside the events before', async () => {
    const { events: found, gaps } = await lookUp(({ token }) =>
      token === undefined ? { result: { Events: [record()], NextToken: '1' } } : { error: 'InvalidNextTokenException' },
    );
    expect(found).toHaveLength(1);
    expect(gaps).toMatchObject([{ reason: 'failed', detail: expect.stringContaining('InvalidNextTokenException') }]);
  });

  it('is said where there are more events than anybody would wait for', async () => {
    const endless: Answer = ({ name, token = '0' }) => ({
      result: { Events: [], ...(name === 'CreateUser' && { NextToken: `${Number(token) + 1}` }) },
    });
    const { gaps, asked } = await lookUp(endless, { requests: ofIam('CreateUser', 'DeleteUser') });
    expect(asked).toHaveLength(41);
    expect(gaps).toEqual([
      { reason: 'skipped', detail: 'the older events `CreateUser` in us-east-1 were not read: there are too many' },
    ]);
  });

  it('is what happened longer ago than CloudTrail remembers', async () => {
    const { gaps, calls } = await lookUp(() => events(), { from: at('2025-01-01T00:00:00Z') });
    expect(gaps).toEqual([{ reason: 'skipped', detail: 'CloudTrail keeps no events before 2025-10-04T00:00:00Z' }]);
    expect(JSON.parse(calls[0]?.body ?? '').StartTime).toBe(Date.parse('2025-10-04T00:00:00Z') / 1000);
  });

  it.each<[string, FakeAnswer]>([
    ['no JSON', { raw: 'Service Unavailable', status: 503 }],
    ['a broken connection', { breaks: 'ECONNRESET' }],
  ])('is said of %s', async (_, answer) => {
    const { events: found, gaps } = await lookUp(() => answer);
    expect(found).toEqual([]);
    expect(gaps).toMatchObject([{ reason: 'failed' }]);
  });

  it('is said where there are no credentials', async () => {
    const credentials = async () => {
      throw new Error('no credentials here');
    };
    const { gaps } = await lookUp(() => events(), {}, { credentials });
    expect(gaps).toMatchObject([{ reason: 'failed', detail: expect.stringContaining('no credentials here') }]);
  });

  it('leaves out records that are none', async () => {
    const { events: found } = await lookUp(() => events({}, { CloudTrailEvent: '{' }, record()));
    expect(found).toHaveLength(1);
  });
});
