import { callerContext } from '../../evaluate/caller-context.ts';
import { type RequestContext, withContext } from '../../evaluate/request-context.ts';
import type { Caller } from '../../iam/caller.ts';
import type { ContextLookup } from '../../policy/context-lookup.ts';
import type { Outsider } from '../outsider.ts';

/** An outsider as the engine asks for callers, where need be by an ARN that nobody can have. */
export const toCaller = (outsider: Outsider, partition: string): Caller => {
  switch (outsider.kind) {
    case 'anonymous':
      return { kind: 'anonymous' };
    case 'anyAccount':
      return { kind: 'user', arn: '', account: '' };
    case 'account':
      return { kind: 'user', arn: `arn:${partition}:iam::${outsider.account}:`, account: outsider.account };
    case 'canonicalUser':
      return { kind: 'user', arn: '', account: outsider.id };
    case 'principal':
      return principalCaller(outsider);
    case 'service':
      return { kind: 'service', service: outsider.service ?? '' };
    case 'federated':
      return outsider;
  }
};

const principalCaller = ({ arn, account }: Extract<Outsider, { kind: 'principal' }>): Caller => {
  if (arn.includes(':assumed-role/')) return { kind: 'assumedRole', arn, account, roleArn: null };
  if (arn.includes(':federated-user/')) return { kind: 'federatedUser', arn, account };
  if (arn.includes(':role/')) return { kind: 'role', arn, account };
  return { kind: arn.endsWith(':root') ? 'root' : 'user', arn, account };
};

/** Whether a caller's credentials are sure to be temporary. */
export const hasTemporaryCredentials = ({ kind }: Caller): boolean =>
  kind === 'role' || kind === 'assumedRole' || kind === 'federatedUser';

const unknown: ContextLookup = () => 'unknown';

/** Nobody has signed. */
const noPrincipal: ContextLookup = (key) => (key.startsWith('aws:principal') ? 'absent' : 'unknown');

/** A service belongs to no account or organization of a customer. */
const serviceKeys: ContextLookup = (key) => (key.startsWith('aws:principalservicename') ? 'unknown' : noPrincipal(key));

// Set where a service calls by itself for a resource of somebody's, and for nobody else.
const NO_SOURCE: RequestContext = {
  'aws:SourceAccount': null,
  'aws:SourceArn': null,
  'aws:SourceOrgID': null,
  'aws:SourceOrgPaths': null,
  // The same by its name of old ("Example cases for Amazon SNS access control", SNS Developer Guide).
  'aws:SourceOwner': null,
};

const NO_CREDENTIALS: RequestContext = {
  'aws:username': null,
  'aws:MultiFactorAuthPresent': null,
  'aws:MultiFactorAuthAge': null,
  'aws:TokenIssueTime': null,
};

const ANONYMOUS = withContext({ ...NO_SOURCE, ...NO_CREDENTIALS, 'aws:PrincipalType': 'Anonymous' }, noPrincipal);
const FEDERATED = withContext({ ...NO_SOURCE, ...NO_CREDENTIALS }, noPrincipal);
const SERVICE = withContext({ 'aws:PrincipalIsAWSService': 'true' }, serviceKeys);
const SIGNED = withContext(
  {
    ...NO_SOURCE,
    'aws:PrincipalIsAWSService': 'false',
    'aws:PrincipalServiceName': null,
    'aws:PrincipalServiceNamesList': null,
  },
  unknown,
);

/**
 * What follows from who an outsider is of the context of its requests; the rest is unknown.
 * Source: "AWS global condition context keys", IAM User Guide.
 */
export const outsiderContext = (outsider: Outsider, caller: Caller): ContextLookup => {
  switch (outsider.kind) {
    case 'anonymous':
      return ANONYMOUS;
    case 'federated':
      return FEDERATED;
    case 'service':
      return outsider.service === null
        ? SERVICE
        : withContext({ 'aws:PrincipalServiceName': outsider.service }, SERVICE);
    case 'anyAccount':
    case 'canonicalUser':
      return SIGNED;
    case 'account':
      return withContext(accountContext(outsider.account), SIGNED);
    case 'principal':
      return withContext({ ...principalContext(caller), ...accountContext(outsider.account) }, SIGNED);
  }
};

const accountContext = (account: string): RequestContext => ({
  'aws:PrincipalAccount': account,
  'kms:CallerAccount': account,
});

/** Of a session the ARN of the role is not known: its own leaves out the role's path. */
const principalContext = (caller: Caller): RequestContext => {
  const { 'aws:PrincipalArn': arn, ...facts } = callerContext(caller);
  return caller.kind === 'assumedRole' || arn === undefined ? facts : { ...facts, 'aws:PrincipalArn': arn };
};
