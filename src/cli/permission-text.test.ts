import { expect, test } from 'vitest';
import { createAccountAccess } from '../access/account-access.ts';
import { servicesOf } from '../access/permission-services.ts';
import { whatCan } from '../access/what-can.ts';
import { loadServiceReference } from '../reference/service-reference.ts';
import type { ServiceLastAccessed } from '../snapshot/last-accessed.ts';
import { at } from '../snapshot/testing/collected-builder.ts';
import { allow } from '../snapshot/testing/policy-builder.ts';
import { snapshot, user } from '../snapshot/testing/snapshot-builder.ts';
import { permissionLines } from './permission-text.ts';

const reference = await loadServiceReference();
const USED = at('2026-02-03T04:05:06Z');
const lastUse = [
  { service: 's3', lastAuthenticated: USED, actions: [] },
  { service: 'sqs', lastAuthenticated: null, actions: [] },
];

const told = (actions: string | readonly string[], used: readonly ServiceLastAccessed[] = lastUse) => {
  const alice = user('alice', { inlinePolicies: { p: allow(actions) } });
  const access = createAccountAccess(snapshot({ users: [alice], passwordPolicy: null }), reference);
  const { permissions } = whatCan(alice, access, reference, { service: null, context: {} });
  return permissions.map((permission) => ({
    permission,
    services: servicesOf(permission, { reference, lastUse: used }),
  }));
};

test('the actions of each service are counted by access level, and told with its last use', () => {
  const [only] = told(['s3:GetObject', 's3:PutObject', 's3:ListBucket', 'sqs:SendMessage', 'sns:Publish']);
  expect(only?.services).toEqual([
    { service: 's3', levels: { List: 1, Read: 1, Write: 1 }, lastUsed: USED },
    { service: 'sns', levels: { Write: 1 } },
    { service: 'sqs', levels: { Write: 1 }, lastUsed: null },
  ]);
});

test('people are told since when a service was not used', () => {
  const lines = told(['s3:GetObject', 'sqs:SendMessage', 'sns:Publish']).flatMap((each) => permissionLines(each, 400));
  expect(lines.slice(2)).toEqual([
    '      s3:GetObject  (1 Read, last used 2026-02-03)',
    '      sns:Publish  (1 Write)',
    '      sqs:SendMessage  (1 Write, not used in the 400 days that AWS keeps track of)',
  ]);
});

test('of every action only the services that were used are told', () => {
  expect(
    told('*')
      .flatMap((each) => permissionLines(each, 400))
      .slice(2),
  ).toEqual(['      every action', '      last used: s3 2026-02-03']);
  expect(
    told('*', [])
      .flatMap((each) => permissionLines(each, 400))
      .slice(2),
  ).toEqual(['      every action']);
});

test('nothing is said of the use of iam:PassRole, of which IAM never tells', () => {
  const used = [{ service: 'iam', lastAuthenticated: null, actions: [] }];
  const lines = told(['iam:GetRole', 'iam:PassRole'], used).flatMap((each) => permissionLines(each, 400));
  expect(lines.slice(2)).toEqual([
    '      iam:GetRole, iam:PassRole  (1 Read, 1 Write, not used in the 400 days that AWS keeps track of but for iam:PassRole, of which AWS does not tell)',
  ]);
  const alone = told('iam:PassRole', [{ service: 'iam', lastAuthenticated: USED, actions: [] }]);
  expect(alone.flatMap((each) => permissionLines(each, 400)).slice(2)).toEqual(['      iam:PassRole  (1 Write)']);
});

test('where IAM tells of each of the actions, their last use counts and not that of the service', () => {
  const actions = [{ action: 'DeleteQueue', lastAccessed: null }];
  const used = [{ service: 'sqs', lastAuthenticated: USED, actions }];
  expect(told('sqs:DeleteQueue', used)[0]?.services).toMatchObject([{ service: 'sqs', lastUsed: null }]);
  expect(told(['sqs:DeleteQueue', 'sqs:SendMessage'], used)[0]?.services).toMatchObject([{ lastUsed: USED }]);
});

test('of a principal that is younger than what IAM keeps track of, its age is told', () => {
  const lines = told('sqs:SendMessage').flatMap((each) => permissionLines(each, 12));
  expect(lines.at(-1)).toBe('      sqs:SendMessage  (1 Write, not used in the 12 days since it was made)');
});
