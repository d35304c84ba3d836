import type { Organization } from '../../../src/snapshot/organization.ts';
import { allow, policyDocument, trusts } from '../../../src/snapshot/testing/policy-builder.ts';
import { resource } from '../../../src/snapshot/testing/resource-builder.ts';
import { managedPolicy, role, snapshot, user } from '../../../src/snapshot/testing/snapshot-builder.ts';
import { each, type LabelledAccount } from '../labelled-account.ts';

const PRODUCTION = '222222222222';
const OWN = '123456789012';
const byOwn = { AWS: `arn:aws:iam::${OWN}:root` };
const functionOf = (name: string): string => `arn:aws:lambda:eu-west-1:${PRODUCTION}:function:${name}`;
const SALARIES = 'arn:aws:s3:::salaries';
const CARDS = `arn:aws:kms:eu-west-1:${PRODUCTION}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const ORDERS = `arn:aws:dynamodb:eu-west-1:${PRODUCTION}:table/orders`;
const JEWEL = { 'vigil:crown-jewel': 'true' };
const lets = (Action: unknown, Resource: unknown, parts: object = {}) => ({
  Effect: 'Allow',
  Principal: byOwn,
  Action,
  Resource,
  ...parts,
});

const organization: Organization = {
  id: 'o-example001',
  managementAccountId: '999999999999',
  accounts: [OWN, PRODUCTION, '999999999999'],
  path: [
    {
      id: 'r-root',
      name: 'Root',
      scps: [
        { name: 'FullAWSAccess', document: policyDocument(allow('*')) },
        {
          name: 'nobody-decrypts-outside-the-network',
          document: policyDocument({
            Version: '2012-10-17',
            Statement: {
              Effect: 'Deny',
              Action: 'kms:Decrypt',
              Resource: '*',
              Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/*' } },
            },
          }),
        },
      ],
      rcps: [],
    },
  ],
};

const runsAs = (name: string) => `arn:aws:iam::${PRODUCTION}:role/${name}`;
const takesCode = ['lambda:UpdateFunctionCode', 'lambda:InvokeFunction'];

const production = snapshot({
  accountId: PRODUCTION,
  organization,
  roles: [
    role('migrations', {
      accountId: PRODUCTION,
      trustPolicy: trusts({ Service: 'lambda.amazonaws.com' }),
      inlinePolicies: { everything: allow('*') },
    }),
    role('thumbnails', {
      accountId: PRODUCTION,
      trustPolicy: trusts({ Service: 'lambda.amazonaws.com' }),
      inlinePolicies: { p: allow('s3:GetObject', 'arn:aws:s3:::thumbnails/*') },
    }),
  ],
  resources: [
    resource(functionOf('migrate'), {
      roleArn: runsAs('migrations'),
      policy: [lets(takesCode, functionOf('migrate'))],
    }),
    resource(functionOf('report'), {
      roleArn: runsAs('migrations'),
      policy: [lets('lambda:InvokeFunction', functionOf('report'))],
    }),
    resource(functionOf('scale'), { roleArn: runsAs('thumbnails'), policy: [lets(takesCode, functionOf('scale'))] }),
    resource(SALARIES, { tags: JEWEL, policy: [lets('s3:GetObject', `${SALARIES}/*`)] }),
    resource(CARDS, { tags: JEWEL, policy: [lets('kms:Decrypt', '*')] }),
    resource(ORDERS, {
      tags: JEWEL,
      policy: [lets('dynamodb:Query', ORDERS, { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'orders' } } })],
    }),
  ],
});

const granted = (actions: string | readonly string[], on = '*') => ({ p: allow(actions, on) });

/** Principals whom resources of another account let in, as far as their own account does, and principals that only seem to be. */
export const openedAccount: LabelledAccount = {
  name: 'an account whose principals use what another opens to it',
  now: '2026-01-01T00:00:00Z',
  neighbours: [production],
  snapshot: snapshot({
    organization,
    managedPolicies: [managedPolicy('only-tables', allow('dynamodb:*'))],
    users: [
      user('ships-code', { inlinePolicies: granted(takesCode) }),
      user('ships-thumbnails', { inlinePolicies: granted(takesCode, functionOf('scale')) }),
      user('runs-reports', { inlinePolicies: granted('lambda:*', functionOf('report')) }),
      user('reads-all', { inlinePolicies: granted('s3:Get*') }),
      user('reads-salaries', { inlinePolicies: granted('s3:GetObject', `${SALARIES}/*`) }),
      user('reads-others', { inlinePolicies: granted('s3:GetObject', 'arn:aws:s3:::thumbnails/*') }),
      user('bounded', {
        inlinePolicies: granted('s3:GetObject'),
        permissionsBoundary: managedPolicy('only-tables', allow('dynamodb:*')),
      }),
      user('decrypts', { inlinePolicies: granted('kms:Decrypt') }),
      user('of-orders', { tags: { team: 'orders' }, inlinePolicies: granted('dynamodb:*') }),
      user('of-sales', { tags: { team: 'sales' }, inlinePolicies: granted('dynamodb:*') }),
    ],
    roles: [role('decrypts', { trustPolicy: trusts(byOwn), inlinePolicies: granted('kms:Decrypt') })],
  }),
  findings: {
    'account-without-auditor-role': { root: 'nobody holds SecurityAudit' },
    'account-without-support-role': { root: 'nobody holds AWSSupportAccess' },
    'principal-can-become-administrator-elsewhere': {
      [`user/ships-code ${PRODUCTION}`]:
        'function migrate lets the account change its code, and runs as an administrator',
    },
    'principal-can-reach-crown-jewel-elsewhere': {
      [`user/reads-all ${SALARIES}`]: 'the bucket lets in the account, and s3:Get* on * is nothing that somebody meant',
      [`role/decrypts ${CARDS}`]: 'the key lets in the account, and the SCP stops users alone',
      [`user/of-orders ${ORDERS}`]: 'the table lets in the team of orders',
    },
    'principal-reads-all-sensitive-data': {
      'user/reads-all': 's3:Get* on every bucket',
      'role/decrypts': 'kms:Decrypt with every key, which the SCP denies to users alone',
    },
    'role-has-inline-policy': each('its policy is its own', 'role/decrypts'),
    'user-has-inline-policy': each(
      'its policy is its own',
      'user/bounded',
      'user/decrypts',
      'user/of-orders',
      'user/of-sales',
      'user/reads-all',
      'user/reads-others',
      'user/reads-salaries',
      'user/runs-reports',
      'user/ships-code',
      'user/ships-thumbnails',
    ),
  },
  traps: {
    'user/ships-thumbnails': 'the function runs as a role that reads pictures',
    'user/runs-reports': 'it may do everything with the function, which lets it be invoked alone',
    'user/reads-salaries': 'a policy grants just that',
    'user/reads-others': 'of other buckets',
    'user/bounded': 'its boundary leaves tables alone',
    'user/decrypts': 'an SCP stops users from decrypting',
    'user/of-sales': 'of another team',
  },
};
