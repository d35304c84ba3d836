import { allow, trusts } from '../../../src/snapshot/testing/policy-builder.ts';
import { resource } from '../../../src/snapshot/testing/resource-builder.ts';
import { group, role, snapshot, user } from '../../../src/snapshot/testing/snapshot-builder.ts';
import { each, type LabelledAccount } from '../labelled-account.ts';

const ACCOUNT = 'arn:aws:iam::123456789012';
const VAULT_SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:ledger-AbCdEf';
const LEDGER_KEY = 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const byLambda = trusts({ Service: 'lambda.amazonaws.com' });
const byAccount = trusts({ AWS: `${ACCOUNT}:root` });
const readsEverySecret = allow('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:*:123456789012:secret:*');
const readsEveryBucket = allow('s3:GetObject', 'arn:aws:s3:::*/*');
const runsAs = (roleName: string) => ({
  pass: allow('iam:PassRole', `${ACCOUNT}:role/${roleName}`),
  run: allow(['lambda:CreateFunction', 'lambda:InvokeFunction'], 'arn:aws:lambda:*:123456789012:function:*'),
});

/** Principals that reach what is worth much, though they are no administrators, and principals that only seem to. */
export const escalationReachAccount: LabelledAccount = {
  name: 'an account of crown jewels and sensitive access',
  now: '2026-01-01T00:00:00Z',
  options: new Map([
    [
      'principal-can-reach-crown-jewel',
      { crownJewels: [VAULT_SECRET, LEDGER_KEY, `${ACCOUNT}:role/ledger-*`, 'arn:aws:s3:::pay-*'] },
    ],
  ]),
  snapshot: snapshot({
    groups: [group('builders', { inlinePolicies: runsAs('secret-sync') })],
    users: [
      user('builder', { groups: ['builders'] }),
      user('wrong-service', { inlinePolicies: runsAs('secret-sync-on-ec2') }),
      user('passes-idle', { inlinePolicies: runsAs('idle') }),
      user('assumes-any', { inlinePolicies: { p: allow('sts:AssumeRole') } }),
      user('assumes-by-name', { inlinePolicies: { p: allow('sts:AssumeRole', `${ACCOUNT}:role/data-reader`) } }),
      user('becomes-ledger', { inlinePolicies: runsAs('ledger-writer') }),
      user('opens-bucket', { inlinePolicies: { p: allow('s3:PutBucketPolicy', 'arn:aws:s3:::pay-slips') } }),
      user('opens-other-bucket', { inlinePolicies: { p: allow('s3:PutBucketPolicy', 'arn:aws:s3:::photos') } }),
      user('opens-secret', { inlinePolicies: { p: allow('secretsmanager:PutResourcePolicy', VAULT_SECRET) } }),
      user('rewrites-trust', {
        inlinePolicies: { p: allow('iam:UpdateAssumeRolePolicy', `${ACCOUNT}:role/data-reader`) },
      }),
      user('opens-key', { inlinePolicies: { p: allow('kms:PutKeyPolicy', LEDGER_KEY) } }),
      user('grants-key', {
        inlinePolicies: {
          p: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: 'kms:CreateGrant',
                Resource: LEDGER_KEY,
                Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
              },
            ],
          },
        },
      }),
      user('two-hops', { inlinePolicies: { p: allow('iam:CreateAccessKey', `${ACCOUNT}:user/becomes-ledger`) } }),
      user('two-hops-but-denied', {
        inlinePolicies: {
          p: allow('iam:CreateAccessKey', `${ACCOUNT}:user/becomes-ledger`),
          no: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'iam:Create*', Resource: '*' }] },
        },
      }),
      user('with-mfa', {
        inlinePolicies: {
          p: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: 's3:PutBucketPolicy',
                Resource: 'arn:aws:s3:::pay-slips',
                Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
              },
            ],
          },
        },
      }),
      user('copies-buckets', {
        inlinePolicies: {
          p: allow('iam:PassRole', `${ACCOUNT}:role/bucket-sync`),
          q: allow('datasync:*'),
        },
      }),
      user('reads-secret', {
        inlinePolicies: {
          p: allow(['secretsmanager:GetSecretValue', 'secretsmanager:PutResourcePolicy'], VAULT_SECRET),
        },
      }),
    ],
    roles: [
      role('secret-sync', { trustPolicy: byLambda, inlinePolicies: { p: readsEverySecret } }),
      role('secret-sync-on-ec2', { inlinePolicies: { p: readsEverySecret } }),
      role('idle', { trustPolicy: byLambda }),
      role('data-reader', { trustPolicy: byAccount, inlinePolicies: { p: readsEveryBucket } }),
      role('ledger-writer', { trustPolicy: byLambda }),
      role('bucket-sync', {
        trustPolicy: trusts({ Service: 'datasync.amazonaws.com' }),
        inlinePolicies: { p: allow('s3:GetObject', 'arn:aws:s3:::pay-slips/*') },
      }),
    ],
    resources: [resource('arn:aws:s3:::pay-slips'), resource('arn:aws:s3:::photos')],
  }),
  findings: {
    'principal-can-gain-sensitive-access': {
      'user/builder': 'runs code as secret-sync, which reads every secret',
      'user/rewrites-trust': 'has data-reader trust it, and assumes it',
      'user/assumes-any': 'data-reader trusts the account, and nobody granted just that role',
    },
    'principal-can-reach-crown-jewel': {
      [`user/builder ${VAULT_SECRET}`]: 'runs code as secret-sync, which reads this secret too',
      'user/assumes-any arn:aws:s3:::pay-slips': 'data-reader reads this bucket too',
      [`user/becomes-ledger ${ACCOUNT}:role/ledger-writer`]: 'runs code as a role that is marked by its name',
      'user/opens-bucket arn:aws:s3:::pay-slips': 'writes the policy of the bucket, and so lets itself in',
      [`user/opens-key ${LEDGER_KEY}`]: 'writes the policy of the key, and so lets itself in',
      [`user/two-hops ${ACCOUNT}:role/ledger-writer`]: 'makes a key for becomes-ledger, who runs code as the role',
      'user/rewrites-trust arn:aws:s3:::pay-slips': 'data-reader reads this bucket too',
      'user/with-mfa arn:aws:s3:::pay-slips': 'writes the policy of the bucket, with MFA',
      'user/copies-buckets arn:aws:s3:::pay-slips': 'has DataSync copy the bucket as bucket-sync',
      [`user/opens-secret ${VAULT_SECRET}`]: 'writes the policy of the secret, and so lets itself in',
    },
    'principal-reads-all-sensitive-data': each(
      'reads all there is of a kind',
      'role/secret-sync',
      'role/secret-sync-on-ec2',
      'role/data-reader',
    ),
    'group-has-inline-policy': each('an inline policy', 'group/builders'),
    'role-has-inline-policy': each(
      'an inline policy',
      'role/secret-sync',
      'role/secret-sync-on-ec2',
      'role/data-reader',
      'role/bucket-sync',
    ),
    'role-trusts-service-without-source': {
      'role/bucket-sync datasync.amazonaws.com': 'nothing says for which account DataSync may act',
    },
    'user-has-inline-policy': each(
      'an inline policy',
      'user/wrong-service',
      'user/passes-idle',
      'user/assumes-any',
      'user/assumes-by-name',
      'user/becomes-ledger',
      'user/opens-bucket',
      'user/opens-other-bucket',
      'user/opens-secret',
      'user/reads-secret',
      'user/rewrites-trust',
      'user/opens-key',
      'user/grants-key',
      'user/two-hops',
      'user/two-hops-but-denied',
      'user/with-mfa',
      'user/copies-buckets',
    ),
    'account-without-auditor-role': each('no role reads what an auditor needs', 'root'),
    'account-without-support-role': each('nobody may open a case', 'root'),
  },
  traps: {
    'user/wrong-service': 'the role it can pass trusts EC2, and it may create functions only',
    'user/passes-idle': 'the role it can pass holds nothing',
    'user/assumes-by-name': 'was granted the role by name',
    'user/opens-other-bucket': 'nobody marked that bucket',
    'user/reads-secret': 'reads the secret as it is',
  },
};
