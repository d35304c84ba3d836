import { z } from 'zod';
import { arnOf } from '../../../iam/arn.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { resourceAt, resourcesFrom, withoutResource, withResource } from '../../account-resources.ts';
import type { AccountState } from '../../account-state.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { operation, readOperation } from '../../operation.ts';
import type { ResourcePlace, ResourceState } from '../../resource-state.ts';
import { cutPage } from '../page.ts';
import { isResourcePolicy, refuseAs, tagList, tagMap, withoutKeys } from './resource-operation.ts';

const placeOf = (name: string, { region }: Call): ResourcePlace => ({ service: 'sns', type: 'topic', region, name });

const refuse = refuseAs('InvalidParameter');

const ofTopic = z.object({ TopicArn: z.string() });

const tags = z.array(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) }));

/** Source: `SetTopicAttributes`, Amazon SNS API Reference. */
const SETTABLE: ReadonlySet<string> = new Set([
  'ArchivePolicy',
  'ContentBasedDeduplication',
  'DeliveryPolicy',
  'DisplayName',
  'FifoThroughputScope',
  'FifoTopic',
  'KmsMasterKeyId',
  'Policy',
  'SignatureVersion',
  'TracingConfig',
]);

const topicNotFound = awsError('NotFound', 'Topic does not exist');

/** A topic by its ARN, or SNS's refusal. */
const findTopic = (state: AccountState, arn: string, call: Call): Result<ResourceState, AwsError> => {
  const parts = arn.split(':');
  if (parts.length !== 6 || parts[2] !== 'sns') {
    return awsError(
      'InvalidParameter',
      `Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not ${parts.length}`,
    );
  }
  const topic = resourceAt(state, placeOf(parts[5] ?? '', call));
  return topic?.arn === arn ? ok(topic) : topicNotFound;
};

/** The policy of a topic that is made without one: its owner may do everything. */
const defaultPolicy = (arn: string, accountId: string): string =>
  JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'SNS:GetTopicAttributes',
          'SNS:SetTopicAttributes',
          'SNS:AddPermission',
          'SNS:RemovePermission',
          'SNS:DeleteTopic',
          'SNS:Subscribe',
          'SNS:ListSubscriptionsByTopic',
          'SNS:Publish',
        ],
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': accountId } },
      },
    ],
  });

const checkAttributes = (given: Readonly<Record<string, string>>): Result<null, AwsError> => {
  if (Object.keys(given).some((name) => !SETTABLE.has(name))) {
    return awsError('InvalidParameter', 'Invalid parameter: AttributeName');
  }
  const { Policy: policy } = given;
  return policy === undefined || isResourcePolicy(policy)
    ? ok(null)
    : awsError('InvalidParameter', 'Invalid parameter: Policy Error: null');
};

const withAttributes = (
  topic: ResourceState,
  { Policy, ...others }: Readonly<Record<string, string>>,
): ResourceState => ({
  ...topic,
  policy: Policy ?? topic.policy,
  attributes: { ...topic.attributes, ...others },
});

/** `sns:CreateTopic`: one that is there already is no error. */
const createTopic = operation(
  'sns:CreateTopic',
  z.object({ Name: z.string(), Attributes: z.record(z.string(), z.string()).default({}), Tags: tags.default([]) }),
  (state, { Name: name, Attributes, Tags }, call) => {
    if (!/^[\w-]{1,256}$/.test(name) && !/^[\w-]{1,251}\.fifo$/.test(name)) {
      return awsError('InvalidParameter', 'Invalid parameter: Topic Name');
    }
    const checked = checkAttributes(Attributes);
    if (!checked.ok) return checked;
    const { partition, accountId } = state;
    const arn = arnOf({ partition, service: 'sns', region: call.region, account: accountId, resource: name });
    if (resourceAt(state, placeOf(name, call)) !== undefined) return ok({ state, answer: { TopicArn: arn } });
    const topic: ResourceState = {
      arn,
      ...placeOf(name, call),
      createDate: call.now,
      roleArn: null,
      policy: defaultPolicy(arn, accountId),
      tags: tagMap(Tags),
      attributes: { DisplayName: '' },
    };
    return ok({ state: withResource(state, withAttributes(topic, Attributes)), answer: { TopicArn: arn } });
  },
  refuse,
);

