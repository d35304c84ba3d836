import { expect, test } from 'vitest';
import { hasBit } from './bitset.ts';
import { loadServiceReference } from './service-reference.ts';

const reference = await loadServiceReference();

test('the reference is loaded once', async () => {
  expect(await loadServiceReference()).toBe(reference);
});

test('the reference says which day it was made', () => {
  expect(reference.dataDate).toMatch(/^20\d\d-\d\d-\d\d$/);
});

test('it knows more than twenty thousand actions', () => {
  expect(reference.names.length).toBeGreaterThan(20_000);
});

test('an action is described with its level, resource types and condition keys', () => {
  const passRole = reference.describeAction('iam:passrole');
  expect(passRole).toMatchObject({ name: 'iam:PassRole', accessLevel: 'Write' });
  expect(passRole?.conditionKeys).toContain('iam:PassedToService');
  expect(passRole?.resourceTypes).toEqual([
    {
      name: 'role',
      required: true,
      arnPattern: 'arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}',
      conditionKeys: [],
    },
  ]);
});

test.each([
  ['s3:ListAllMyBuckets', 'List'],
  ['s3:GetObject', 'Read'],
  ['s3:PutObject', 'Write'],
  ['iam:AttachUserPolicy', 'Permissions management'],
  ['iam:TagUser', 'Tagging'],
])('the access level of %s is %s', (action, level) => {
  expect(reference.describeAction(action)?.accessLevel).toBe(level);
});

test('a type whose ARNs have several forms comes once a form', () => {
  const deployments = reference
    .describeAction('apigateway:POST')
    ?.resourceTypes.filter(({ name }) => name === 'Deployments');
  expect(deployments?.map(({ arnPattern }) => arnPattern)).toEqual([
    'arn:${Partition}:apigateway:${Region}::/apis/${ApiId}/deployments',
    'arn:${Partition}:apigateway:${Region}::/restapis/${RestApiId}/deployments',
  ]);
});

test('an action without resources has no resource types', () => {
  expect(reference.describeAction('s3:ListAllMyBuckets')?.resourceTypes).toEqual([]);
});

test.each(['iam:Nope', 'nope:Nope', '__proto__:constructor', ''])('nothing is said of `%s`', (action) => {
  expect(reference.describeAction(action)).toBeNull();
});

test('every action is matched by its own name and by its service', () => {
  for (const name of ['ec2:RunInstances', 'vpc-lattice:AssociateViaAWSService-EventsAndStates']) {
    const position = reference.positionOf(name) ?? -1;
    expect(hasBit(reference.matchActions([name.toUpperCase()]), position)).toBe(true);
    expect(hasBit(reference.matchActions([`${name.split(':')[0]}:*`]), position)).toBe(true);
  }
});
