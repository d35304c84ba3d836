import { describe, expect, test } from 'vitest';
import { decideConditions } from './decide-conditions.ts';
import { allOf, anyOf, atomFormula, FALSE, type Formula, not, TRUE } from './formula.ts';

const on = (key: string): Formula =>
  atomFormula({ kind: 'condition', operator: 'Bool', key, values: ['true'], variables: false });
const mfa = on('aws:MultiFactorAuthPresent');
const tls = on('aws:SecureTransport');
const home = atomFormula({ kind: 'resource', element: 'Resource', pattern: 'arn:aws:s3:::b/${aws:userid}' });

describe('a formula of which one condition becomes known', () => {
  test.each<[string, Formula, boolean, Formula]>([
    ['holds where that is all of it', mfa, true, TRUE],
    ['fails where its opposite is all of it', not(mfa), true, FALSE],
    ['hangs on what else it asks for', allOf([mfa, tls]), true, tls],
    ['fails where it asks for it', allOf([mfa, tls]), false, FALSE],
    ['hangs on the other way', anyOf([not(mfa), tls]), true, tls],
    ['holds where it is one way', anyOf([mfa, tls]), true, TRUE],
    ['is looked at inside', allOf([home, anyOf([mfa, tls])]), false, allOf([home, tls])],
    ['always held', TRUE, false, TRUE],
    ['never held', FALSE, true, FALSE],
  ])('%s: %#', (_title, formula, known, expected) => {
    const decided = decideConditions(formula, ({ key }) => (key === 'aws:MultiFactorAuthPresent' ? known : null));
    expect(decided).toEqual(expected);
  });

  test('what it asks of the resource is no condition', () => {
    expect(decideConditions(anyOf([home, mfa]), () => false)).toEqual(home);
  });
});
