import { z } from 'zod';
import { arnOf } from '../../../iam/arn.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { addDays } from '../../../kernel/time.ts';
import { resourceAt, resourcesFrom, withoutResource, withResource } from '../../account-resources.ts';
import type { AccountState } from '../../account-state.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { operation, readOperation } from '../../operation.ts';
import type { ResourcePlace, ResourceState } from '../../resource-state.ts';
import { newUuid } from '../../unique-id.ts';
import { cutPage } from '../page.ts';
import { isResourcePolicy, refuseAs, tagList, tagMap, withoutKeys } from './resource-operation.ts';

const placeOf = (name: string, { region }: Call): ResourcePlace => ({
  service: 'secretsmanager',
  type: 'secret',
  region,
  name,
});

const refuse = refuseAs('ValidationException');

const ofSecret = z.object({ SecretId: z.string().min(1).max(2048) });

const tags = z.array(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) }));

/** A secret by its name, its ARN, or the ARN without the characters of chance at its end; or the service's refusal. */
const findSecret = (state: AccountState, id: string, call: Call): Result<ResourceState, AwsError> => {
  const name = id.startsWith('arn:') ? id.split(':').slice(6).join(':') : id;
  const secret =
    resourceAt(state, placeOf(name, call)) ?? resourceAt(state, placeOf(name.replace(/-[a-zA-Z0-9]{6}$/, ''), call));
  return secret === undefined || (id.startsWith('arn:') && !secret.arn.startsWith(id))
    ? awsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.")
    : ok(secret);
};

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** `secretsmanager:CreateSecret`: its value is taken, and kept nowhere. */
const createSecret = operation(
  'secretsmanager:CreateSecret',
  z.object({
    Name: z
      .string()
      .min(1)
      .max(512)
      .regex(/^[\w/+=.@-]+$/),
    Description: z.string().max(2048).optional(),
    KmsKeyId: z.string().max(2048).optional(),
    SecretString: z.string().max(65_536).optional(),
    SecretBinary: z.instanceof(Uint8Array).optional(),
    Tags: tags.default([]),
    ClientRequestToken: z.string().min(32).max(64).optional(),
  }),
  (state, input, call) => {
    if (resourceAt(state, placeOf(input.Name, call)) !== undefined) {
      const message = `The operation failed because the secret ${input.Name} already exists.`;
      return awsError('ResourceExistsException', message);
    }
    const end = [...call.random(6)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
    const hasValue = input.SecretString !== undefined || input.SecretBinary !== undefined;
    const versionId = hasValue ? (input.ClientRequestToken ?? newUuid(call.random)) : undefined;
    const resource = `secret:${input.Name}-${end}`;
    const { partition, accountId } = state;
    const secret: ResourceState = {
      arn: arnOf({ partition, service: 'secretsmanager', region: call.region, account: accountId, resource }),
      ...placeOf(input.Name, call),
      createDate: call.now,
      roleArn: null,
      policy: null,
      tags: tagMap(input.Tags),
      attributes: {
        ...(input.Description === undefined ? {} : { description: input.Description }),
        ...(input.KmsKeyId === undefined ? {} : { kmsKeyId: input.KmsKeyId }),
        ...(versionId === undefined ? {} : { versionId }),
      },
    };
    return ok({
      state: withResource(state, secret),
      answer: { ARN: secret.arn, Name: secret.name, VersionId: versionId },
    });
  },
  refuse,
);

const secretView = (secret: ResourceState) => ({
  ARN: secret.arn,
  Name: secret.name,
  Description: secret.attributes['description'],
  KmsKeyId: secret.attributes['kmsKeyId'],
  LastChangedDate: secret.createDate,
  CreatedDate: secret.createDate,
  ...(secret.tags.size === 0 ? {} : { Tags: tagList(secret) }),
});

const versionsOf = ({ attributes: { versionId } }: ResourceState) =>
  versionId === undefined ? undefined : { [versionId]: ['AWSCURRENT'] };

/** `secretsmanager:ListSecrets`. */
const listSecrets = readOperation(
  'secretsmanager:ListSecrets',
  z.object({ MaxResults: z.int().min(1).max(100).default(100), NextToken: z.string().min(1).max(4096).optional() }),
  (state, { MaxResults, NextToken }, call) => {
    const cut = cutPage('ListSecrets', NextToken, MaxResults, resourcesFrom(state, placeOf('', call)));
    if (cut === null) return awsError('InvalidNextTokenException', 'The NextToken value is invalid.');
    const secrets = cut.items.map((secret) => ({
      ...secretView(secret),
      SecretVersionsToStages: versionsOf(secret),
    }));
    return ok({ SecretList: secrets, NextToken: cut.next });
  },
  refuse,
);

/** `secretsmanager:DescribeSecret`. */
const describeSecret = readOperation(
  'secretsmanager:DescribeSecret',
  ofSecret,
  (state, { SecretId }, call) => {
    const secret = findSecret(state, SecretId, call);
    return secret.ok ? ok({ ...secretView(secret.value), VersionIdsToStages: versionsOf(secret.value) }) : secret;
  },
  refuse,
);

const idOf = ({ arn, name }: ResourceState) => ({ ARN: arn, Name: name });

/** `secretsmanager:PutResourcePolicy`. */
const putResourcePolicy = operation(
  'secretsmanager:PutResourcePolicy',
  ofSecret.extend({ ResourcePolicy: z.string().min(1).max(20_480) }),
  (state, { SecretId, ResourcePolicy }, call) => {
    const secret = findSecret(state, SecretId, call);
    if (!secret.ok) return secret;
    return isResourcePolicy(ResourcePolicy)
      ? ok({ state: withResource(state, { ...secret.value, policy: ResourcePolicy }), answer: idOf(secret.value) })
      : awsError('MalformedPolicyDocumentException', 'This resource policy contains a syntax error.');
  },
  refuse,
);

/** `secretsmanager:GetResourcePolicy`: without policy where there is none. */
const getResourcePolicy = readOperation(
  'secretsmanager:GetResourcePolicy',
  ofSecret,
  (state, { SecretId }, call) => {
    const secret = findSecret(state, SecretId, call);
    return secret.ok ? ok({ ...idOf(secret.value), ResourcePolicy: secret.value.policy }) : secret;
  },
  refuse,
);

/** `secretsmanager:DeleteResourcePolicy`. */
const deleteResourcePolicy = operation(
  'secretsmanager:DeleteResourcePolicy',
  ofSecret,
  (state, { SecretId }, call) => {
    const secret = findSecret(state, SecretId, call);
    if (!secret.ok) return secret;
    return ok({ state: withResource(state, { ...secret.value, policy: null }), answer: idOf(secret.value) });
  },
  refuse,
);

/** `secretsmanager:DeleteSecret`: at once; nothing of it could be restored. */
const deleteSecret = operation(
  'secretsmanager:DeleteSecret',
  ofSecret.extend({
    RecoveryWindowInDays: z.int().min(7).max(30).default(30),
    ForceDeleteWithoutRecovery: z.boolean().default(false),
  }),
  (state, { SecretId, RecoveryWindowInDays, ForceDeleteWithoutRecovery }, call) => {
    const secret = findSecret(state, SecretId, call);
    if (!secret.ok) return secret;
    const deletionDate = ForceDeleteWithoutRecovery ? call.now : addDays(call.now, RecoveryWindowInDays);
    return ok({
      state: withoutResource(state, secret.value),
      answer: { ...idOf(secret.value), DeletionDate: deletionDate },
    });
  },
  refuse,
);

/** `secretsmanager:TagResource`. */
const tagResource = operation(
  'secretsmanager:TagResource',
  ofSecret.extend({ Tags: tags }),
  (state, { SecretId, Tags }, call) => {
    const secret = findSecret(state, SecretId, call);
    if (!secret.ok) return secret;
    const all = new Map([...secret.value.tags, ...tagMap(Tags)]);
    return ok({ state: withResource(state, { ...secret.value, tags: all }), answer: {} });
  },
  refuse,
);

/** `secretsmanager:UntagResource`. */
const untagResource = operation(
  'secretsmanager:UntagResource',
  ofSecret.extend({ TagKeys: z.array(z.string()) }),
  (state, { SecretId, TagKeys }, call) => {
    const secret = findSecret(state, SecretId, call);
    if (!secret.ok) return secret;
    return ok({
      state: withResource(state, { ...secret.value, tags: withoutKeys(secret.value, TagKeys) }),
      answer: {},
    });
  },
  refuse,
);

/** The operations of Secrets Manager on secrets. */
export const secretOperations = [
  createSecret,
  listSecrets,
  describeSecret,
  putResourcePolicy,
  getResourcePolicy,
  deleteResourcePolicy,
  deleteSecret,
  tagResource,
  untagResource,
];
