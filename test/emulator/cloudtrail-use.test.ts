import { GetUserCommand } from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import { createAwsSource } from '../../src/collect/aws-source.ts';
import { fakeTimer } from '../../src/collect/testing/collect-from.ts';
import { runningAccount } from './running-account.ts';

it('what somebody called is seen by the collector that looks events up', async () => {
  const account = await runningAccount(
    '{ users: [{ userName: alice, accessKeys: [{ accessKeyId: AKIA2345ABCDEFGHIJKL, createDate: 1d ago }] }] }',
  );
  await account.as('AKIA2345ABCDEFGHIJKL').iam.send(new GetUserCommand({}));
  const { endpoint: endpointUrl, credentials, clock } = account;
  const timer = fakeTimer();
  const source = createAwsSource({ endpointUrl, region: 'us-east-1', credentials, clock, cloudTrailDays: 1, timer });
  const collected = await source.collect({ phase: () => {}, step: () => {} });
  if (!collected.ok) throw new Error(collected.error.message);
  expect(collected.value.documents.cloudTrail).toEqual({
    from: '2026-01-31T12:00:00Z',
    to: '2026-01-31T12:00:00Z',
    principals: {
      'arn:aws:iam::123456789012:user/alice': [{ service: 'iam', action: 'GetUser', lastUsed: '2026-01-31T12:00:00Z' }],
    },
  });
  expect(collected.value.apiCalls.get('cloudtrail:LookupEvents')).toBeGreaterThan(0);
});
