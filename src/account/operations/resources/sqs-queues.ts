import { z } from 'zod';
import { arnOf } from '../../../iam/arn.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { epochMillis } from '../../../kernel/time.ts';
import { resourceAt, resourcesFrom, withoutResource, withResource } from '../../account-resources.ts';
import type { AccountState } from '../../account-state.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { operation, readOperation } from '../../operation.ts';
import type { ResourcePlace, ResourceState } from '../../resource-state.ts';
import { cutPage } from '../page.ts';
import { isResourcePolicy, refuseAs, withoutKeys } from './resource-operation.ts';

const placeOf = (name: string, { region }: Call): ResourcePlace => ({ service: 'sqs', type: 'queue', region, name });

const refuse = refuseAs('InvalidParameterValue');

const queueUrl = z.string().min(1);

/** Source: "Amazon SQS queue and message identifiers"; `CreateQueue`, Amazon SQS API Reference. */
const DEFAULTS: Readonly<Record<string, string>> = {
  VisibilityTimeout: '30',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  DelaySeconds: '0',
  ReceiveMessageWaitTimeSeconds: '0',
  SqsManagedSseEnabled: 'true',
};

/** The attributes that can be set, beside those with a default. */
const SETTABLE: ReadonlySet<string> = new Set([
  ...Object.keys(DEFAULTS),
  'Policy',
  'RedrivePolicy',
  'RedriveAllowPolicy',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
]);

const attributes = z.record(z.string(), z.string());

const checkAttributes = (given: Readonly<Record<string, string>>): Result<null, AwsError> => {
  const unknown = Object.keys(given).find((name) => !SETTABLE.has(name));
  if (unknown !== undefined) return awsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  const { Policy: policy = '' } = given;
  return policy === '' || isResourcePolicy(policy)
    ? ok(null)
    : awsError('InvalidAttributeValue', 'Invalid value for the parameter Policy.');
};

/** The attributes of a queue after some were set; an empty one goes. The policy stands by itself. */
const withAttributes = (queue: ResourceState, given: Readonly<Record<string, string>>): ResourceState => {
  const { Policy: policy, ...others } = given;
  const merged = Object.entries({ ...queue.attributes, ...others }).filter(([, value]) => value !== '');
  return {
    ...queue,
    policy: policy === undefined ? queue.policy : policy === '' ? null : policy,
    attributes: Object.fromEntries(merged),
  };
};

const urlOf = ({ accountId, partition }: AccountState, { name, region }: ResourceState): string =>
  `https://sqs.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}/${accountId}/${name}`;

/** A queue by its URL, whatever the host, or SQS's refusal. */
const findQueue = (state: AccountState, url: string, call: Call): Result<ResourceState, AwsError> => {
  const queue = resourceAt(state, placeOf(url.slice(url.lastIndexOf('/') + 1), call));
  return queue === undefined ? awsError('QueueDoesNotExist', 'The specified queue does not exist.') : ok(queue);
};

/** `sqs:CreateQueue`: one that is there already, with the same attributes, is no error. */
const createQueue = operation(
  'sqs:CreateQueue',
  z.object({ QueueName: z.string(), Attributes: attributes.default({}), tags: attributes.default({}) }),
  (state, { QueueName: name, Attributes, tags }, call) => {
    if (!/^[\w-]{1,80}$/.test(name) && !/^[\w-]{1,75}\.fifo$/.test(name)) {
      const message = 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length';
      return awsError('InvalidParameterValue', message);
    }
    const checked = checkAttributes(Attributes);
    if (!checked.ok) return checked;
    const { partition, accountId } = state;
    const made: ResourceState = withAttributes(
      {
        arn: arnOf({ partition, service: 'sqs', region: call.region, account: accountId, resource: name }),
        ...placeOf(name, call),
        createDate: call.now,
        roleArn: null,
        policy: null,
        tags: new Map(Object.entries(tags)),
        attributes: DEFAULTS,
      },
      Attributes,
    );
    const there = resourceAt(state, made);
    if (there === undefined) return ok({ state: withResource(state, made), answer: { QueueUrl: urlOf(state, made) } });
    const differs = Object.keys(Attributes).find((key) => attributeOf(there, key) !== Attributes[key]);
    return differs === undefined
      ? ok({ state, answer: { QueueUrl: urlOf(state, there) } })
      : awsError(
          'QueueNameExists',
          `A queue already exists with the same name and a different value for attribute ${differs}`,
        );
  },
  refuse,
);

const attributeOf = ({ policy, attributes: own }: ResourceState, name: string): string | undefined =>
  name === 'Policy' ? (policy ?? undefined) : own[name];

