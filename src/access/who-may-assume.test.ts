import { expect, test } from 'vitest';
import { loadServiceReference } from '../reference/service-reference.ts';
import { allow } from '../snapshot/testing/policy-builder.ts';
import { role, snapshot, user } from '../snapshot/testing/snapshot-builder.ts';
import { createAccountAccess } from './account-access.ts';
import { outsiderName } from './outsider.ts';
import { whoMayAssume } from './who-may-assume.ts';

const reference = await loadServiceReference();
const GITHUB = 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com';
const statement = (action: string, principal: unknown, condition?: unknown) => ({
  Effect: 'Allow',
  Principal: principal,
  Action: action,
  ...(condition === undefined ? {} : { Condition: condition }),
});

// IAM User Guide: "Policy evaluation logic", "Cross-account policy evaluation logic" and "Creating OpenID Connect providers".
test('a role is assumed by whom it trusts and who may ask for it, inside the account and outside of it', () => {
  const named = user('named');
  const asking = user('asking', { inlinePolicies: { p: allow('sts:AssumeRole') } });
  const trusting = role('trusting', {
    trustPolicy: {
      Version: '2012-10-17',
      Statement: [
        statement('sts:AssumeRole', { AWS: [named.arn, '111122223333'], Service: 'lambda.amazonaws.com' }),
        statement('sts:AssumeRoleWithWebIdentity', { Federated: GITHUB }),
        statement('sts:AssumeRole', { AWS: '444455556666' }, { StringEquals: { 'sts:ExternalId': 'x' } }),
      ],
    },
  });
  const account = snapshot({ users: [named, asking, user('silent')], roles: [trusting] });
  const { principals, outsiders } = whoMayAssume(createAccountAccess(account, reference), { role: trusting });
  expect(principals.map(({ principal, decision }) => [principal.arn, decision.kind])).toEqual([[named.arn, 'allowed']]);
  expect(outsiders.map(({ outsider, decision, action }) => [outsiderName(outsider), decision.kind, action])).toEqual([
    ['111122223333', 'allowed', 'sts:AssumeRole'],
    ['444455556666', 'allowedIf', 'sts:AssumeRole'],
    ['lambda.amazonaws.com', 'allowed', 'sts:AssumeRole'],
    [GITHUB, 'allowed', 'sts:AssumeRoleWithWebIdentity'],
  ]);
});