/** `sns:ListTopics`: a hundred a page. */
const listTopics = readOperation(
  'sns:ListTopics',
  z.object({ NextToken: z.string().optional() }),
  (state, { NextToken }, call) => {
    const cut = cutPage('ListTopics', NextToken, 100, resourcesFrom(state, placeOf('', call)));
    return cut === null
      ? awsError('InvalidParameter', 'Invalid parameter: NextToken')
      : ok({ Topics: cut.items.map(({ arn }) => ({ TopicArn: arn })), NextToken: cut.next });
  },
  refuse,
);

/** `sns:GetTopicAttributes`. */
const getTopicAttributes = readOperation(
  'sns:GetTopicAttributes',
  ofTopic,
  (state, { TopicArn }, call) => {
    const topic = findTopic(state, TopicArn, call);
    if (!topic.ok) return topic;
    return ok({
      Attributes: {
        TopicArn,
        Owner: state.accountId,
        Policy: topic.value.policy,
        SubscriptionsConfirmed: '0',
        SubscriptionsPending: '0',
        SubscriptionsDeleted: '0',
        ...topic.value.attributes,
      },
    });
  },
  refuse,
);

/** `sns:SetTopicAttributes`. */
const setTopicAttributes = operation(
  'sns:SetTopicAttributes',
  ofTopic.extend({ AttributeName: z.string(), AttributeValue: z.string().default('') }),
  (state, { TopicArn, AttributeName, AttributeValue }, call) => {
    const topic = findTopic(state, TopicArn, call);
    if (!topic.ok) return topic;
    const given = { [AttributeName]: AttributeValue };
    const checked = checkAttributes(given);
    if (!checked.ok) return checked;
    return ok({ state: withResource(state, withAttributes(topic.value, given)), answer: {} });
  },
  refuse,
);

/** `sns:DeleteTopic`; one that is not there is no error. */
const deleteTopic = operation(
  'sns:DeleteTopic',
  ofTopic,
  (state, { TopicArn }, call) => {
    const topic = findTopic(state, TopicArn, call);
    if (topic.ok) return ok({ state: withoutResource(state, topic.value), answer: {} });
    return topic.error.code === 'NotFound' ? ok({ state, answer: {} }) : topic;
  },
  refuse,
);

const ofResource = z.object({ ResourceArn: z.string().min(1).max(1011) });

const taggedTopic = (state: AccountState, arn: string, call: Call): Result<ResourceState, AwsError> => {
  const topic = findTopic(state, arn, call);
  return topic.ok ? topic : awsError('ResourceNotFound', 'Resource does not exist');
};

/** `sns:TagResource`. */
const tagResource = operation(
  'sns:TagResource',
  ofResource.extend({ Tags: tags }),
  (state, { ResourceArn, Tags }, call) => {
    const topic = taggedTopic(state, ResourceArn, call);
    if (!topic.ok) return topic;
    return ok({
      state: withResource(state, { ...topic.value, tags: new Map([...topic.value.tags, ...tagMap(Tags)]) }),
      answer: {},
    });
  },
  refuse,
);

/** `sns:UntagResource`. */
const untagResource = operation(
  'sns:UntagResource',
  ofResource.extend({ TagKeys: z.array(z.string()) }),
  (state, { ResourceArn, TagKeys }, call) => {
    const topic = taggedTopic(state, ResourceArn, call);
    if (!topic.ok) return topic;
    return ok({ state: withResource(state, { ...topic.value, tags: withoutKeys(topic.value, TagKeys) }), answer: {} });
  },
  refuse,
);

/** `sns:ListTagsForResource`. */
const listTagsForResource = readOperation(
  'sns:ListTagsForResource',
  ofResource,
  (state, { ResourceArn }, call) => {
    const topic = taggedTopic(state, ResourceArn, call);
    return topic.ok ? ok({ Tags: tagList(topic.value) }) : topic;
  },
  refuse,
);

/** The operations of SNS on topics. */
export const topicOperations = [
  createTopic,
  listTopics,
  getTopicAttributes,
  setTopicAttributes,
  deleteTopic,
  tagResource,
  untagResource,
  listTagsForResource,
];
