import type { AccountSnapshot } from '../../snapshot/account-snapshot.ts';
import type { ReachQuestion } from './read-reach.ts';

/** Asks for the actions that read secrets, data or credentials, on all that the account keeps of them. */
export const dataQuestions = ({
  partition,
  accountId,
}: Pick<AccountSnapshot, 'partition' | 'accountId'>): readonly ReachQuestion[] =>
  SENSITIVE_READS.map(([action, service, resource]) => ({
    action,
    pattern: `arn:${partition}:${service}:${service === 's3' ? '::' : `*:${accountId}:`}${resource}`,
  }));

// Actions whose answer holds a secret, the content of objects, a password or credentials, with what they work on.
const SENSITIVE_READS: readonly (readonly [action: string, service: string, resource: string])[] = [
  ['ec2:GetPasswordData', 'ec2', 'instance/*'],
  ['kms:Decrypt', 'kms', 'key/*'],
  ['lightsail:GetInstanceAccessDetails', 'lightsail', 'Instance/*'],
  ['lightsail:GetRelationalDatabaseMasterUserPassword', 'lightsail', 'RelationalDatabase/*'],
  ['rds-db:connect', 'rds-db', 'dbuser:*'],
  ['redshift:GetClusterCredentials', 'redshift', 'dbuser:*'],
  ['s3:GetObject', 's3', '*/*'],
  ['secretsmanager:GetSecretValue', 'secretsmanager', 'secret:*'],
  ['ssm:GetParameter', 'ssm', 'parameter/*'],
  ['ssm:GetParameters', 'ssm', 'parameter/*'],
  ['ssm:GetParametersByPath', 'ssm', 'parameter/*'],
];
