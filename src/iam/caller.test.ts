import { describe, expect, test } from 'vitest';
import { friendlyName } from './arn.ts';
import { type Caller, parseCaller, sessionNames, signedCaller } from './caller.ts';

describe('a caller', () => {
  test.each<[Caller['kind'], string, string | null]>([
    ['user', 'arn:aws:iam::111122223333:user/a/b/alice', '111122223333'],
    ['role', 'arn:aws-cn:iam::111122223333:role/deploy', '111122223333'],
    ['assumedRole', 'arn:aws:sts::111122223333:assumed-role/deploy/s', '111122223333'],
    ['federatedUser', 'arn:aws:sts::111122223333:federated-user/alice', '111122223333'],
    ['root', 'arn:aws:iam::111122223333:root', '111122223333'],
    ['service', 'ec2.amazonaws.com', null],
    ['federated', 'accounts.google.com', null],
    ['anonymous', '*', null],
  ])('%s `%s`', (kind, name, account) => {
    const caller = parseCaller(kind, name);
    expect(caller.ok && [caller.value.kind, signedCaller(caller.value)?.account ?? null]).toEqual([kind, account]);
  });

  test.each<[Caller['kind'], string]>([
    ['user', 'arn:aws:iam::111122223333:role/deploy'],
    ['user', 'arn:aws:iam::1111:user/alice'],
    ['role', 'arn:aws:sts::111122223333:assumed-role/deploy/s'],
    ['assumedRole', 'arn:aws:iam::111122223333:role/deploy'],
    ['assumedRole', 'arn:aws:sts::111122223333:assumed-role/deploy'],
    ['root', 'arn:aws:iam::111122223333:user/root'],
    ['service', ''],
    ['federated', ''],
    ['anonymous', 'arn:aws:iam::111122223333:root'],
  ])('of type %s is not `%s`', (kind, name) => expect(parseCaller(kind, name).ok).toBe(false));
});

test('a session tells its role and its name', () => {
  const arn = 'arn:aws:sts::111122223333:assumed-role/deploy/me@example.com';
  expect(sessionNames({ arn, account: '111122223333' })).toEqual({ role: 'deploy', session: 'me@example.com' });
  expect(friendlyName('arn:aws:iam::111122223333:role/ci/deploy')).toBe('deploy');
});
