import type { ContextLookup } from '../policy/context-lookup.ts';
import type { AccessRequest, ApplicablePolicies } from './applicable-policies.ts';
import type { Asked } from './match-statements.ts';
import { publicStatements } from './public-policy.ts';

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
  publicStatements(resource.policy).length > 0;
