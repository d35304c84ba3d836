import { beforeAll, describe, expect, it } from 'vitest';
import { type AccountAccess, createAccountAccess } from '../../access/account-access.ts';
import { loadServiceReference, type ServiceReference } from '../../reference/service-reference.ts';
import { at, TEST_TIME } from '../../snapshot/testing/collected-builder.ts';
import { trusts } from '../../snapshot/testing/policy-builder.ts';
import { role, snapshot, user } from '../../snapshot/testing/snapshot-builder.ts';
import { entriesOf } from './entries.ts';

let reference: ServiceReference;

beforeAll(async () => {
  reference = await loadServiceReference();
});

const accessTo = (trustPolicy: unknown): { readonly access: AccountAccess; readonly own: ReturnType<typeof role> } => {
  const own = role('ci', { trustPolicy });
  return { own, access: createAccountAccess(snapshot({ roles: [own] }), reference, at(TEST_TIME)) };
};

const entered = (trustPolicy: unknown) => {
  const { own, access } = accessTo(trustPolicy);
  return entriesOf(own, access);
};

const ARN = 'arn:aws:iam::123456789012:role/ci';
const GITHUB = 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com';
const SAML = 'arn:aws:iam::123456789012:saml-provider/corp';
const federated = (provider: string, action: string, condition: object) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Federated: provider }, Action: action, Condition: condition }],
});
const byTrust = [{ policy: `${ARN}#trust`, statement: 0 }];

describe('who outside the account a path begins with', () => {
  it('are identities of a provider, with what is asked of them', () => {
    const condition = { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/*' } };
    const { entries } = entered(federated(GITHUB, 'sts:AssumeRoleWithWebIdentity', condition));
    expect(entries).toEqual([
      {
        principal: GITHUB,
        kind: 'federated',
        action: 'sts:AssumeRoleWithWebIdentity',
        resource: ARN,
        grantedBy: byTrust,
        conditions: expect.stringContaining('repo:acme/*'),
      },
    ]);
  });

  it('are identities that assertions of SAML tell of', () => {
    const condition = { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } };
    const { entries } = entered(federated(SAML, 'sts:AssumeRoleWithSAML', condition));
    expect(entries).toMatchObject([{ principal: SAML, kind: 'federated', action: 'sts:AssumeRoleWithSAML' }]);
  });

  it('are other accounts and principals of them, each by itself', () => {
    const { entries } = entered(trusts({ AWS: ['444455556666', 'arn:aws:iam::555566667777:role/vendor'] }));
    expect(entries).toMatchObject([
      { principal: '444455556666', kind: 'account', action: 'sts:AssumeRole', conditions: null },
      { principal: 'arn:aws:iam::555566667777:role/vendor', kind: 'account', conditions: null },
    ]);
  });

  it('is anybody', () => {
    expect(entered(trusts({ AWS: '*' })).entries).toMatchObject([{ principal: '*', kind: 'public' }]);
  });

  it.each([
    ['a service', trusts({ Service: 'ec2.amazonaws.com' })],
    ['the own account', trusts({ AWS: 'arn:aws:iam::123456789012:root' })],
    ['a provider, by the call for another kind of token', federated(SAML, 'sts:AssumeRoleWithWebIdentity', {})],
  ])('is nobody where the role trusts %s', (_, trustPolicy) => {
    expect(entered(trustPolicy)).toEqual({});
  });

  it('is nobody where the path is of a user', () => {
    expect(entriesOf(user('ann'), accessTo(trusts({ AWS: '*' })).access)).toEqual({});
  });
});
