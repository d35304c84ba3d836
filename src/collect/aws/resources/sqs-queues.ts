import type { ResourceDocument } from '../../../snapshot/resource.ts';
import { allTokenPages } from '../answers.ts';
import { listInRegions, type ServiceScope } from '../service-scope.ts';
import { withPolicies } from './resource-reading.ts';

/** SQS queues with their policies. */
export const collectQueues = async (scope: ServiceScope): Promise<readonly ResourceDocument[]> => {
  const sdk = await import('@aws-sdk/client-sqs');
  const queues = await listInRegions(scope, 'sqs:ListQueues', sdk.SQSClient, (client) =>
    allTokenPages(
      // Without `MaxResults` no further page is told of. An answer without queues is empty.
      (NextToken) => client.send(new sdk.ListQueuesCommand({ MaxResults: 1000, NextToken })),
      ({ QueueUrls = [] }) => QueueUrls,
      ({ NextToken }) => NextToken,
    ),
  );
  return withPolicies(
    scope,
    'sqs:GetQueueAttributes',
    (queues ?? []).map(({ client, region, item: QueueUrl }) => {
      const name = QueueUrl.slice(QueueUrl.lastIndexOf('/') + 1);
      const arn = `arn:${scope.partition}:sqs:${region}:${scope.accountId}:${name}`;
      return {
        resource: { service: 'sqs', type: 'queue', arn, name, region },
        askPolicy: async () =>
          (await client.send(new sdk.GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] }))).Attributes
            ?.Policy,
      };
    }),
  );
};
