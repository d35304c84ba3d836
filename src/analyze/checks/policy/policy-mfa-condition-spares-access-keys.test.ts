import { managedPolicy, snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { policyMfaConditionSparesAccessKeys } from './policy-mfa-condition-spares-access-keys.ts';

const when = (Effect: string, Condition: Readonly<Record<string, unknown>>) => ({
  Effect,
  Action: 'ec2:*',
  Resource: '*',
  Condition,
});
const mfa = (value: string) => ({ 'aws:MultiFactorAuthPresent': value });
const having = (...statements: readonly Readonly<Record<string, unknown>>[]) =>
  snapshot({ managedPolicies: [managedPolicy('mfa', { Version: '2012-10-17', Statement: statements })] });

describeCheck(policyMfaConditionSparesAccessKeys, '2026-01-01T00:00:00Z', {
  fail: [
    [
      'an Allow that asks only where the key is there',
      having(when('Allow', { BoolIfExists: mfa('true') })),
      { texts: ['BoolIfExists'] },
    ],
    ['a Deny that asks for the key to be there', having(when('Deny', { Bool: mfa('false') })), { texts: ['Bool'] }],
  ],
  pass: [
    ['an Allow that asks for MFA', having(when('Allow', { Bool: mfa('true') }))],
    ['a Deny without MFA, or without the key', having(when('Deny', { BoolIfExists: mfa('false') }))],
    [
      'two Denies, one of them without the key',
      having(when('Deny', { Bool: mfa('false') }), when('Deny', { Null: mfa('true') })),
    ],
    ['no condition', having(when('Allow', {}))],
    ['an Allow of what needs no MFA', having(when('Allow', { BoolIfExists: mfa('false') }))],
  ],
  unknown: [
    ['a policy that cannot be read', snapshot({ managedPolicies: [managedPolicy('garbled', '{"Statement": [')] })],
  ],
});
