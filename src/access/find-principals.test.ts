import { expect, it } from 'vitest';
import { role, snapshot, user } from '../snapshot/testing/snapshot-builder.ts';
import { findPrincipals } from './find-principals.ts';

const alice = user('alice', { path: '/staff/' });
const deployUser = user('deploy');
const deployRole = role('deploy');
const account = snapshot({ users: [alice, deployUser], roles: [deployRole] });

it.each([
  ['alice', [alice]],
  ['Alice', [alice]],
  ['user/alice', [alice]],
  ['user/staff/alice', [alice]],
  [alice.arn, [alice]],
  ['role/alice', []],
  ['deploy', [deployUser, deployRole]],
  ['role/deploy', [deployRole]],
  ['root', [account.root]],
  [account.root.arn, [account.root]],
  ['', []],
  ['__proto__', []],
])('finds whom `%s` means', (text, expected) => {
  expect(findPrincipals(account, text)).toEqual(expected);
});
