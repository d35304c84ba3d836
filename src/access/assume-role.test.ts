import { expect, test } from 'vitest';
import { loadServiceReference } from '../reference/service-reference.ts';
import { allow, trusts } from '../snapshot/testing/policy-builder.ts';
import { role, snapshot, user } from '../snapshot/testing/snapshot-builder.ts';
import { createAccountAccess } from './account-access.ts';

const reference = await loadServiceReference();

const mayAssume = user('may-assume', { inlinePolicies: { p: allow('sts:AssumeRole') } });
const silent = user('silent');
const ofAccount = role('of-account', { trustPolicy: trusts({ AWS: 'arn:aws:iam::123456789012:root' }) });
const ofSilent = role('of-silent', { trustPolicy: trusts({ AWS: silent.arn }) });
const ofLambda = role('of-lambda', { trustPolicy: trusts({ Service: 'lambda.amazonaws.com' }) });
const account = snapshot({ users: [mayAssume, silent], roles: [ofAccount, ofSilent, ofLambda] });
const access = createAccountAccess(account, reference);

// IAM User Guide, "Policy evaluation logic" and "AWS JSON policy elements: Principal".
test.each([
  ['the account trusted, and an Allow', mayAssume, ofAccount, 'allowed'],
  ['the account trusted, and no Allow', silent, ofAccount, 'implicitDeny'],
  ['the user trusted by name, and no Allow', silent, ofSilent, 'allowed'],
  ['another user trusted, and an Allow', mayAssume, ofSilent, 'implicitDeny'],
  ['a service trusted, and an Allow', mayAssume, ofLambda, 'implicitDeny'],
])('a user and a role: %s', (_, principal, target, kind) => {
  expect(access.canPerform(principal, 'sts:AssumeRole', target.arn).kind).toBe(kind);
});

test('the trust policy is named as what grants', () => {
  expect(access.canPerform(silent, 'sts:AssumeRole', ofSilent.arn)).toMatchObject({
    grantedBy: [{ policy: `${ofSilent.arn}#trust`, statement: 0 }],
  });
});

test('to pass a role needs no leave of its trust policy', () => {
  const passer = user('passer', { inlinePolicies: { p: allow('iam:PassRole') } });
  expect(access.canPerform(passer, 'iam:PassRole', ofLambda.arn).kind).toBe('allowed');
});
