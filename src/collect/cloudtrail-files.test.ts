import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../kernel/result.ts';
import type { AccountSource } from '../ports/account-source.ts';
import type { ActivityQuestion, ActivitySource } from '../ports/activity-source.ts';
import { loadServiceReference } from '../reference/service-reference.ts';
import { at } from '../snapshot/testing/collected-builder.ts';
import { documents } from '../snapshot/testing/documents-builder.ts';
import { withCloudTrail } from './cloudtrail-files.ts';
import { noProgress } from './testing/collect-from.ts';

const ANN = 'arn:aws:iam::123456789012:user/ann';
const BOB = 'arn:aws:iam::444455556666:user/bob';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-cloudtrail-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const event = (eventName: string, parts: Readonly<Record<string, unknown>> = {}) => ({
  eventTime: '2026-01-01T00:00:00Z',
  eventSource: 'sqs.amazonaws.com',
  eventName,
  userIdentity: { type: 'IAMUser', arn: ANN },
  ...parts,
});

const log = (...Records: unknown[]): string => JSON.stringify({ Records });

const save = (path: string, content: string | Uint8Array): string => {
  const file = join(directory, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
};

const read = (...paths: string[]) => readWith({}, ...(paths.length === 0 ? [directory] : paths));

const readWith = async (known: Parameters<typeof documents>[0], ...paths: string[]) => {
  const account: AccountSource = { collect: async () => ok({ documents: documents(known), apiCalls: new Map() }) };
  const sources = await withCloudTrail([account], paths, {
    reference: await loadServiceReference(),
    progress: noProgress,
  });
  if (!sources.ok) return { error: sources.error };
  const collected = await sources.value[0]?.collect(noProgress);
  if (collected?.ok !== true) throw new Error('not collected');
  const { cloudTrail, account: about } = collected.value.documents;
  return { cloudTrail, gaps: about.gaps.map(({ detail }) => detail.replace(`${directory}/`, '')), about };
};

describe('log files of CloudTrail', () => {
  it('are read as S3 holds them, packed or not, without the digests beside them', async () => {
    const day = 'AWSLogs/123456789012/CloudTrail/eu-central-1/2026/01/01';
    const later = {
      eventTime: '2026-01-02T00:00:00Z',
      resources: [{ ARN: 'arn:aws:sqs:eu-central-1:123456789012:q' }],
    };
    save(`${day}/one.json.gz`, gzipSync(log(event('CreateQueue', later), event('DeleteQueue'))));
    save(`${day}/two.json`, log(event('CreateQueue'), event('Frobnicate')));
    save('AWSLogs/123456789012/CloudTrail-Digest/one.json.gz', 'no log');
    save('AWSLogs/notes.txt', 'no log');
    symlinkSync(directory, join(directory, 'around.json'));
    const { cloudTrail, gaps, about } = await read();
    expect(cloudTrail).toEqual({
      from: '2026-01-01T00:00:00Z',
      to: '2026-01-02T00:00:00Z',
      principals: {
        [ANN]: [
          { service: 'sqs', lastUsed: '2026-01-01T00:00:00Z' },
          {
            service: 'sqs',
            action: 'CreateQueue',
            lastUsed: '2026-01-02T00:00:00Z',
            resources: ['arn:aws:sqs:eu-central-1:123456789012:q'],
          },
          { service: 'sqs', action: 'DeleteQueue', lastUsed: '2026-01-01T00:00:00Z' },
        ],
      },
    });
    expect(gaps).toEqual([]);
    expect(about?.sources.map(({ name }) => name)).toContain('cloudtrail');
  });

  it('of an organization count for the account whose principal each event names', async () => {
    save('all.json', log(event('CreateQueue', { userIdentity: { type: 'IAMUser', arn: BOB } })));
    const { cloudTrail, gaps } = await read();
    expect(cloudTrail).toBeUndefined();
    expect(gaps).toEqual(['the CloudTrail files show no call that a user or role of the account made']);
  });

  it('name what cannot be read of them, and the rest counts', async () => {
    const packed = gzipSync(log(...Array.from({ length: 500 }, (_, index) => event(`Call${index}`, { index }))));
    save('a.json', log(event('CreateQueue'), 'text', { eventName: 7 }));
    save('b.json', log(event('DeleteQueue')).slice(0, -10));
    save('c.json.gz', packed.subarray(0, packed.length - 200));
    save('d.json.gz', 'no gzip');
    save('e.json', Uint8Array.from([0xff, 0, 0x7b, 0xfe]));
    const { cloudTrail, gaps } = await read();
    expect(cloudTrail?.principals[ANN]).toContainEqual(expect.objectContaining({ action: 'CreateQueue' }));
    expect(gaps).toEqual([
      'b.json: breaks off in the midst of an event',
      expect.stringContaining('c.json.gz: cannot be read (unexpected end of file)'),
      expect.stringContaining('d.json.gz: cannot be read (incorrect header check)'),
      'e.json: breaks off in the midst of an event',
      expect.stringMatching(/^1 of \d+ events cannot be read$/),
    ]);
  });

  it('add to what was read of CloudTrail before', async () => {
    save('a.json', log(event('CreateQueue', { eventTime: '2026-01-03T00:00:00Z' })));
    const before = {
      from: '2025-12-01T00:00:00Z',
      to: '2026-01-02T00:00:00Z',
      principals: {
        [ANN]: [
          { service: 'sqs', action: 'CreateQueue', lastUsed: '2026-01-02T00:00:00Z', moreResources: true },
          { service: 's3', lastUsed: '2026-01-01T00:00:00Z' },
        ],
      },
    };
    const { cloudTrail } = await readWith({ cloudTrail: before }, directory);
    expect(cloudTrail).toEqual({
      from: '2025-12-01T00:00:00Z',
      to: '2026-01-03T00:00:00Z',
      principals: {
        [ANN]: [
          { service: 's3', lastUsed: '2026-01-01T00:00:00Z' },
          { service: 'sqs', action: 'CreateQueue', lastUsed: '2026-01-03T00:00:00Z', moreResources: true },
        ],
      },
    });
  });

  it('keep twenty resources of an action, and say that there were more', async () => {
    const on = (index: number) => event('SendMessage', { resources: [{ ARN: `arn:aws:sqs:::q${index}` }] });
    save('a.json', log(...Array.from({ length: 25 }, (_, index) => on(index))));
    const { cloudTrail } = await read();
    const [use] = cloudTrail?.principals[ANN] ?? [];
    expect([use?.resources?.length, use?.moreResources]).toEqual([20, true]);
  });

  it('must exist and hold events', async () => {
    expect(await read(join(directory, 'absent'))).toMatchObject({ error: { kind: 'input' } });
    save('details.json', JSON.stringify({ UserDetailList: [] }));
    expect(await read()).toMatchObject({ error: { kind: 'input' } });
    rmSync(join(directory, 'details.json'));
    const nothing = await read();
    expect(nothing.error?.message).toContain('holds no CloudTrail events');
  });
});

describe('who changed what, by log files', () => {
  const attached = (parts: Readonly<Record<string, unknown>> = {}) =>
    event('AttachUserPolicy', {
      eventSource: 'iam.amazonaws.com',
      eventID: 'e1',
      recipientAccountId: '123456789012',
      requestParameters: { userName: 'bob', policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
      ...parts,
    });
  const question: ActivityQuestion = {
    accountId: '123456789012',
    partition: 'aws',
    from: at('2026-01-01T00:00:00Z'),
    to: at('2026-01-01T12:00:00Z'),
    requests: [
      { request: 'iam:AttachUserPolicy', region: null },
      { request: 'organizations:AttachPolicy', region: null },
    ],
  };

  const lookUp = async (activity?: ActivitySource) => {
    const account: AccountSource = {
      collect: async () => ok({ documents: documents({}), apiCalls: new Map() }),
      activity,
    };
    const reference = await loadServiceReference();
    const sources = await withCloudTrail([account], [directory], { reference, progress: noProgress });
    if (!sources.ok) throw new Error(sources.error.message);
    return sources.value[0]?.activity?.writes(question);
  };

  it('are the requests asked for, of the account and the time', async () => {
    save(
      'log.json.gz',
      gzipSync(
        log(
          attached(),
          attached({ eventID: 'e2', recipientAccountId: '444455556666' }),
          attached({ eventID: 'e3', eventTime: '2025-12-31T23:59:59Z' }),
          attached({ eventID: 'e4', eventTime: '2026-01-01T12:00:01Z' }),
          attached({ eventID: 'e5', errorCode: 'AccessDenied' }),
          attached({ eventID: 'e6', eventName: 'DetachUserPolicy' }),
          // What happens in an organization is among the events of its management account.
          attached({
            eventID: 'e7',
            eventSource: 'organizations.amazonaws.com',
            eventName: 'AttachPolicy',
            recipientAccountId: '444455556666',
          }),
        ),
      ),
    );
    const activity = await lookUp();
    expect(activity?.events.map(({ id }) => id)).toEqual(['e1', 'e7']);
    expect(activity?.gaps).toEqual([]);
  });

  it('are read from saved answers of LookupEvents', async () => {
    save('events.json', JSON.stringify({ Events: [{ EventId: 'e1', CloudTrailEvent: JSON.stringify(attached()) }] }));
    expect((await lookUp())?.events.map(({ actor }) => actor.arn)).toEqual([ANN]);
  });

  it('come beside those that can be looked up', async () => {
    save('log.json', log(attached()));
    const live: ActivitySource = {
      writes: async () => ({ events: [], gaps: [{ reason: 'denied', detail: 'no' }] }),
    };
    const activity = await lookUp(live);
    expect(activity?.events).toHaveLength(1);
    expect(activity?.gaps).toEqual([{ reason: 'denied', detail: 'no' }]);
  });
});
