import { isJsonObject, type JsonObject } from '../kernel/json.ts';
import type { Instant } from '../kernel/time.ts';
import { type AccountState, nameKey } from './account-state.ts';
import type { AwsError } from './aws-error.ts';
import type { Call, Caller } from './call.ts';
import { identityOf } from './caller-identity.ts';
import { newUuid } from './unique-id.ts';

/** A call that was made, as CloudTrail records it. */
export interface CallEvent {
  readonly eventId: string;
  readonly eventName: string;
  /** `iam.amazonaws.com` */
  readonly eventSource: string;
  readonly eventTime: Instant;
  readonly region: string;
  /** The account of the caller, which may look it up. */
  readonly accountKey: string;
  readonly accessKeyId: string;
  /** The name of the user, `root`, or of the role session; null for callers without a name. */
  readonly userName: string | null;
  readonly readOnly: boolean;
  readonly resources: readonly { readonly ResourceType: string; readonly ResourceName: string }[];
  /** The whole record, as JSON. */
  readonly record: JsonObject;
}

/** What came of a call. */
export interface CallOutcome {
  /** As an IAM action: `iam:GetUser`. */
  readonly name: string;
  readonly input: unknown;
  readonly readOnly: boolean;
  /** Null: it was answered. */
  readonly error: AwsError | null;
  /** What it was answered; of a refusal nothing. */
  readonly answer?: unknown;
}

/** The services that record their calls in one Region. Source: "Global service events", AWS CloudTrail User Guide. */
const GLOBAL_SERVICES: ReadonlySet<string> = new Set(['iam', 'organizations']);

/** The event of a call. Source: "CloudTrail record contents", AWS CloudTrail User Guide. */
export const callEvent = (
  state: AccountState,
  call: Call,
  { name, input, readOnly, error, answer }: CallOutcome,
): CallEvent => {
  const [service = '', eventName = ''] = name.split(':');
  const region = GLOBAL_SERVICES.has(service) ? 'us-east-1' : call.region;
  const eventId = newUuid(call.random);
  const eventSource = `${service}.amazonaws.com`;
  const parameters = requestParameters(service, input);
  return {
    eventId,
    eventName,
    eventSource,
    eventTime: call.now,
    region,
    accountKey: `${state.partition}:${state.accountId}`,
    accessKeyId: call.accessKeyId,
    userName: userNameOf(state, call.caller),
    readOnly,
    resources: resourcesIn(parameters),
    record: {
      eventVersion: '1.11',
      userIdentity: userIdentity(state, call),
      eventTime: call.now,
      eventSource,
      eventName,
      awsRegion: region,
      sourceIPAddress: call.sourceIp,
      ...(error === null ? {} : { errorCode: error.code, errorMessage: error.message }),
      requestParameters: Object.keys(parameters).length === 0 ? null : parameters,
      responseElements: readOnly ? null : responseElements(answer),
      eventID: eventId,
      readOnly,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: state.accountId,
      eventCategory: 'Management',
    },
  };
};

/** What names things: nothing that could be a secret is recorded. Members begin with a small letter. */
const namesIn = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(isJsonObject(value) ? value : {}).flatMap(([name, member]) =>
      typeof member === 'string' && /(?:Name|Arn|ARN|Id|Path|Url|Bucket|SerialNumber)$/.test(name)
        ? [[smallFirst(name), member]]
        : [],
    ),
  );

const smallFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** Source: "CloudTrail log file entries for Amazon S3", Amazon S3 User Guide, where buckets are `bucketName`. */
const requestParameters = (service: string, input: unknown): Record<string, string> => {
  const { bucket, ...names } = namesIn(input);
  return bucket === undefined ? names : { ...names, [service === 's3' ? 'bucketName' : 'bucket']: bucket };
};

/** What was made, by its names and ids. Source: "Example IAM API events in CloudTrail log", IAM User Guide. */
const responseElements = (answer: unknown): JsonObject | null => {
  const made = Object.entries(isJsonObject(answer) ? answer : {}).flatMap(([name, value]) => {
    const names = namesIn(value);
    return Object.keys(names).length === 0 ? [] : [[smallFirst(name), names] as const];
  });
  const elements = { ...namesIn(answer), ...Object.fromEntries(made) };
  return Object.keys(elements).length === 0 ? null : elements;
};

const RESOURCE_TYPES: readonly (readonly [parameter: string, type: string])[] = [
  ['userName', 'AWS::IAM::User'],
  ['groupName', 'AWS::IAM::Group'],
  ['roleName', 'AWS::IAM::Role'],
  ['roleArn', 'AWS::IAM::Role'],
  ['policyArn', 'AWS::IAM::Policy'],
  ['accessKeyId', 'AWS::IAM::AccessKey'],
  ['bucketName', 'AWS::S3::Bucket'],
  ['keyId', 'AWS::KMS::Key'],
  ['functionName', 'AWS::Lambda::Function'],
];

const resourcesIn = (parameters: Readonly<Record<string, string>>): CallEvent['resources'] =>
  RESOURCE_TYPES.flatMap(([parameter, type]) => {
    const name = parameters[parameter];
    return name === undefined ? [] : [{ ResourceType: type, ResourceName: name }];
  });

const userNameOf = (state: AccountState, caller: Caller): string | null => {
  switch (caller.kind) {
    case 'root':
      return 'root';
    case 'user':
      return state.users.get(caller.nameKey)?.userName ?? null;
    case 'role':
    case 'federatedUser':
      return caller.session.name;
    default:
      return null;
  }
};

const IDENTITY_TYPES = {
  root: 'Root',
  user: 'IAMUser',
  role: 'AssumedRole',
  federatedUser: 'FederatedUser',
  service: 'AWSService',
  anonymous: 'Unknown',
} as const satisfies Readonly<Record<Caller['kind'], string>>;

const userIdentity = (state: AccountState, { caller, accessKeyId }: Call): JsonObject => {
  const identity = identityOf(state, caller);
  return {
    type: IDENTITY_TYPES[caller.kind],
    ...(identity === null ? {} : { principalId: identity.userId, arn: identity.arn, accountId: state.accountId }),
    ...(accessKeyId === '' ? {} : { accessKeyId }),
    ...(caller.kind === 'user' ? { userName: userNameOf(state, caller) } : {}),
    ...(caller.kind === 'role' ? { sessionContext: sessionContext(state, caller) } : {}),
  };
};

const sessionContext = (state: AccountState, caller: Extract<Caller, { kind: 'role' }>): JsonObject => {
  const role = state.roles.get(nameKey(caller.nameKey));
  return {
    sessionIssuer:
      role === undefined
        ? {}
        : {
            type: 'Role',
            principalId: role.roleId,
            arn: role.arn,
            accountId: state.accountId,
            userName: role.roleName,
          },
    attributes: {
      creationDate: caller.session.issuedAt,
      mfaAuthenticated: String(caller.session.mfaAuthenticatedAt !== null),
    },
  };
};
