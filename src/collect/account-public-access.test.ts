import { IAMClient } from '@aws-sdk/client-iam';
import { S3ControlClient } from '@aws-sdk/client-s3-control';
import nock from 'nock';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { at } from '../snapshot/testing/collected-builder.ts';
import type { Connect } from './aws/clients.ts';
import { createReader } from './aws/reader.ts';
import { readAccountBlock } from './aws/resources/account-public-access.ts';
import type { ServiceScope } from './aws/service-scope.ts';
import { noProgress } from './testing/collect-from.ts';

beforeEach(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());

const CONFIG = { region: 'eu-west-1', credentials: { accessKeyId: 'AKIA', secretAccessKey: 'x' }, maxAttempts: 1 };
const HOST = 'https://111122223333.s3-control.eu-west-1.amazonaws.com';
const SETTINGS = `<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>false</IgnorePublicAcls>
  <BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>`;

const read = async (answer: readonly [status: number, body: string], hasOwnEndpoint = false) => {
  nock(HOST)
    .get('/v20180820/configuration/publicAccessBlock')
    .reply(...answer);
  const reader = createReader(new IAMClient(CONFIG), { now: () => at('2026-01-01T00:00:00Z') }, noProgress, 1);
  const scope: ServiceScope = {
    reader,
    connect: (() => new S3ControlClient(CONFIG)) as unknown as Connect,
    progress: noProgress,
    homeRegion: 'eu-west-1',
    regions: [],
    accountId: '111122223333',
    partition: 'aws',
    hasOwnEndpoint,
  };
  return { block: await readAccountBlock(scope), gaps: reader.gaps() };
};

it('tells the settings of the account, at the host that is named after it', async () => {
  expect(await read([200, SETTINGS])).toEqual({
    block: { BlockPublicAcls: true, IgnorePublicAcls: false, BlockPublicPolicy: true, RestrictPublicBuckets: true },
    gaps: [],
  });
});

it('tells none where the account has set none', async () => {
  const error = '<Error><Code>NoSuchPublicAccessBlockConfiguration</Code><Message>none</Message></Error>';
  expect(await read([404, error])).toEqual({ block: {}, gaps: [] });
});

it('is a gap where it is refused', async () => {
  const { block, gaps } = await read([403, '<Error><Code>AccessDenied</Code><Message>no</Message></Error>']);
  expect(block).toBeNull();
  expect(gaps).toMatchObject([{ source: 'resources', action: 's3control:GetPublicAccessBlock', reason: 'denied' }]);
});

it('is not asked of an endpoint that was given, which has no such host', async () => {
  expect(await read([500, ''], true)).toEqual({ block: {}, gaps: [] });
});
