import type { ServiceReference } from '../../reference/service-reference.ts';
import type { AccountSnapshot } from '../../snapshot/account-snapshot.ts';
import type { ReachQuestion } from './read-reach.ts';

/**
 * Asks for the actions of access level Permissions management on all resources of the first type that they work on, of
 * the services whose policies and grants open data, code or keys to others.
 */
export const permissionsQuestions = (
  { partition, accountId }: Pick<AccountSnapshot, 'partition' | 'accountId'>,
  reference: ServiceReference,
): readonly ReachQuestion[] => {
  const services = new Set(SERVICES);
  return reference.names.flatMap((action) => {
    if (!services.has(action.slice(0, action.indexOf(':')))) return [];
    const description = reference.describeAction(action);
    if (description?.accessLevel !== 'Permissions management' || READS.test(action)) return [];
    const arn = description.resourceTypes.find(({ arnPattern }) => arnPattern !== '')?.arnPattern ?? '*';
    return [{ action, pattern: fillIn(arn, { partition, accountId }) }];
  });
};

// Of that access level though they change nothing: `backup:ListIndexedRecoveryPointsForSearch`.
const READS = /:(?:Describe|Get|List)/;

const SERVICES: readonly string[] = [
  'acm-pca',
  'backup',
  'codeartifact',
  'dynamodb',
  'ec2',
  'ecr',
  'ecr-public',
  'elasticfilesystem',
  'events',
  'glacier',
  'iam',
  'kms',
  'lakeformation',
  'lambda',
  'logs',
  'opensearch',
  'organizations',
  'ram',
  'rds',
  's3',
  'secretsmanager',
  'sns',
  'sqs',
  'ssm',
  'sso',
];

const fillIn = (
  arnPattern: string,
  { partition, accountId }: { readonly partition: string; readonly accountId: string },
): string =>
  arnPattern
    .replaceAll('${Partition}', partition)
    .replaceAll('${Account}', accountId)
    .replace(/\$\{[^}]*\}/g, '*');
