/** A policy with its name, in the form of `vigil decide`. */
export interface NaivePolicy {
  readonly name: string;
  readonly document: unknown;
}

/** The kinds of caller that `vigil decide` knows. */
export type PrincipalType =
  | 'user'
  | 'role'
  | 'assumedRole'
  | 'federatedUser'
  | 'root'
  | 'service'
  | 'federated'
  | 'anonymous';

/** One line of `vigil decide`. */
export interface NaiveRequest {
  readonly id?: string;
  readonly request: {
    readonly principalArn: string;
    readonly principalType: PrincipalType;
    readonly action: string;
    readonly resource: string;
    readonly resourceAccount?: string;
    readonly context?: Readonly<Record<string, readonly string[]>>;
    readonly unknownContext?: readonly string[];
    readonly contextComplete?: boolean;
  };
  readonly identityPolicies?: readonly NaivePolicy[];
  readonly groupPolicies?: readonly NaivePolicy[];
  readonly permissionBoundaries?: readonly NaivePolicy[];
  readonly sessionPolicies?: readonly NaivePolicy[];
  readonly scps?: readonly (readonly NaivePolicy[])[];
  readonly rcps?: readonly (readonly NaivePolicy[])[];
  readonly resourcePolicy?: unknown;
  readonly endpointPolicies?: readonly NaivePolicy[];
  readonly settings?: {
    readonly managementAccount?: boolean;
    readonly resourceInManagementAccount?: boolean;
    readonly serviceLinkedRole?: boolean;
    readonly s3?: { readonly bucketAbacEnabled?: boolean; readonly blockPublicAccess?: boolean };
  };
}

/** The whole context of a request: keys in lower case; a key that is not in it is absent, and none has no values. */
export type NaiveContext = ReadonlyMap<string, readonly string[]>;

/** The account in an ARN; null where there is none. */
export const accountOf = (arn: string): string | null => arn.split(':')[4] || null;

/** The account that the caller belongs to; services, providers' identities and anonymous callers belong to none. */
export const callerAccount = ({ request }: NaiveRequest): string | null =>
  ['service', 'federated', 'anonymous'].includes(request.principalType) ? null : accountOf(request.principalArn);

/**
 * The context with the keys that follow from the principal, unless it is said to be complete.
 * Source: "AWS global condition context keys", and the table of principal keys in "IAM policy elements: Variables and tags".
 */
export const contextOf = (whole: NaiveRequest): NaiveContext => {
  const context = new Map<string, readonly string[]>();
  if (whole.request.contextComplete !== true) {
    for (const [key, value] of Object.entries(principalKeys(whole))) context.set(key.toLowerCase(), [value]);
  }
  for (const [key, values] of Object.entries(whole.request.context ?? {})) {
    if (values.length === 0) context.delete(key.toLowerCase());
    else if (!isIgnoredBucketTag(key, whole)) context.set(key.toLowerCase(), values);
  }
  return context;
};

const principalKeys = (whole: NaiveRequest): Readonly<Record<string, string>> => {
  const { principalArn, principalType } = whole.request;
  const account = callerAccount(whole);
  const inAccount = account === null ? {} : { 'aws:PrincipalAccount': account };
  const signed = { 'aws:PrincipalArn': principalArn, ...inAccount };
  switch (principalType) {
    case 'root':
      return { ...signed, 'aws:PrincipalType': 'Account' };
    case 'user':
      return { ...signed, 'aws:PrincipalType': 'User', 'aws:username': principalArn.split('/').at(-1) ?? '' };
    case 'role':
      return { ...signed, 'aws:PrincipalType': 'AssumedRole' };
    case 'assumedRole':
      // The role, not the session; a session's ARN leaves the role's path out, so it cannot be known here.
      return { ...signed, 'aws:PrincipalArn': roleOfSession(principalArn), 'aws:PrincipalType': 'AssumedRole' };
    case 'federatedUser':
      return { ...signed, 'aws:PrincipalType': 'FederatedUser' };
    case 'anonymous':
      return { 'aws:PrincipalType': 'Anonymous' };
    case 'service':
    case 'federated':
      return {};
  }
};

const roleOfSession = (sessionArn: string): string => {
  const [arn, partition, , , account, resource = ''] = sessionArn.split(':');
  return [arn, partition, 'iam', '', account, `role/${resource.split('/')[1]}`].join(':');
};

/** Tags of a bucket are part of the context only where attribute-based access control is on for the bucket. */
const isIgnoredBucketTag = (key: string, { request, settings }: NaiveRequest): boolean =>
  /^(aws:ResourceTag|s3:BucketTag)\//i.test(key) &&
  /^arn:[^:]*:s3:::/.test(request.resource) &&
  settings?.s3?.bucketAbacEnabled !== true;
