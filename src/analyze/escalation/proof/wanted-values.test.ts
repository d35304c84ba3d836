import { expect, it } from 'vitest';
import { allOf, anyOf, atomFormula, not, TRUE } from '../../../evaluate/formula.ts';
import { wantedValues } from './wanted-values.ts';

const atom = (operator: string, key: string, ...values: readonly string[]) =>
  atomFormula({ kind: 'condition', operator, key, values, variables: false });

it.each([
  ['nothing', TRUE, []],
  ['a value', atom('StringEquals', 'sts:ExternalId', 'a', 'b'), [['sts:ExternalId', 'a']]],
  ['a pattern', atom('StringLikeIfExists', 'sts:RoleSessionName', 'ci-*'), [['sts:RoleSessionName', 'ci-vigil']]],
  ['a network', atom('IpAddress', 'aws:SourceIp', '10.0.0.0/8'), [['aws:SourceIp', '10.0.0.0']]],
  ['whatever there is', atom('Null', 'sts:SourceIdentity', 'false'), [['sts:SourceIdentity', 'vigil']]],
  ['what must not be', not(atom('StringEquals', 'a:b', 'c')), []],
  ['an operator that no value fulfils plainly', atom('DateLessThan', 'aws:CurrentTime', '2020-01-01T00:00:00Z'), []],
  [
    'all of several',
    allOf([atom('StringEquals', 'a:b', '1'), atom('Bool', 'a:c', 'true')]),
    [
      ['a:b', '1'],
      ['a:c', 'true'],
    ],
  ],
  ['one of several', anyOf([atom('DateLessThan', 'a:b', '1'), atom('StringEquals', 'a:c', '2')]), [['a:c', '2']]],
])('finds values that fulfil %s', (_title, formula, expected) => {
  expect([...wantedValues(formula)]).toEqual(expected);
});
