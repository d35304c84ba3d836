import { describe, expect, test } from 'vitest';
import { keysByDecider } from './context-keys.ts';
import { allOf, anyOf, atomFormula, not } from './formula.ts';

const on = (key: string, value = 'x') =>
  atomFormula({ kind: 'condition', operator: 'StringEquals', key, values: [value], variables: false });

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
describe('AWS global condition context keys', () => {
  test.each([
    ['aws:PrincipalArn', 'principal'],
    ['AWS:principaltag/Team', 'principal'],
    ['aws:PrincipalOrgPaths', 'principal'],
    ['aws:RequestTag/team', 'author'],
    ['aws:TagKeys', 'author'],
    ['sts:ExternalId', 'author'],
    ['aws:SourceIp', 'surroundings'],
    ['aws:MultiFactorAuthPresent', 'surroundings'],
    ['aws:CurrentTime', 'surroundings'],
    ['aws:SourceArn', 'surroundings'],
    ['aws:ResourceTag/a/b', 'resource'],
  ] as const)('%s is decided by the %s', (key, decider) => {
    expect([...keysByDecider(on(key))]).toEqual([[decider, [key]]]);
  });

  test.each(['s3:prefix', 'aws:PrincipalTag', 'aws:SourceIp/x', '', '__proto__', 'constructor'])(
    '%s is none of them',
    (key) => {
      expect(keysByDecider(on(key)).size).toBe(0);
    },
  );
});

test('the keys of a formula stand under whoever decides them, each once', () => {
  const formula = allOf([
    on('aws:SourceVpc'),
    anyOf([not(on('aws:RequestTag/b')), on('aws:RequestTag/a'), on('AWS:SourceVpc', 'y'), on('s3:prefix')]),
  ]);
  const keys = keysByDecider(formula);
  expect(keys.get('author')).toEqual(['aws:RequestTag/a', 'aws:RequestTag/b']);
  expect(keys.get('surroundings')).toHaveLength(1);
  expect(keys.size).toBe(2);
});

test('a formula that hangs on the resource alone has no keys', () => {
  const home = atomFormula({ kind: 'resource', element: 'Resource', pattern: 'arn:aws:s3:::b/${aws:userid}' });
  expect(keysByDecider(anyOf([home, not(home)])).size).toBe(0);
  expect(keysByDecider(home).size).toBe(0);
});
