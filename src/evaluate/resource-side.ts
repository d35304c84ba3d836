import type { CompiledCondition } from '../policy/compile-condition.ts';
import type { CompiledStatement } from '../policy/compile-policy.ts';
import { parseConditionOperator } from '../policy/condition-operators.ts';
import type { ContextLookup } from '../policy/context-lookup.ts';
import type { AccessRequest, ApplicablePolicies, NamedPolicy } from './applicable-policies.ts';
import type { Asked } from './match-statements.ts';

/**
 * Whether identity-based policies have a say about a resource only where its own policy names the account: KMS keys, and
 * roles that are to be assumed.
 * Source: "Key policies in AWS KMS", KMS Developer Guide; "Policy evaluation logic", IAM User Guide.
 */
export const needsResourcePolicy = ({ action, resource }: Pick<AccessRequest, 'action' | 'resource'>): boolean =>
  action.name.startsWith('kms:')
    ? /^arn:[^:]+:kms:[^:]*:[^:]*:key\//.test(resource)
    : /^sts:(?:assumerole|tagsession|setsourceidentity)/.test(action.name) &&
      /^arn:[^:]+:iam::\d*:role\//.test(resource);

/** The context without the bucket's tags, where they do not count ("Using tags with S3 general purpose buckets", S3 User Guide). */
export const countedContext = (
  { resource, context }: AccessRequest,
  { settings }: ApplicablePolicies,
): ContextLookup =>
  settings?.s3?.bucketAbacEnabled === false && isS3(resource)
    ? (key) => (/^(?:aws:resourcetag|s3:buckettag)\//.test(key) ? 'absent' : context(key))
    : context;

const isS3 = (resource: string): boolean => /^arn:[^:]+:s3:/.test(resource);

/**
 * Whether S3 Block Public Access turns a caller away, whatever the bucket policy grants: where it is public, those of other
 * accounts but for services.
 * Source: "Blocking public access to your Amazon S3 storage", S3 User Guide.
 */
export const isBlockedPublicAccess = (
  asked: Asked,
  { resource, settings }: ApplicablePolicies,
  sameAccount: boolean,
): boolean =>
  settings?.s3?.blockPublicAccess === true &&
  isS3(asked.resource) &&
  !sameAccount &&
  asked.caller.kind !== 'service' &&
  resource != null &&
  isPublic(resource);

const isPublic = ({ policy }: NamedPolicy): boolean => policy.allows.some(isPublicStatement);

const isPublicStatement = ({ principal, conditions }: CompiledStatement): boolean =>
  principal?.everybody === true && principal.kind === 'principal' && !conditions.some(fixesCaller);

/** The keys that tell who asks or from where. Source: "The meaning of public", S3 User Guide. */
const FIXING_KEYS: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
]);

/** Whether a condition asks for fixed values of a key that tells who asks: without wildcards and variables. */
const fixesCaller = ({ condition, variables }: CompiledCondition): boolean => {
  const operator = parseConditionOperator(condition.operator);
  if (operator === null || operator.ifExists || operator.set === 'ForAllValues') return false;
  if (operator.base.includes('Not') || !/^(?:String|Arn|IpAddress)/.test(operator.base) || variables) return false;
  const key = condition.key.toLowerCase();
  if (!FIXING_KEYS.has(key)) return false;
  // The whole internet is no fixed value.
  if (key === 'aws:sourceip') return condition.values.every((value) => !/\/0$/.test(value));
  return condition.values.every((value) =>
    key === 's3:dataaccesspointarn' ? isArnOfAccount(value) : !/[*?]/.test(value),
  );
};

const isArnOfAccount = (value: string): boolean => /^arn:[^:]+:s3:[^:]*:\d{12}:/.test(value);
