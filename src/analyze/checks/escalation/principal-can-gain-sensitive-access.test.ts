import { allow, trusts } from '../../../snapshot/testing/policy-builder.ts';
import { role, snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { principalCanGainSensitiveAccess } from './principal-can-gain-sensitive-access.ts';

const ACCOUNT = 'arn:aws:iam::123456789012';
const byLambda = trusts({ Service: 'lambda.amazonaws.com' });
const byAccount = trusts({ AWS: `${ACCOUNT}:root` });
const builds = allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction']);
const vault = role('vault', { trustPolicy: byLambda, inlinePolicies: { p: allow('secretsmanager:GetSecretValue') } });
const lake = role('lake', { trustPolicy: byLambda, inlinePolicies: { p: allow('s3:GetObject') } });
const lakeOfAccount = role('lake', { trustPolicy: byAccount, inlinePolicies: { p: allow('s3:GetObject') } });
const mallory = (policy: unknown) => user('mallory', { inlinePolicies: { p: policy } });

describeCheck(principalCanGainSensitiveAccess, '2026-01-01T00:00:00Z', {
  fail: [
    [
      'a user that runs code as a role that reads all secrets',
      snapshot({ users: [mallory(builds)], roles: [vault] }),
      {
        gains: 'all secrets and parameters',
        becomes: `${ACCOUNT}:role/vault`,
        requests: ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'],
        conditional: false,
        others: [],
      },
    ],
    [
      'a user that reads one secret itself',
      snapshot({
        users: [
          user('mallory', {
            inlinePolicies: {
              p: builds,
              q: allow(
                'secretsmanager:GetSecretValue',
                'arn:aws:secretsmanager:us-east-1:123456789012:secret:one-AbCdEf',
              ),
            },
          }),
        ],
        roles: [vault],
      }),
      { gains: 'all secrets and parameters' },
    ],
    [
      'secrets matter more than data',
      snapshot({ users: [mallory(builds)], roles: [lake, vault] }),
      {
        gains: 'all secrets and parameters',
        others: [{ gains: 'all data in S3 and databases', becomes: `${ACCOUNT}:role/lake` }],
      },
    ],
    [
      'a user that may assume every role, one of which trusts the whole account',
      snapshot({ users: [mallory(allow('sts:AssumeRole'))], roles: [lakeOfAccount] }),
      { gains: 'all data in S3 and databases', requests: ['sts:AssumeRole'] },
    ],
    [
      'a role that a provider of identities lets people be',
      snapshot({
        roles: [
          role('ci', {
            trustPolicy: {
              Version: '2012-10-17',
              Statement: {
                Effect: 'Allow',
                Principal: { Federated: `${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com` },
                Action: 'sts:AssumeRoleWithWebIdentity',
              },
            },
            inlinePolicies: { p: builds },
          }),
          vault,
        ],
      }),
      { outsiders: ['identities of token.actions.githubusercontent.com'] },
    ],
    [
      'a user that does so with MFA',
      snapshot({
        users: [
          mallory({
            Statement: [
              {
                Effect: 'Allow',
                Action: ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'],
                Resource: '*',
                Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
              },
            ],
          }),
        ],
        roles: [vault],
      }),
      { conditional: true },
    ],
  ],
  pass: [
    ['nobody holds more than another', snapshot({ users: [mallory(builds)], roles: [role('idle')] })],
    [
      'the role trusts another service',
      snapshot({
        users: [mallory(builds)],
        roles: [
          role('vault', {
            trustPolicy: trusts({ Service: 'ec2.amazonaws.com' }),
            inlinePolicies: { p: allow('secretsmanager:GetSecretValue') },
          }),
        ],
      }),
    ],
    [
      'the user reads all secrets itself',
      snapshot({
        users: [mallory(allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction', 'secretsmanager:*']))],
        roles: [vault],
      }),
    ],
    [
      'the role reads one secret',
      snapshot({
        users: [mallory(builds)],
        roles: [
          role('vault', {
            trustPolicy: byLambda,
            inlinePolicies: {
              p: allow(
                'secretsmanager:GetSecretValue',
                'arn:aws:secretsmanager:us-east-1:123456789012:secret:one-AbCdEf',
              ),
            },
          }),
        ],
      }),
    ],
    [
      'the role was granted by name',
      snapshot({ users: [mallory(allow('sts:AssumeRole', `${ACCOUNT}:role/lake`))], roles: [lakeOfAccount] }),
    ],
    [
      'the role names who assumes it',
      snapshot({
        users: [mallory(allow('sts:AssumeRole'))],
        roles: [
          role('lake', {
            trustPolicy: trusts({ AWS: `${ACCOUNT}:user/mallory` }),
            inlinePolicies: { p: allow('s3:GetObject') },
          }),
        ],
      }),
    ],
    [
      'the role is administrator, which is another finding',
      snapshot({
        users: [mallory(builds)],
        roles: [role('vault', { trustPolicy: byLambda, inlinePolicies: { p: allow('*') } })],
      }),
    ],
    [
      'the user can become administrator, which is another finding',
      snapshot({
        users: [user('mallory', { inlinePolicies: { p: builds, q: allow('iam:PutUserPolicy') } })],
        roles: [vault],
      }),
    ],
    [
      'the role is kept by AWS',
      snapshot({
        users: [mallory(builds)],
        roles: [
          role('vault', {
            path: '/aws-service-role/lambda.amazonaws.com/',
            trustPolicy: byLambda,
            inlinePolicies: { p: allow('secretsmanager:GetSecretValue') },
          }),
        ],
      }),
    ],
  ],
  unknown: [
    [
      'a policy beside the grant that may deny it was not collected',
      snapshot({
        users: [
          user('mallory', { inlinePolicies: { p: builds }, attachedManagedPolicies: [`${ACCOUNT}:policy/unread`] }),
        ],
        roles: [vault],
      }),
    ],
  ],
});