/** `sqs:ListQueues`; an answer without queues has no list. */
const listQueues = readOperation(
  'sqs:ListQueues',
  z.object({
    QueueNamePrefix: z.string().default(''),
    MaxResults: z.int().min(1).max(1000).default(1000),
    NextToken: z.string().optional(),
  }),
  (state, { QueueNamePrefix, MaxResults, NextToken }, call) => {
    const cut = cutPage('ListQueues', NextToken, MaxResults, resourcesFrom(state, placeOf(QueueNamePrefix, call)));
    if (cut === null) return awsError('InvalidParameterValue', 'Invalid or expired next token.');
    const urls = cut.items.map((queue) => urlOf(state, queue));
    return ok(urls.length === 0 ? {} : { QueueUrls: urls, NextToken: cut.next });
  },
  refuse,
);

/** `sqs:GetQueueUrl`. */
const getQueueUrl = readOperation(
  'sqs:GetQueueUrl',
  z.object({ QueueName: z.string() }),
  (state, { QueueName }, call) => {
    const queue = findQueue(state, QueueName, call);
    return queue.ok ? ok({ QueueUrl: urlOf(state, queue.value) }) : queue;
  },
  refuse,
);

const allAttributes = (queue: ResourceState): Readonly<Record<string, string>> => {
  const created = String(epochMillis(queue.createDate) / 1000);
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesNotVisible: '0',
    ApproximateNumberOfMessagesDelayed: '0',
    CreatedTimestamp: created,
    LastModifiedTimestamp: created,
    ...queue.attributes,
    ...(queue.policy === null ? {} : { Policy: queue.policy }),
  };
};

/** `sqs:GetQueueAttributes`: those that are asked for. */
const getQueueAttributes = readOperation(
  'sqs:GetQueueAttributes',
  z.object({ QueueUrl: queueUrl, AttributeNames: z.array(z.string()).default([]) }),
  (state, { QueueUrl, AttributeNames }, call) => {
    const queue = findQueue(state, QueueUrl, call);
    if (!queue.ok) return queue;
    const all = allAttributes(queue.value);
    const unknown = AttributeNames.find((name) => name !== 'All' && all[name] === undefined && !SETTABLE.has(name));
    if (unknown !== undefined) return awsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
    const wanted = Object.entries(all).filter(
      ([name]) => AttributeNames.includes('All') || AttributeNames.includes(name),
    );
    return ok(wanted.length === 0 ? {} : { Attributes: Object.fromEntries(wanted) });
  },
  refuse,
);

/** `sqs:SetQueueAttributes`. */
const setQueueAttributes = operation(
  'sqs:SetQueueAttributes',
  z.object({ QueueUrl: queueUrl, Attributes: attributes }),
  (state, { QueueUrl, Attributes }, call) => {
    const queue = findQueue(state, QueueUrl, call);
    if (!queue.ok) return queue;
    const checked = checkAttributes(Attributes);
    if (!checked.ok) return checked;
    return ok({ state: withResource(state, withAttributes(queue.value, Attributes)), answer: {} });
  },
  refuse,
);

/** `sqs:DeleteQueue`. */
const deleteQueue = operation(
  'sqs:DeleteQueue',
  z.object({ QueueUrl: queueUrl }),
  (state, { QueueUrl }, call) => {
    const queue = findQueue(state, QueueUrl, call);
    return queue.ok ? ok({ state: withoutResource(state, queue.value), answer: {} }) : queue;
  },
  refuse,
);

/** `sqs:TagQueue`. */
const tagQueue = operation(
  'sqs:TagQueue',
  z.object({ QueueUrl: queueUrl, Tags: attributes }),
  (state, { QueueUrl, Tags }, call) => {
    const queue = findQueue(state, QueueUrl, call);
    if (!queue.ok) return queue;
    const tags = new Map([...queue.value.tags, ...Object.entries(Tags)]);
    return ok({ state: withResource(state, { ...queue.value, tags }), answer: {} });
  },
  refuse,
);

/** `sqs:UntagQueue`. */
const untagQueue = operation(
  'sqs:UntagQueue',
  z.object({ QueueUrl: queueUrl, TagKeys: z.array(z.string()) }),
  (state, { QueueUrl, TagKeys }, call) => {
    const queue = findQueue(state, QueueUrl, call);
    if (!queue.ok) return queue;
    return ok({ state: withResource(state, { ...queue.value, tags: withoutKeys(queue.value, TagKeys) }), answer: {} });
  },
  refuse,
);

/** `sqs:ListQueueTags`. */
const listQueueTags = readOperation(
  'sqs:ListQueueTags',
  z.object({ QueueUrl: queueUrl }),
  (state, { QueueUrl }, call) => {
    const queue = findQueue(state, QueueUrl, call);
    if (!queue.ok) return queue;
    return ok(queue.value.tags.size === 0 ? {} : { Tags: Object.fromEntries(queue.value.tags) });
  },
  refuse,
);

/** The operations of SQS on queues. */
export const queueOperations = [
  createQueue,
  listQueues,
  getQueueUrl,
  getQueueAttributes,
  setQueueAttributes,
  deleteQueue,
  tagQueue,
  untagQueue,
  listQueueTags,
];
