import { z } from 'zod';
import { type Arn, arnOf, iamArn } from '../../../iam/arn.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { addDays } from '../../../kernel/time.ts';
import { resourceAt, resourcesFrom, withResource } from '../../account-resources.ts';
import type { AccountState } from '../../account-state.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { operation, readOperation } from '../../operation.ts';
import type { ResourcePlace, ResourceState } from '../../resource-state.ts';
import { newUuid } from '../../unique-id.ts';
import { cutPage } from '../page.ts';
import { isResourcePolicy, refuseAs, withoutKeys } from './resource-operation.ts';

/** Where a key stands. */
const placeOf = (name: string, { region }: Call): ResourcePlace => ({ service: 'kms', type: 'key', region, name });

/** Where an alias stands; its name begins with `alias/`. */
export const placeOfAlias = (name: string, { region }: Call): ResourcePlace => ({
  service: 'kms',
  type: 'alias',
  region,
  name,
});

/** Refuses input against the model's constraints. */
export const refuse = refuseAs('ValidationException');

/** The input of what asks about a key. */
const ofKey = z.object({ KeyId: z.string().min(1).max(2048) });

/** The ARN of a key or an alias. */
export const kmsArn = ({ partition, accountId }: AccountState, resource: string, { region }: Call): Arn =>
  arnOf({ partition, service: 'kms', region, account: accountId, resource });

