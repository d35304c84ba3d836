import { createHash } from 'node:crypto';
import { z } from 'zod';
import { arnOf, friendlyName, parseArn } from '../../../iam/arn.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { resourceAt, resourcesFrom, withoutResource, withResource } from '../../account-resources.ts';
import { type AccountState, nameKey } from '../../account-state.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { operation, readOperation } from '../../operation.ts';
import type { ResourcePlace, ResourceState } from '../../resource-state.ts';
import { newUuid } from '../../unique-id.ts';
import { cutPage } from '../page.ts';
import { refuseAs, withoutKeys } from './resource-operation.ts';

const placeOf = (name: string, { region }: Call): ResourcePlace => ({
  service: 'lambda',
  type: 'function',
  region,
  name,
});

/** Refuses input against the model's constraints. */
export const refuse = refuseAs('ValidationException');

const functionName = z
  .string()
  .min(1)
  .max(170)
  .regex(
    /^(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?$/,
  );

/** The input of what asks about a function. */
export const ofFunction = z.object({ FunctionName: functionName });

/** The name of a function in what may be its whole or partial ARN, with or without a version. */
const nameIn = (text: string): string => {
  const parts = text.split(':');
  const at = parts.indexOf('function');
  return (at < 0 ? parts[0] : parts[at + 1]) ?? '';
};

/** `ResourceNotFoundException` as Lambda says it. */
const noSuchFunction = (arn: string): Result<never, AwsError> =>
  awsError('ResourceNotFoundException', `Function not found: ${arn}`, { Type: 'User' });

const arnOfFunction = ({ partition, accountId }: AccountState, name: string, { region }: Call) =>
  arnOf({ partition, service: 'lambda', region, account: accountId, resource: `function:${name}` });

/** A function by its name or ARN, or Lambda's refusal. */
export const findFunction = (state: AccountState, text: string, call: Call): Result<ResourceState, AwsError> => {
  const name = nameIn(text);
  const found = resourceAt(state, placeOf(name, call));
  return found === undefined ? noSuchFunction(arnOfFunction(state, name, call)) : ok(found);
};

/** `lambda:CreateFunction`: its code is taken, and never run. */
const createFunction = operation(
  'lambda:CreateFunction',
  z.object({
    FunctionName: functionName,
    Role: z.string().regex(/^arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+$/),
    Runtime: z.string().optional(),
    Handler: z.string().max(128).optional(),
    Description: z.string().max(256).default(''),
    Timeout: z.int().min(1).default(3),
    MemorySize: z.int().min(128).max(32_768).default(128),
    PackageType: z.enum(['Zip', 'Image']).default('Zip'),
    Code: z.object({
      ZipFile: z.instanceof(Uint8Array).optional(),
      S3Bucket: z.string().optional(),
      ImageUri: z.string().optional(),
    }),
    Tags: z.record(z.string(), z.string()).default({}),
  }),
  (state, input, call) => {
    const name = nameIn(input.FunctionName);
    if (resourceAt(state, placeOf(name, call)) !== undefined) {
      return awsError('ResourceConflictException', `Function already exist: ${name}`, { Type: 'User' });
    }
    const role = parseArn(input.Role);
    const known = state.roles.get(nameKey(friendlyName(input.Role)));
    if (!role.ok || known?.arn !== role.value || !known.assumeRolePolicyDocument.includes('lambda.amazonaws.com')) {
      const message = 'The role defined for the function cannot be assumed by Lambda.';
      return awsError('InvalidParameterValueException', message, { Type: 'User' });
    }
    const code = input.Code.ZipFile ?? new Uint8Array();
    const created: ResourceState = {
      arn: arnOfFunction(state, name, call),
      ...placeOf(name, call),
      createDate: call.now,
      roleArn: role.value,
      policy: null,
      tags: new Map(Object.entries(input.Tags)),
      attributes: {
        ...(input.Runtime === undefined ? {} : { runtime: input.Runtime }),
        ...(input.Handler === undefined ? {} : { handler: input.Handler }),
        description: input.Description,
        timeout: String(input.Timeout),
        memorySize: String(input.MemorySize),
        packageType: input.PackageType,
        codeSize: String(code.byteLength),
        codeSha256: createHash('sha256').update(code).digest('base64'),
        revisionId: newUuid(call.random),
      },
    };
    return ok({ state: withResource(state, created), answer: configurationView(created) });
  },
  refuse,
);

/** `FunctionConfiguration`. */
const configurationView = ({ name, arn, roleArn, createDate, attributes }: ResourceState) => ({
  FunctionName: name,
  FunctionArn: arn,
  Runtime: attributes['runtime'],
  Role: roleArn,
  Handler: attributes['handler'],
  CodeSize: Number(attributes['codeSize']),
  Description: attributes['description'],
  Timeout: Number(attributes['timeout']),
  MemorySize: Number(attributes['memorySize']),
  LastModified: createDate.replace(/(?:\.\d+)?Z$/, '.000+0000'),
  CodeSha256: attributes['codeSha256'],
  Version: '$LATEST',
  TracingConfig: { Mode: 'PassThrough' },
  RevisionId: attributes['revisionId'],
  State: 'Active',
  LastUpdateStatus: 'Successful',
  PackageType: attributes['packageType'],
  Architectures: ['x86_64'],
  EphemeralStorage: { Size: 512 },
  SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
  LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${name}` },
});

/** `lambda:ListFunctions`. */
const listFunctions = readOperation(
  'lambda:ListFunctions',
  z.object({ Marker: z.string().optional(), MaxItems: z.int().min(1).max(10_000).default(50) }),
  (state, { Marker, MaxItems }, call) => {
    // Lambda gives fifty a page however many are asked for.
    const cut = cutPage('ListFunctions', Marker, Math.min(MaxItems, 50), resourcesFrom(state, placeOf('', call)));
    return cut === null
      ? awsError('InvalidParameterValueException', 'Invalid pagination token', { Type: 'User' })
      : ok({ Functions: cut.items.map(configurationView), NextMarker: cut.next });
  },
  refuse,
);

/** `lambda:GetFunction`. */
const getFunction = readOperation(
  'lambda:GetFunction',
  ofFunction,
  (state, { FunctionName }, call) => {
    const found = findFunction(state, FunctionName, call);
    if (!found.ok) return found;
    const { tags } = found.value;
    return ok({
      Configuration: configurationView(found.value),
      Code: { RepositoryType: 'S3' },
      ...(tags.size === 0 ? {} : { Tags: Object.fromEntries(tags) }),
    });
  },
  refuse,
);

/** `lambda:GetFunctionConfiguration`. */
const getFunctionConfiguration = readOperation(
  'lambda:GetFunctionConfiguration',
  ofFunction,
  (state, { FunctionName }, call) => {
    const found = findFunction(state, FunctionName, call);
    return found.ok ? ok(configurationView(found.value)) : found;
  },
  refuse,
);

/** `lambda:DeleteFunction`. */
const deleteFunction = operation(
  'lambda:DeleteFunction',
  ofFunction,
  (state, { FunctionName }, call) => {
    const found = findFunction(state, FunctionName, call);
    return found.ok ? ok({ state: withoutResource(state, found.value), answer: { StatusCode: 204 } }) : found;
  },
  refuse,
);

const ofResource = z.object({ Resource: z.string().min(1).max(256) });

/** `lambda:ListTags`. */
const listTags = readOperation(
  'lambda:ListTags',
  ofResource,
  (state, { Resource }, call) => {
    const found = findFunction(state, Resource, call);
    return found.ok ? ok({ Tags: Object.fromEntries(found.value.tags) }) : found;
  },
  refuse,
);

/** `lambda:TagResource`. */
const tagResource = operation(
  'lambda:TagResource',
  ofResource.extend({ Tags: z.record(z.string(), z.string()) }),
  (state, { Resource, Tags }, call) => {
    const found = findFunction(state, Resource, call);
    if (!found.ok) return found;
    const tags = new Map([...found.value.tags, ...Object.entries(Tags)]);
    return ok({ state: withResource(state, { ...found.value, tags }), answer: {} });
  },
  refuse,
);

/** `lambda:UntagResource`. */
const untagResource = operation(
  'lambda:UntagResource',
  ofResource.extend({ TagKeys: z.array(z.string()) }),
  (state, { Resource, TagKeys }, call) => {
    const found = findFunction(state, Resource, call);
    if (!found.ok) return found;
    const tags = withoutKeys(found.value, TagKeys);
    return ok({ state: withResource(state, { ...found.value, tags }), answer: {} });
  },
  refuse,
);

/** The operations of Lambda on functions themselves. */
export const functionOperations = [
  createFunction,
  listFunctions,
  getFunction,
  getFunctionConfiguration,
  deleteFunction,
  listTags,
  tagResource,
  untagResource,
];
