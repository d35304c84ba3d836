import { allow } from '../../../snapshot/testing/policy-builder.ts';
import { role, snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { principalReadsAllSensitiveData } from './principal-reads-all-sensitive-data.ts';

const granted = (...statements: readonly Readonly<Record<string, unknown>>[]) =>
  snapshot({ roles: [role('app', { inlinePolicies: { p: { Version: '2012-10-17', Statement: statements } } })] });

const secrets = { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: '*' };
const inCondition = (operator: string, key: string, value: string) => ({
  ...secrets,
  Condition: { [operator]: { [key]: value } },
});

describeCheck(principalReadsAllSensitiveData, '2026-01-01T00:00:00Z', {
  fail: [
    ['all secrets', granted(secrets), { actions: ['secretsmanager:GetSecretValue'], principalType: 'Role' }],
    [
      'all secrets of the account, in its ARN',
      granted({ ...secrets, Resource: 'arn:aws:secretsmanager:*:*:secret:*' }),
    ],
    [
      'objects and parameters, told once',
      granted({ ...secrets, Action: ['s3:Get*', 'ssm:GetParameter'] }),
      { actions: ['s3:GetObject', 'ssm:GetParameter'] },
    ],
    [
      'all objects but those that a Deny names',
      granted(
        { ...secrets, Action: 's3:GetObject', Resource: 'arn:aws:s3:::*' },
        {
          Effect: 'Deny',
          Action: 's3:*',
          Resource: 'arn:aws:s3:::vault/*',
        },
      ),
      { actions: ['s3:GetObject'] },
    ],
    ['from one network', granted(inCondition('IpAddress', 'aws:SourceIp', '10.0.0.0/8')), { conditional: true }],
    ['of the own account', granted(inCondition('StringEquals', 'aws:ResourceAccount', '123456789012'))],
    ['as a user', snapshot({ users: [user('alice', { inlinePolicies: { p: allow('kms:Decrypt') } })] })],
  ],
  pass: [
    ['secrets of one application', granted({ ...secrets, Resource: 'arn:aws:secretsmanager:*:*:secret:app/*' })],
    ['objects of some buckets', granted({ ...secrets, Action: 's3:GetObject', Resource: 'arn:aws:s3:::app-*/*' })],
    ['names of secrets only', granted({ ...secrets, Action: ['secretsmanager:List*', 'secretsmanager:Describe*'] })],
    [
      'secrets with its own tag',
      granted(inCondition('StringEquals', 'aws:ResourceTag/team', '${aws:PrincipalTag/team}')),
    ],
    [
      'keys, by way of one service',
      granted({
        ...secrets,
        Action: 'kms:Decrypt',
        Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
      }),
    ],
    ['all of the service, which is another finding', granted({ ...secrets, Action: 'secretsmanager:*' })],
    ['an administrator', granted({ ...secrets, Action: '*' })],
    ['of another account', granted(inCondition('StringEquals', 'aws:ResourceAccount', '999988887777'))],
    ['denied', granted(secrets, { ...secrets, Effect: 'Deny', Action: 'secretsmanager:Get*' })],
  ],
  unknown: [
    [
      'a Deny that cannot be read',
      granted(secrets, { ...secrets, Effect: 'Deny', Condition: { StringEqual: { a: 'b' } } }),
    ],
  ],
});
