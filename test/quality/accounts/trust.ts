import { trusts } from '../../../src/snapshot/testing/policy-builder.ts';
import { role, snapshot } from '../../../src/snapshot/testing/snapshot-builder.ts';
import type { LabelledAccount } from '../labelled-account.ts';

const OWN = '123456789012';
const VENDOR = '444455556666';
const vendorRoot = { AWS: `arn:aws:iam::${VENDOR}:root` };
const anybody = { AWS: '*' };

/** A trust policy of several statements. */
const trust = (...statements: readonly Readonly<Record<string, unknown>>[]) => ({
  Version: '2012-10-17',
  Statement: statements.map((statement) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', ...statement })),
});

const roles: Readonly<Record<string, unknown>> = {
  // Open to the world, or to a part of it.
  open: trusts('*'),
  'open-actions': trust({ Principal: anybody, Action: 'sts:*' }),
  'open-with-external-id': trusts(anybody, { StringEquals: { 'sts:ExternalId': 'known-to-many' } }),
  'open-to-organization': trusts(anybody, { StringEquals: { 'aws:PrincipalOrgID': 'o-abcde12345' } }),
  'open-to-any-organization': trusts(anybody, { StringLike: { 'aws:PrincipalOrgID': 'o-*' } }),
  'open-from-office': trusts(anybody, { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }),
  'own-by-condition': trusts(anybody, { StringEquals: { 'aws:PrincipalAccount': OWN } }),
  'own-by-arn': trusts(anybody, { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:role/app-*` } }),
  'own-by-deny': trust(
    { Principal: anybody },
    { Effect: 'Deny', Principal: anybody, Condition: { StringNotEquals: { 'aws:PrincipalAccount': OWN } } },
  ),
  'tags-only': trust({ Principal: anybody, Action: 'sts:TagSession' }),
  // Open to another account.
  vendor: trusts(vendorRoot),
  'vendor-by-id': trusts({ AWS: VENDOR }),
  'vendor-role': trusts({ AWS: `arn:aws:iam::${VENDOR}:role/scanner` }),
  'vendor-optional-external-id': trusts(vendorRoot, { StringEqualsIfExists: { 'sts:ExternalId': 'x1' } }),
  'vendor-two-doors': trust(
    { Principal: vendorRoot, Condition: { StringEquals: { 'sts:ExternalId': 'x1' } } },
    { Principal: { AWS: `arn:aws:iam::${VENDOR}:role/scanner` } },
  ),
  'vendor-any-external-id': trusts(vendorRoot, { StringLike: { 'sts:ExternalId': '*' } }),
  'vendor-of-any-organization': trusts(vendorRoot, { StringLike: { 'aws:PrincipalOrgID': 'o-*' } }),
  'other-partition': trusts({ AWS: `arn:aws-cn:iam::${VENDOR}:root` }),
  'vendor-external-id': trusts(vendorRoot, { StringEquals: { 'sts:ExternalId': 'x1' } }),
  'vendor-external-id-by-deny': trust(
    { Principal: vendorRoot },
    { Effect: 'Deny', Principal: anybody, Condition: { StringNotEquals: { 'sts:ExternalId': 'x1' } } },
  ),
  'sister-account': trusts(vendorRoot, { StringEquals: { 'aws:PrincipalOrgID': 'o-abcde12345' } }),
  // At home.
  'own-account': trusts({ AWS: `arn:aws:iam::${OWN}:root` }),
  'own-account-id': trusts({ AWS: OWN }),
  'own-user': trusts({ AWS: `arn:aws:iam::${OWN}:user/alice` }),
  'deleted-principal': trusts({ AWS: 'AROAEXAMPLEDELETED00' }),
  function: trusts({ Service: 'lambda.amazonaws.com' }),
  pipeline: trust({
    Principal: { Federated: `arn:aws:iam::${OWN}:oidc-provider/token.actions.githubusercontent.com` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:acme/app:ref:refs/heads/main' } },
  }),
};

/** Trust policies, open and shut. */
export const trustAccount: LabelledAccount = {
  name: 'an account of trust policies',
  now: '2026-01-01T00:00:00Z',
  snapshot: snapshot({
    roles: [
      ...Object.entries(roles).map(([name, trustPolicy]) => role(name, { trustPolicy })),
      role('AWSReservedSSO_ReadOnly_1', {
        path: '/aws-reserved/sso.amazonaws.com/',
        trustPolicy: trust({
          Principal: { Federated: `arn:aws:iam::${OWN}:saml-provider/AWSSSO_1_DO_NOT_DELETE` },
          Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
          Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
        }),
      }),
    ],
  }),
  findings: {
    'account-without-auditor-role': { root: 'nobody holds SecurityAudit' },
    'account-without-support-role': { root: 'nobody holds AWSSupportAccess' },
    'role-trusts-any-principal': {
      'role/open': 'everybody, without a condition',
      'role/open-actions': 'everybody, by `sts:*`',
      'role/open-with-external-id': 'an ExternalId is no secret: everybody who knows it',
      'role/open-to-organization': 'everybody of an organization, which nothing says is the own one',
      'role/open-to-any-organization': '`o-*` is every organization there is',
      'role/open-from-office': 'everybody behind one network',
    },
    'role-trusts-foreign-account-without-external-id': {
      [`role/vendor ${VENDOR}`]: 'a whole account, without ExternalId',
      [`role/vendor-by-id ${VENDOR}`]: 'the same, written as the account id',
      [`role/vendor-role ${VENDOR}`]: 'one role of another account, which anybody there may misuse',
      [`role/vendor-optional-external-id ${VENDOR}`]: 'IfExists: who sends none is let in',
      [`role/vendor-two-doors ${VENDOR}`]: 'the second statement asks for no ExternalId',
      [`role/vendor-any-external-id ${VENDOR}`]: 'any ExternalId will do',
      [`role/vendor-of-any-organization ${VENDOR}`]: '`o-*` is every organization there is',
    },
  },
  traps: {
    'role/own-by-condition': 'everybody, whose account is this one',
    'role/own-by-arn': 'everybody, whose ARN is of this account',
    'role/own-by-deny': 'everybody, but a Deny keeps other accounts out',
    'role/tags-only': 'everybody may tag the session of a role that nobody may assume',
    'role/other-partition': 'an account in China, whose credentials are worth nothing here',
    'role/vendor-external-id': 'the vendor must send the ExternalId',
    'role/vendor-external-id-by-deny': 'the vendor must send the ExternalId, says a Deny',
    'role/sister-account': 'another account, but of one organization: no confused deputy there',
    'role/own-account': 'the account itself',
    'role/own-account-id': 'the account itself, by its id',
    'role/deleted-principal': 'a unique id is nobody any more',
    'role/function': 'a service',
    'role/pipeline': 'a web identity provider, confined to one branch',
    'role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_ReadOnly_1': 'the role of a permission set',
  },
};
