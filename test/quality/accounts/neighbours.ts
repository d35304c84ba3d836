import type { Organization } from '../../../src/snapshot/organization.ts';
import { allow, policyDocument, trusts } from '../../../src/snapshot/testing/policy-builder.ts';
import { role, snapshot, user } from '../../../src/snapshot/testing/snapshot-builder.ts';
import { each, type LabelledAccount } from '../labelled-account.ts';

const PRODUCTION = '222222222222';
const BACKUPS = '333333333333';
const PARTNER = '444444444444';
const arnOf = (account: string, name: string): string => `arn:aws:iam::${account}:role/${name}`;
const byTooling = { AWS: 'arn:aws:iam::123456789012:root' };
const assumes = (account: string, name: string) => ({ p: allow('sts:AssumeRole', arnOf(account, name)) });
const everything = { everything: allow('*') };

const organization: Organization = {
  id: 'o-example001',
  managementAccountId: '999999999999',
  accounts: ['123456789012', PRODUCTION, BACKUPS, '999999999999'],
  path: [
    {
      id: 'r-root',
      name: 'Root',
      scps: [
        { name: 'FullAWSAccess', document: policyDocument(allow('*')) },
        {
          name: 'leave-break-glass-alone',
          document: policyDocument({
            Version: '2012-10-17',
            Statement: { Effect: 'Deny', Action: 'sts:AssumeRole', Resource: arnOf(PRODUCTION, 'break-glass') },
          }),
        },
      ],
      rcps: [],
    },
  ],
};

const owner = (account: string, name: string, trustPolicy: unknown) =>
  role(name, { accountId: account, trustPolicy, inlinePolicies: everything });

const production = snapshot({
  accountId: PRODUCTION,
  organization,
  roles: [
    owner(PRODUCTION, 'deploy', trusts(byTooling)),
    owner(PRODUCTION, 'break-glass', trusts(byTooling)),
    owner(PRODUCTION, 'for-pipeline', trusts({ AWS: arnOf('123456789012', 'pipeline') })),
    owner(PRODUCTION, 'agreed', trusts(byTooling, { StringEquals: { 'sts:ExternalId': '7c1f' } })),
    owner(PRODUCTION, 'with-mfa', trusts(byTooling, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })),
    role('operator', {
      accountId: PRODUCTION,
      trustPolicy: trusts(byTooling),
      inlinePolicies: { own: allow('iam:AttachRolePolicy', arnOf(PRODUCTION, 'operator')) },
    }),
    role('viewer', { accountId: PRODUCTION, trustPolicy: trusts(byTooling), inlinePolicies: { r: allow('s3:List*') } }),
    role('copier', {
      accountId: PRODUCTION,
      trustPolicy: trusts(byTooling),
      inlinePolicies: assumes(BACKUPS, 'vault'),
    }),
  ],
});

const backups = snapshot({
  accountId: BACKUPS,
  organization,
  roles: [owner(BACKUPS, 'vault', trusts({ AWS: arnOf(PRODUCTION, 'copier') }))],
});

const partner = snapshot({
  accountId: PARTNER,
  roles: [
    owner(PARTNER, 'own-people', trusts({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-partner001' } })),
  ],
});

/** Principals that are administrators of other accounts of the audit, and principals that only seem to be. */
export const neighboursAccount: LabelledAccount = {
  name: 'an account whose principals reach others',
  now: '2026-01-01T00:00:00Z',
  neighbours: [production, backups, partner],
  snapshot: snapshot({
    organization,
    users: [
      user('deployer', { inlinePolicies: assumes(PRODUCTION, 'deploy') }),
      user('any-role', { inlinePolicies: { p: allow('sts:AssumeRole', 'arn:aws:iam::*:role/op*') } }),
      user('knows-the-id', { inlinePolicies: assumes(PRODUCTION, 'agreed') }),
      user('has-a-device', { inlinePolicies: assumes(PRODUCTION, 'with-mfa') }),
      user('through-pipeline', { inlinePolicies: assumes('123456789012', 'pipeline') }),
      user('two-accounts-on', { inlinePolicies: assumes(PRODUCTION, 'copier') }),
      user('stopped-above', { inlinePolicies: assumes(PRODUCTION, 'break-glass') }),
      user('not-named', { inlinePolicies: assumes(PRODUCTION, 'for-pipeline') }),
      user('only-looks', { inlinePolicies: assumes(PRODUCTION, 'viewer') }),
      user('not-let-in', { inlinePolicies: assumes(BACKUPS, 'vault') }),
      user('of-another-organization', { inlinePolicies: assumes(PARTNER, 'own-people') }),
    ],
    roles: [
      role('pipeline', {
        trustPolicy: trusts(byTooling),
        inlinePolicies: assumes(PRODUCTION, 'for-pipeline'),
      }),
      role('unrelated', { inlinePolicies: { p: allow('sts:AssumeRole', 'arn:aws:iam::*:role/viewer') } }),
    ],
  }),
  findings: {
    'account-without-auditor-role': { root: 'nobody holds SecurityAudit' },
    'account-without-support-role': { root: 'nobody holds AWSSupportAccess' },
    'role-has-inline-policy': each('its policy is its own', 'role/pipeline', 'role/unrelated'),
    'user-has-inline-policy': each(
      'its policy is its own',
      'user/any-role',
      'user/deployer',
      'user/has-a-device',
      'user/knows-the-id',
      'user/not-let-in',
      'user/not-named',
      'user/of-another-organization',
      'user/only-looks',
      'user/stopped-above',
      'user/through-pipeline',
      'user/two-accounts-on',
    ),
    'principal-can-become-administrator-elsewhere': {
      [`user/deployer ${PRODUCTION}`]: 'production trusts the account, and a policy grants its administrator',
      [`user/any-role ${PRODUCTION}`]: 'operator attaches a policy to itself',
      [`user/knows-the-id ${PRODUCTION}`]: 'with the ExternalId',
      [`user/has-a-device ${PRODUCTION}`]: 'with MFA',
      [`user/through-pipeline ${PRODUCTION}`]: 'by the role of its own account that production names',
      [`role/pipeline ${PRODUCTION}`]: 'production names it',
      [`user/two-accounts-on ${BACKUPS}`]: 'by a role of production that backups name',
    },
  },
  traps: {
    'user/stopped-above': 'an SCP denies just that role',
    'user/not-named': 'the role trusts another principal of the account',
    'user/only-looks': 'the role may list buckets',
    'user/not-let-in': 'backups trust a role of production alone',
    'user/of-another-organization': 'the role asks for the organization of the partner',
    'role/unrelated': 'the one role that it may assume leads nowhere',
  },
};
