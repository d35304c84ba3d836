import { describe, expect, test } from 'vitest';
import { findContextKey, keysByDecider } from './context-keys.ts';
import { allOf, anyOf, atomFormula, not } from './formula.ts';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
describe('AWS global condition context keys', () => {
  test.each([
    ['aws:PrincipalArn', 'principal', 'arn', false],
    ['AWS:principaltag/Team', 'principal', 'string', false],
    ['aws:PrincipalOrgPaths', 'principal', 'string', true],
    ['aws:RequestTag/team', 'author', 'string', false],
    ['aws:TagKeys', 'author', 'string', true],
    ['sts:ExternalId', 'author', 'string', false],
    ['aws:SourceIp', 'surroundings', 'ip', false],
    ['aws:MultiFactorAuthPresent', 'surroundings', 'bool', false],
    ['aws:MultiFactorAuthAge', 'surroundings', 'numeric', false],
    ['aws:CurrentTime', 'surroundings', 'date', false],
    ['aws:SourceArn', 'surroundings', 'arn', false],
    ['aws:CalledVia', 'surroundings', 'string', true],
    ['aws:ResourceTag/a/b', 'resource', 'string', false],
  ] as const)('%s: %s, %s', (key, decidedBy, type, multivalued) => {
    expect(findContextKey(key)).toEqual({ decidedBy, type, multivalued });
  });

  test.each(['s3:prefix', 'aws:PrincipalTag', 'aws:SourceIp/x', '', '__proto__', 'constructor'])(
    '%s is none of them',
    (key) => {
      expect(findContextKey(key)).toBeNull();
    },
  );
});

test('the keys of a formula stand under whoever decides them, each once', () => {
  const on = (key: string, value = 'x') =>
    atomFormula({ kind: 'condition', operator: 'StringEquals', key, values: [value], variables: false });
  const formula = allOf([
    on('aws:SourceVpc'),
    anyOf([not(on('aws:RequestTag/b')), on('aws:RequestTag/a'), on('AWS:SourceVpc', 'y'), on('s3:prefix')]),
  ]);
  const keys = keysByDecider(formula);
  expect(keys.get('author')).toEqual(['aws:RequestTag/a', 'aws:RequestTag/b']);
  expect(keys.get('surroundings')).toHaveLength(1);
  expect(keys.size).toBe(2);
});
