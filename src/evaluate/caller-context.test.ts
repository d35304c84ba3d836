import { describe, expect, test } from 'vitest';
import { type Caller, parseCaller } from '../iam/caller.ts';
import { callerContext } from './caller-context.ts';

const contextOf = (kind: Caller['kind'], name: string) => {
  const caller = parseCaller(kind, name);
  if (!caller.ok) throw new Error(caller.error);
  return callerContext(caller.value);
};

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html, "Principal key values", and
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
describe('the condition keys that follow from the caller', () => {
  test.each([
    ['root', 'arn:aws:iam::111122223333:root', 'arn:aws:iam::111122223333:root', 'Account', null],
    ['user', 'arn:aws:iam::111122223333:user/team/alice', 'arn:aws:iam::111122223333:user/team/alice', 'User', 'alice'],
    [
      'role',
      'arn:aws:iam::111122223333:role/ci/deploy',
      'arn:aws:iam::111122223333:role/ci/deploy',
      'AssumedRole',
      null,
    ],
    // Of a session AWS names the role.
    [
      'assumedRole',
      'arn:aws-cn:sts::111122223333:assumed-role/deploy/run-7',
      'arn:aws-cn:iam::111122223333:role/deploy',
      'AssumedRole',
      null,
    ],
    [
      'federatedUser',
      'arn:aws:sts::111122223333:federated-user/alice',
      'arn:aws:sts::111122223333:federated-user/alice',
      'FederatedUser',
      null,
    ],
  ] as const)('of a %s in an account', (kind, name, arn, type, username) => {
    expect(contextOf(kind, name)).toEqual({
      'aws:PrincipalArn': arn,
      'aws:PrincipalAccount': '111122223333',
      'aws:PrincipalType': type,
      'aws:username': username,
    });
  });

  test('a session has the path of its role where that is known', () => {
    const arn = 'arn:aws:sts::111122223333:assumed-role/deploy/run-7';
    const roleArn = 'arn:aws:iam::111122223333:role/ci/deploy';
    const context = callerContext({ kind: 'assumedRole', arn, account: '111122223333', roleArn });
    expect(context['aws:PrincipalArn']).toBe(roleArn);
  });

  test.each([
    ['anonymous', '*', 'Anonymous'],
    ['service', 'ec2.amazonaws.com', null],
    ['federated', 'accounts.google.com', null],
  ] as const)('of a caller that is %s, who has no account', (kind, name, type) => {
    expect(contextOf(kind, name)).toEqual({
      'aws:PrincipalArn': null,
      'aws:PrincipalAccount': null,
      'aws:PrincipalType': type,
      'aws:username': null,
    });
  });
});
