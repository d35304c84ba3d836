import { z } from 'zod';
import { arnOf } from '../../../iam/arn.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { resourceAt, resourcesFrom, withoutResource, withResource } from '../../account-resources.ts';
import type { AccountState } from '../../account-state.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { operation, readOperation } from '../../operation.ts';
import type { ResourcePlace, ResourceState } from '../../resource-state.ts';
import { newUuid } from '../../unique-id.ts';
import { isResourcePolicy, refuseAs, tagList, tagMap, withoutKeys } from './resource-operation.ts';

const placeOf = (name: string, { region }: Call): ResourcePlace => ({
  service: 'dynamodb',
  type: 'table',
  region,
  name,
});

const refuse = refuseAs('ValidationException');

const tableName = z.string().min(1).max(1024);

const tags = z.array(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) }));

const policyText = z.string().min(1).max(20_480);

/** A table by its name or ARN, or DynamoDB's refusal. */
const findTable = (state: AccountState, text: string, call: Call): Result<ResourceState, AwsError> => {
  const name = text.startsWith('arn:') ? text.slice(text.lastIndexOf(':table/') + ':table/'.length) : text;
  const table = resourceAt(state, placeOf(name, call));
  return table === undefined
    ? awsError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`)
    : ok(table);
};

const schemaText = z.object({
  KeySchema: z
    .array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }))
    .min(1)
    .max(2),
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
});

/** `dynamodb:CreateTable`: it holds no items. */
const createTable = operation(
  'dynamodb:CreateTable',
  schemaText.extend({
    TableName: z
      .string()
      .min(3)
      .max(255)
      .regex(/^[a-zA-Z0-9_.-]+$/),
    BillingMode: z.enum(['PROVISIONED', 'PAY_PER_REQUEST']).default('PROVISIONED'),
    Tags: tags.default([]),
    ResourcePolicy: policyText.optional(),
  }),
  (state, input, call) => {
    if (resourceAt(state, placeOf(input.TableName, call)) !== undefined) {
      return awsError('ResourceInUseException', `Table already exists: ${input.TableName}`);
    }
    if (input.ResourcePolicy !== undefined && !isResourcePolicy(input.ResourcePolicy)) return malformed;
    const { partition, accountId } = state;
    const resource = `table/${input.TableName}`;
    const table: ResourceState = {
      arn: arnOf({ partition, service: 'dynamodb', region: call.region, account: accountId, resource }),
      ...placeOf(input.TableName, call),
      createDate: call.now,
      roleArn: null,
      policy: input.ResourcePolicy ?? null,
      tags: tagMap(input.Tags),
      attributes: {
        schema: JSON.stringify({ KeySchema: input.KeySchema, AttributeDefinitions: input.AttributeDefinitions }),
        billingMode: input.BillingMode,
        tableId: newUuid(call.random),
        revisionId: newUuid(call.random),
      },
    };
    return ok({ state: withResource(state, table), answer: { TableDescription: tableView(table) } });
  },
  refuse,
);

/** `TableDescription`. */
const tableView = ({ name, arn, createDate, attributes }: ResourceState) => ({
  ...schemaText.parse(JSON.parse(attributes['schema'] ?? '')),
  TableName: name,
  TableArn: arn,
  TableId: attributes['tableId'],
  TableStatus: 'ACTIVE',
  CreationDateTime: createDate,
  TableSizeBytes: 0,
  ItemCount: 0,
  ...(attributes['billingMode'] === 'PAY_PER_REQUEST'
    ? { BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST', LastUpdateToPayPerRequestDateTime: createDate } }
    : {}),
  DeletionProtectionEnabled: false,
});

/** `dynamodb:ListTables`: from behind a name. */
const listTables = readOperation(
  'dynamodb:ListTables',
  z.object({ ExclusiveStartTableName: tableName.optional(), Limit: z.int().min(1).max(100).default(100) }),
  (state, { ExclusiveStartTableName: start, Limit }, call) => {
    const names: string[] = [];
    // No name is between a name and the same with a NUL after it.
    for (const [name] of resourcesFrom(state, placeOf('', call))(start === undefined ? '' : `${start}\0`)) {
      if (names.length === Limit) return ok({ TableNames: names, LastEvaluatedTableName: names.at(-1) });
      names.push(name);
    }
    return ok({ TableNames: names });
  },
  refuse,
);

/** `dynamodb:DescribeTable`. */
const describeTable = readOperation(
  'dynamodb:DescribeTable',
  z.object({ TableName: tableName }),
  (state, { TableName }, call) => {
    const table = findTable(state, TableName, call);
    return table.ok ? ok({ Table: tableView(table.value) }) : table;
  },
  refuse,
);

/** `dynamodb:DeleteTable`. */
const deleteTable = operation(
  'dynamodb:DeleteTable',
  z.object({ TableName: tableName }),
  (state, { TableName }, call) => {
    const table = findTable(state, TableName, call);
    if (!table.ok) return table;
    const TableDescription = { ...tableView(table.value), TableStatus: 'DELETING' };
    return ok({ state: withoutResource(state, table.value), answer: { TableDescription } });
  },
  refuse,
);

const ofResource = z.object({ ResourceArn: z.string().min(1).max(1283) });

const malformed = awsError('ValidationException', 'Invalid policy document: the syntax of the policy is not valid');

/** A table with another policy, under a new revision. */
const withPolicy = (table: ResourceState, policy: string | null, { random }: Call): ResourceState => ({
  ...table,
  policy,
  attributes: { ...table.attributes, revisionId: newUuid(random) },
});

const checkRevision = (table: ResourceState, expected: string | undefined): Result<null, AwsError> => {
  const now = table.policy === null ? 'NO_POLICY' : table.attributes['revisionId'];
  return expected === undefined || expected === now
    ? ok(null)
    : awsError(
        'PolicyNotFoundException',
        `Resource-based policy not found for the provided ResourceArn: Requested update for policy with revision id: ${expected}, however the policy associated to target table ${table.name} has revision id: ${now}.`,
      );
};

/** `dynamodb:PutResourcePolicy`. */
const putResourcePolicy = operation(
  'dynamodb:PutResourcePolicy',
  ofResource.extend({ Policy: policyText, ExpectedRevisionId: z.string().max(255).optional() }),
  (state, { ResourceArn, Policy, ExpectedRevisionId }, call) => {
    const table = findTable(state, ResourceArn, call);
    if (!table.ok) return table;
    const expected = checkRevision(table.value, ExpectedRevisionId);
    if (!expected.ok) return expected;
    if (!isResourcePolicy(Policy)) return malformed;
    const after = withPolicy(table.value, Policy, call);
    return ok({ state: withResource(state, after), answer: { RevisionId: after.attributes['revisionId'] } });
  },
  refuse,
);

/** `dynamodb:GetResourcePolicy`. */
const getResourcePolicy = readOperation(
  'dynamodb:GetResourcePolicy',
  ofResource,
  (state, { ResourceArn }, call) => {
    const table = findTable(state, ResourceArn, call);
    if (!table.ok) return table;
    const { policy, attributes } = table.value;
    if (policy !== null) return ok({ Policy: policy, RevisionId: attributes['revisionId'] });
    const message = `Resource-based policy not found for the provided ResourceArn: ${ResourceArn}`;
    return awsError('PolicyNotFoundException', message);
  },
  refuse,
);

/** `dynamodb:DeleteResourcePolicy`; no policy is no error. */
const deleteResourcePolicy = operation(
  'dynamodb:DeleteResourcePolicy',
  ofResource.extend({ ExpectedRevisionId: z.string().max(255).optional() }),
  (state, { ResourceArn, ExpectedRevisionId }, call) => {
    const table = findTable(state, ResourceArn, call);
    if (!table.ok) return table;
    const expected = checkRevision(table.value, ExpectedRevisionId);
    if (!expected.ok) return expected;
    if (table.value.policy === null) return ok({ state, answer: {} });
    const after = withPolicy(table.value, null, call);
    return ok({ state: withResource(state, after), answer: { RevisionId: table.value.attributes['revisionId'] } });
  },
  refuse,
);

/** `dynamodb:TagResource`. */
const tagResource = operation(
  'dynamodb:TagResource',
  ofResource.extend({ Tags: tags }),
  (state, { ResourceArn, Tags }, call) => {
    const table = findTable(state, ResourceArn, call);
    if (!table.ok) return table;
    const all = new Map([...table.value.tags, ...tagMap(Tags)]);
    return ok({ state: withResource(state, { ...table.value, tags: all }), answer: {} });
  },
  refuse,
);

/** `dynamodb:UntagResource`. */
const untagResource = operation(
  'dynamodb:UntagResource',
  ofResource.extend({ TagKeys: z.array(z.string()) }),
  (state, { ResourceArn, TagKeys }, call) => {
    const table = findTable(state, ResourceArn, call);
    if (!table.ok) return table;
    return ok({ state: withResource(state, { ...table.value, tags: withoutKeys(table.value, TagKeys) }), answer: {} });
  },
  refuse,
);

/** `dynamodb:ListTagsOfResource`. */
const listTagsOfResource = readOperation(
  'dynamodb:ListTagsOfResource',
  ofResource,
  (state, { ResourceArn }, call) => {
    const table = findTable(state, ResourceArn, call);
    return table.ok ? ok({ Tags: tagList(table.value) }) : table;
  },
  refuse,
);

/** The operations of DynamoDB on tables. */
export const tableOperations = [
  createTable,
  listTables,
  describeTable,
  deleteTable,
  putResourcePolicy,
  getResourcePolicy,
  deleteResourcePolicy,
  tagResource,
  untagResource,
  listTagsOfResource,
];
