import type { ActionDescription } from '../../reference/service-reference.ts';
import type { AccountState } from '../account-state.ts';
import type { Call } from '../call.ts';
import { type ResourcePlace, type ResourceState, resourceKey } from '../resource-state.ts';
import { passRole } from './iam-permissions.ts';
import { textOf } from './input-members.ts';
import { type Permission, resourceTagContext, tagContext } from './permission.ts';

/** The action that an operation needs leave for, where it has another name. */
export const actionOf = (operation: string): string => ACTIONS.get(operation) ?? operation;

// Source: "Actions, resources, and condition keys for" Amazon S3 and AWS IAM Access Analyzer, Service Authorization
// Reference.
const ACTIONS: ReadonlyMap<string, string> = new Map([
  ['access-analyzer:GetFindingV2', 'access-analyzer:GetFinding'],
  ['access-analyzer:ListFindingsV2', 'access-analyzer:ListFindings'],
  ['s3:DeleteBucketTagging', 's3:PutBucketTagging'],
  ['s3:DeletePublicAccessBlock', 's3:PutBucketPublicAccessBlock'],
  ['s3:GetPublicAccessBlock', 's3:GetBucketPublicAccessBlock'],
  ['s3:HeadBucket', 's3:ListBucket'],
  ['s3:ListBuckets', 's3:ListAllMyBuckets'],
  ['s3:PutPublicAccessBlock', 's3:PutBucketPublicAccessBlock'],
]);

/** How the resources of a service stand in its inputs and in ARNs. */
interface ResourceForm {
  readonly type: string;
  /** The members of an input that name one: by ARN, by URL or by name. */
  readonly members: readonly string[];
  /** What stands before the name in the resource part of an ARN. */
  readonly prefix: string;
}

/** Source: Service Authorization Reference, the resource types of each service. */
const FORMS: Readonly<Record<ResourceState['service'], ResourceForm>> = {
  dynamodb: { type: 'table', members: ['TableName', 'ResourceArn'], prefix: 'table/' },
  ecr: { type: 'repository', members: ['repositoryName', 'resourceArn'], prefix: 'repository/' },
  kms: { type: 'key', members: ['KeyId', 'TargetKeyId'], prefix: 'key/' },
  lambda: { type: 'function', members: ['FunctionName', 'Resource'], prefix: 'function:' },
  s3: { type: 'bucket', members: ['Bucket'], prefix: '' },
  secretsmanager: { type: 'secret', members: ['SecretId', 'Name'], prefix: 'secret:' },
  sns: { type: 'topic', members: ['TopicArn', 'ResourceArn', 'Name'], prefix: '' },
  sqs: { type: 'queue', members: ['QueueUrl', 'QueueName'], prefix: '' },
};

/** What a call of another service needs leave for: its action on the resource that it names, if the account has such. */
export const resourcePermissions = (
  state: AccountState,
  { name: action, resourceTypes }: ActionDescription,
  input: unknown,
  call: Call,
): readonly Permission[] => {
  const service = action.slice(0, action.indexOf(':'));
  const form = new Map<string, ResourceForm>(Object.entries(FORMS)).get(service);
  const named = form?.members.map((member) => textOf(input, member)).find((text) => text !== undefined);
  const own: Permission = { action, resource: '*', context: tagContext(input) };
  if (form === undefined || named === undefined || resourceTypes.length === 0) return [own];
  const name = nameIn(named, form);
  const found = state.resources.get(resourceKey({ ...placeOf(service, form, call), name }));
  const resource = found?.arn ?? (named.startsWith('arn:') ? named : arnOf(state, service, form, name, call));
  const key = service === 's3' ? textOf(input, 'Key') : undefined;
  const permission: Permission = {
    ...own,
    resource: key === undefined ? resource : `${resource}/${key}`,
    ...(found && { carrier: found }),
    context: { ...resourceTagContext(found?.tags ?? new Map(), ['aws']), ...own.context },
  };
  const role = service === 'lambda' ? textOf(input, 'Role') : undefined;
  return role === undefined ? [permission] : [permission, passRole(state, role, 'lambda.amazonaws.com')];
};

const placeOf = (service: string, { type }: ResourceForm, { region }: Call): Omit<ResourcePlace, 'name'> => ({
  service: isResourceService(service) ? service : 's3',
  type,
  region: service === 's3' ? '' : region,
});

const isResourceService = (service: string): service is ResourceState['service'] => Object.hasOwn(FORMS, service);

/** The name in an ARN, in the URL of a queue, or as it is. */
const nameIn = (text: string, { prefix }: ResourceForm): string => {
  if (text.startsWith('https://') || text.startsWith('http://')) return text.slice(text.lastIndexOf('/') + 1);
  if (!text.startsWith('arn:')) return text;
  const resource = text.split(':').slice(5).join(':');
  const name = resource.startsWith(prefix) ? resource.slice(prefix.length) : resource;
  // Six letters of chance follow the name of a secret.
  return prefix === 'secret:' ? name.replace(/-[A-Za-z0-9]{6}$/, '') : name;
};

const arnOf = (
  state: AccountState,
  service: string,
  { prefix }: ResourceForm,
  name: string,
  { region }: Call,
): string =>
  service === 's3'
    ? `arn:${state.partition}:s3:::${name}`
    : `arn:${state.partition}:${service}:${region}:${state.accountId}:${prefix}${name}`;
