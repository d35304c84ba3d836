import type { ResourceDocument } from '../../snapshot/resource.ts';
import type { ReadDocuments } from './reader.ts';
import { collectTables } from './resources/dynamodb-tables.ts';
import { collectRepositories } from './resources/ecr-repositories.ts';
import { collectKeys } from './resources/kms-keys.ts';
import { collectFunctions } from './resources/lambda-functions.ts';
import { collectBuckets } from './resources/s3-buckets.ts';
import { collectSecrets } from './resources/secrets.ts';
import { collectTopics } from './resources/sns-topics.ts';
import { collectQueues } from './resources/sqs-queues.ts';
import type { ServiceScope } from './service-scope.ts';

const SERVICES = [
  collectBuckets,
  collectKeys,
  collectQueues,
  collectTopics,
  collectFunctions,
  collectSecrets,
  collectRepositories,
  collectTables,
] as const satisfies readonly ((scope: ServiceScope) => Promise<readonly ResourceDocument[]>)[];

/**
 * The resources that carry a policy or run as a role, service after service and by ARN. A service that refuses is a gap;
 * where all do, the resources as a whole are one.
 */
export const collectResources = async (scope: ServiceScope): Promise<ReadDocuments> => {
  const resources: ResourceDocument[] = [];
  for (const collect of SERVICES) {
    resources.push(...(await collect(scope)).toSorted((a, b) => (a.arn < b.arn ? -1 : 1)));
  }
  if (!scope.reader.sources().some(({ name }) => name === 'resources')) return {};
  scope.reader.note({
    action: 'lambda:ListFunctions',
    subject: null,
    reason: 'skipped',
    detail:
      'of what runs as a role only Lambda functions are read, not EC2 instances, ECS tasks, CloudFormation stacks, CodeBuild projects and the like',
  });
  return { resources };
};
