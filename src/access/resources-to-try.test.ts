import { describe, expect, it } from 'vitest';
import { requestedAction } from '../policy/compile-policy.ts';
import { serviceReference } from '../reference/service-reference.ts';
import { allow } from '../snapshot/testing/policy-builder.ts';
import { managedPolicy, snapshot, user } from '../snapshot/testing/snapshot-builder.ts';
import { createAccountAccess } from './account-access.ts';
import { resourcesToTry } from './resources-to-try.ts';

const reference = serviceReference();
const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:';
const tried = (parts: Parameters<typeof user>[1], managedPolicies = [managedPolicy('unused', allow('s3:*'))]) => {
  const alice = user('alice', parts);
  return resourcesToTry(createAccountAccess(snapshot({ users: [alice], managedPolicies }), reference), alice, {
    action: requestedAction(reference, 'lambda:CreateFunction'),
    pattern: `${FUNCTION}*`,
    preferred: `${FUNCTION}new`,
  });
};

describe('names of resources to try', () => {
  it('are the preferred one, and one for each pattern that grants', () => {
    const inlinePolicies = {
      p: allow('lambda:*', [`${FUNCTION}dev-*`, 'arn:aws:lambda:*:*:function:test']),
      q: allow('lambda:CreateFunction', 'arn:aws:lambda:eu-west-1:123456789012:function:x'),
      r: allow('lambda:Invoke*', `${FUNCTION}invoked`),
    };
    expect(tried({ inlinePolicies })).toEqual([`${FUNCTION}new`, `${FUNCTION}dev-`, `${FUNCTION}test`]);
  });

  it('come from what a boundary allows and a Deny leaves out, too', () => {
    const boundary = managedPolicy('boundary', allow('*', `${FUNCTION}bounded-*`));
    const inlinePolicies = {
      p: allow('*'),
      d: { Statement: { Effect: 'Deny', Action: '*', NotResource: `${FUNCTION}left-*` } },
    };
    expect(tried({ inlinePolicies, permissionsBoundary: boundary }, [boundary])).toEqual([
      `${FUNCTION}new`,
      `${FUNCTION}left-`,
      `${FUNCTION}bounded-`,
    ]);
  });

  it('have the values of variables in them', () => {
    const inlinePolicies = {
      p: { ...allow('lambda:*', `${FUNCTION}\${aws:username}-*`) },
    };
    expect(tried({ inlinePolicies })).toContain(`${FUNCTION}alice-`);
  });
});
