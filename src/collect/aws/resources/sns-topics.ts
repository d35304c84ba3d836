import type { ResourceDocument } from '../../../snapshot/resource.ts';
import { allTokenPages, required } from '../answers.ts';
import { listInRegions, type ServiceScope } from '../service-scope.ts';
import { withPolicies } from './resource-reading.ts';

/** SNS topics with their policies. */
export const collectTopics = async (scope: ServiceScope): Promise<readonly ResourceDocument[]> => {
  const sdk = await import('@aws-sdk/client-sns');
  const topics = await listInRegions(scope, 'sns:ListTopics', sdk.SNSClient, (client) =>
    allTokenPages(
      (NextToken) => client.send(new sdk.ListTopicsCommand({ NextToken })),
      ({ Topics }) => required(Topics, 'Topics').map(({ TopicArn }) => required(TopicArn, 'TopicArn')),
      ({ NextToken }) => NextToken,
    ),
  );
  return withPolicies(
    scope,
    'sns:GetTopicAttributes',
    (topics ?? []).map(({ client, region, item: TopicArn }) => ({
      resource: {
        service: 'sns',
        type: 'topic',
        arn: TopicArn,
        name: TopicArn.slice(TopicArn.lastIndexOf(':') + 1),
        region,
      },
      askPolicy: async () =>
        required((await client.send(new sdk.GetTopicAttributesCommand({ TopicArn }))).Attributes, 'Attributes')[
          'Policy'
        ],
    })),
  );
};
