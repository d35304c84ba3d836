import { expect, it } from 'vitest';
import { at } from '../../snapshot/testing/collected-builder.ts';
import { openWriteLog } from './write-log.ts';

it('a log of changes that is full says so', async () => {
  const log = openWriteLog(2);
  for (const id of ['1', '2', '3', '4']) {
    log.add(
      JSON.stringify({
        eventID: id,
        eventTime: '2026-01-01T00:00:00Z',
        eventSource: 'iam.amazonaws.com',
        eventName: 'CreateUser',
        recipientAccountId: '123456789012',
        userIdentity: { arn: 'arn:aws:iam::123456789012:user/bob' },
      }),
    );
  }
  log.add('{"eventName":"ListUsers"}');
  log.add('{"eventName":"CreateUser"');
  const { events, gaps } = await log.writes({
    accountId: '123456789012',
    partition: 'aws',
    from: at('2026-01-01T00:00:00Z'),
    to: at('2026-01-02T00:00:00Z'),
    requests: [{ request: 'iam:CreateUser', region: null }],
  });
  expect(events.map(({ id }) => id)).toEqual(['1', '2']);
  expect(gaps).toEqual([
    {
      reason: 'skipped',
      detail: 'of the CloudTrail files 2 requests that change something were left aside: there are too many',
    },
  ]);
});