/** A key by its id, its ARN, the name or the ARN of an alias, or KMS's refusal. */
export const findKey = (state: AccountState, text: string, call: Call): Result<ResourceState, AwsError> => {
  const resource = text.startsWith('arn:') ? text.split(':').slice(5).join(':') : text;
  if (resource.startsWith('alias/')) {
    const alias = resourceAt(state, placeOfAlias(resource, call));
    return alias === undefined
      ? awsError('NotFoundException', `Alias ${kmsArn(state, resource, call)} is not found.`)
      : findKey(state, alias.attributes['targetKeyId'] ?? '', call);
  }
  const id = resource.replace(/^key\//, '');
  const key = resourceAt(state, placeOf(id, call));
  return key === undefined
    ? awsError('NotFoundException', `Key '${kmsArn(state, `key/${id}`, call)}' does not exist`)
    : ok(key);
};

/** The policy of a key that is made without one. Source: "Default key policy", AWS KMS Developer Guide. */
const defaultPolicy = ({ partition, accountId }: AccountState): string =>
  JSON.stringify(
    {
      Version: '2012-10-17',
      Id: 'key-default-1',
      Statement: [
        {
          Sid: 'Enable IAM User Permissions',
          Effect: 'Allow',
          Principal: { AWS: iamArn(partition, accountId, 'root') },
          Action: 'kms:*',
          Resource: '*',
        },
      ],
    },
    null,
    2,
  );

const malformed = awsError(
  'MalformedPolicyDocumentException',
  'Policy contains a statement with one or more invalid principals.',
);

const kmsTags = z.array(z.object({ TagKey: z.string().min(1).max(128), TagValue: z.string().max(256) }));

/** `kms:CreateKey`. */
const createKey = operation(
  'kms:CreateKey',
  z.object({
    Policy: z.string().min(1).max(131_072).optional(),
    Description: z.string().max(8192).default(''),
    KeyUsage: z
      .enum(['SIGN_VERIFY', 'ENCRYPT_DECRYPT', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT'])
      .default('ENCRYPT_DECRYPT'),
    KeySpec: z.string().default('SYMMETRIC_DEFAULT'),
    MultiRegion: z.boolean().default(false),
    Tags: kmsTags.default([]),
  }),
  (state, input, call) => {
    if (input.Policy !== undefined && !isResourcePolicy(input.Policy)) return malformed;
    const id = `${input.MultiRegion ? 'mrk-' : ''}${input.MultiRegion ? newUuid(call.random).replaceAll('-', '') : newUuid(call.random)}`;
    const key: ResourceState = {
      arn: kmsArn(state, `key/${id}`, call),
      ...placeOf(id, call),
      createDate: call.now,
      roleArn: null,
      policy: input.Policy ?? defaultPolicy(state),
      tags: new Map(input.Tags.map(({ TagKey, TagValue }) => [TagKey, TagValue])),
      attributes: {
        description: input.Description,
        keyUsage: input.KeyUsage,
        keySpec: input.KeySpec,
        multiRegion: String(input.MultiRegion),
        keyState: 'Enabled',
      },
    };
    return ok({ state: withResource(state, key), answer: { KeyMetadata: keyView(state, key) } });
  },
  refuse,
);

/** `KeyMetadata`. */
const keyView = ({ accountId }: AccountState, { name, arn, createDate, attributes }: ResourceState) => ({
  AWSAccountId: accountId,
  KeyId: name,
  Arn: arn,
  CreationDate: createDate,
  Enabled: attributes['keyState'] === 'Enabled',
  Description: attributes['description'],
  KeyUsage: attributes['keyUsage'],
  KeyState: attributes['keyState'],
  DeletionDate: attributes['deletionDate'],
  Origin: 'AWS_KMS',
  KeyManager: 'CUSTOMER',
  CustomerMasterKeySpec: attributes['keySpec'],
  KeySpec: attributes['keySpec'],
  ...(attributes['keySpec'] === 'SYMMETRIC_DEFAULT' ? { EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'] } : {}),
  MultiRegion: attributes['multiRegion'] === 'true',
});

/** The members that a paged list takes. */
export const paging = { Limit: z.int().min(1).max(1000).default(100), Marker: z.string().min(1).max(1024).optional() };

/** Why a marker is refused. */
export const invalidMarker = awsError('InvalidMarkerException', 'Invalid marker');

/** `kms:ListKeys`. */
const listKeys = readOperation(
  'kms:ListKeys',
  z.object(paging),
  (state, { Limit, Marker }, call) => {
    const cut = cutPage('ListKeys', Marker, Limit, resourcesFrom(state, placeOf('', call)));
    if (cut === null) return invalidMarker;
    const keys = cut.items.map(({ name, arn }) => ({ KeyId: name, KeyArn: arn }));
    return ok({ Keys: keys, Truncated: cut.next !== undefined, NextMarker: cut.next });
  },
  refuse,
);

/** `kms:DescribeKey`. */
const describeKey = readOperation(
  'kms:DescribeKey',
  ofKey,
  (state, { KeyId }, call) => {
    const key = findKey(state, KeyId, call);
    return key.ok ? ok({ KeyMetadata: keyView(state, key.value) }) : key;
  },
  refuse,
);

const policyName = z
  .string()
  .regex(/^[\w]+$/)
  .default('default');

/** The policy of a key has one name. */
const noSuchPolicy = awsError('NotFoundException', 'No such policy exists');

/** `kms:GetKeyPolicy`. */
const getKeyPolicy = readOperation(
  'kms:GetKeyPolicy',
  ofKey.extend({ PolicyName: policyName }),
  (state, { KeyId, PolicyName }, call) => {
    const key = findKey(state, KeyId, call);
    if (!key.ok) return key;
    return PolicyName === 'default' ? ok({ Policy: key.value.policy, PolicyName }) : noSuchPolicy;
  },
  refuse,
);

/** `kms:PutKeyPolicy`. */
const putKeyPolicy = operation(
  'kms:PutKeyPolicy',
  ofKey.extend({ PolicyName: policyName, Policy: z.string().min(1).max(131_072) }),
  (state, { KeyId, PolicyName, Policy }, call) => {
    const key = findKey(state, KeyId, call);
    if (!key.ok) return key;
    if (PolicyName !== 'default') return noSuchPolicy;
    return isResourcePolicy(Policy)
      ? ok({ state: withResource(state, { ...key.value, policy: Policy }), answer: {} })
      : malformed;
  },
  refuse,
);

/** `kms:ListKeyPolicies`. */
const listKeyPolicies = readOperation(
  'kms:ListKeyPolicies',
  ofKey,
  (state, { KeyId }, call) => {
    const key = findKey(state, KeyId, call);
    return key.ok ? ok({ PolicyNames: ['default'], Truncated: false }) : key;
  },
  refuse,
);

/** `kms:ScheduleKeyDeletion`. */
const scheduleKeyDeletion = operation(
  'kms:ScheduleKeyDeletion',
  ofKey.extend({ PendingWindowInDays: z.int().min(7).max(30).default(30) }),
  (state, { KeyId, PendingWindowInDays }, call) => {
    const key = findKey(state, KeyId, call);
    if (!key.ok) return key;
    const { arn, attributes } = key.value;
    if (attributes['keyState'] === 'PendingDeletion') {
      return awsError('KMSInvalidStateException', `${arn} is pending deletion.`);
    }
    const deletionDate = addDays(call.now, PendingWindowInDays);
    const pending = { ...key.value, attributes: { ...attributes, keyState: 'PendingDeletion', deletionDate } };
    return ok({
      state: withResource(state, pending),
      answer: { KeyId: arn, DeletionDate: deletionDate, KeyState: 'PendingDeletion', PendingWindowInDays },
    });
  },
  refuse,
);

/** `kms:TagResource`. */
const tagResource = operation(
  'kms:TagResource',
  ofKey.extend({ Tags: kmsTags }),
  (state, { KeyId, Tags }, call) => {
    const key = findKey(state, KeyId, call);
    if (!key.ok) return key;
    const tags = new Map([...key.value.tags, ...Tags.map(({ TagKey, TagValue }) => [TagKey, TagValue] as const)]);
    return ok({ state: withResource(state, { ...key.value, tags }), answer: {} });
  },
  refuse,
);

/** `kms:UntagResource`. */
const untagResource = operation(
  'kms:UntagResource',
  ofKey.extend({ TagKeys: z.array(z.string()) }),
  (state, { KeyId, TagKeys }, call) => {
    const key = findKey(state, KeyId, call);
    if (!key.ok) return key;
    return ok({ state: withResource(state, { ...key.value, tags: withoutKeys(key.value, TagKeys) }), answer: {} });
  },
  refuse,
);

/** `kms:ListResourceTags`. */
const listResourceTags = readOperation(
  'kms:ListResourceTags',
  ofKey,
  (state, { KeyId }, call) => {
    const key = findKey(state, KeyId, call);
    if (!key.ok) return key;
    return ok({ Tags: [...key.value.tags].map(([TagKey, TagValue]) => ({ TagKey, TagValue })), Truncated: false });
  },
  refuse,
);

/** The operations of KMS on keys. */
export const keyOperations = [
  createKey,
  listKeys,
  describeKey,
  getKeyPolicy,
  putKeyPolicy,
  listKeyPolicies,
  scheduleKeyDeletion,
  tagResource,
  untagResource,
  listResourceTags,
];
