import { tableOperations } from './resources/dynamodb-tables.ts';
import { repositoryOperations } from './resources/ecr-repositories.ts';
import { aliasOperations } from './resources/kms-aliases.ts';
import { grantOperations } from './resources/kms-grants.ts';
import { keyOperations } from './resources/kms-keys.ts';
import { functionOperations } from './resources/lambda-functions.ts';
import { functionPermissionOperations } from './resources/lambda-permissions.ts';
import { bucketAccessOperations } from './resources/s3-bucket-access.ts';
import { bucketOperations } from './resources/s3-buckets.ts';
import { secretOperations } from './resources/secrets.ts';
import { topicOperations } from './resources/sns-topics.ts';
import { queueOperations } from './resources/sqs-queues.ts';

/** The operations of services whose resources carry policies or run as roles. */
export const resourceOperations = [
  ...bucketOperations,
  ...bucketAccessOperations,
  ...functionOperations,
  ...functionPermissionOperations,
  ...keyOperations,
  ...grantOperations,
  ...aliasOperations,
  ...queueOperations,
  ...topicOperations,
  ...secretOperations,
  ...repositoryOperations,
  ...tableOperations,
];
