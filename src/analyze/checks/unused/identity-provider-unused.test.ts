import { arn, at, denied } from '../../../snapshot/testing/collected-builder.ts';
import { role, type SnapshotParts, snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { identityProviderUnused } from './identity-provider-unused.ts';

const CI = 'arn:aws:iam::123456789012:oidc-provider/ci.example.com';
const CORP = 'arn:aws:iam::123456789012:saml-provider/corp';

const provider = (providerArn: string, createDate: string | null = '2025-01-01T00:00:00Z') => ({
  arn: arn(providerArn),
  kind: providerArn.includes('saml') ? ('saml' as const) : ('oidc' as const),
  createDate: createDate === null ? null : at(createDate),
  validUntil: null,
  url: null,
  clientIds: [],
});

const trust = (Federated: string, Action: string, Effect = 'Allow') => ({
  Version: '2012-10-17',
  Statement: [{ Effect, Principal: { Federated }, Action }],
});

const account = (providerArn: string, trusts: readonly unknown[], parts: SnapshotParts = {}) =>
  snapshot({
    identityProviders: [provider(providerArn)],
    roles: trusts.map((trustPolicy, index) => role(`role${index}`, { trustPolicy })),
    ...parts,
  });

describeCheck(identityProviderUnused, '2026-01-01T00:00:00Z', {
  fail: [
    ['no role trusts it', account(CI, [undefined]), { kind: 'oidc', roles: [], ageDays: 365 }],
    [
      'a role trusts another provider, and one only refuses it',
      account(CORP, [trust(CI, 'sts:AssumeRoleWithWebIdentity'), trust(CORP, 'sts:AssumeRoleWithSAML', 'Deny')]),
      { kind: 'saml' },
    ],
    ['the role that names it lets it do nothing but pass tags', account(CI, [trust(CI, 'sts:TagSession')])],
    ['of whose age nothing is known', account(CI, [], { identityProviders: [provider(CI, null)] }), { ageDays: null }],
  ],
  pass: [
    [
      'a role trusts it',
      account(CI, [trust(CI, 'sts:AssumeRoleWithWebIdentity')]),
      { roles: ['arn:aws:iam::123456789012:role/role0'] },
    ],
    ['a role trusts it for SAML', account(CORP, [trust(CORP, 'sts:AssumeRoleWithSAML')])],
    ['made 29 days ago', account(CI, [], { identityProviders: [provider(CI, '2025-12-03T00:00:00Z')] })],
    [
      'the provider of IAM Identity Center without an assignment',
      account('arn:aws:iam::123456789012:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE', []),
    ],
    [
      'an account with identity pools of Cognito, which use providers by themselves',
      account(CI, [trust('cognito-identity.amazonaws.com', 'sts:AssumeRoleWithWebIdentity')]),
    ],
    ['no provider at all', snapshot({ identityProviders: [] })],
  ],
  unknown: [
    ['the providers could not be listed', snapshot({ identityProviders: denied('iam:ListSAMLProviders') })],
    ['a trust policy that cannot be read', account(CI, ['{"Statement": {"Effect": "Allow"}}'])],
  ],
});
