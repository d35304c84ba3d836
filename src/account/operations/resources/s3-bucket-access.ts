import { z } from 'zod';
import { publicStatements } from '../../../evaluate/public-policy.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { withResource } from '../../account-resources.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import { operation, readOperation } from '../../operation.ts';
import { PUBLIC_ACCESS_SETTINGS, publicAccessBlockOf } from '../../resource-documents.ts';
import type { ResourceState } from '../../resource-state.ts';
import { compiledPolicy } from '../../simulate/simulation.ts';
import { parsed, statementsOf } from '../../trust-document.ts';
import { isResourcePolicy, refuseAs } from './resource-operation.ts';
import { findBucket, ofBucket } from './s3-buckets.ts';

const refuse = refuseAs('InvalidRequest');

/** In bytes. Source: "Bucket policies", Amazon S3 User Guide. */
const LONGEST_POLICY = 20_480;

const malformed = (message: string): Result<never, AwsError> => awsError('MalformedPolicy', message);

const isPublicPolicy = (text: string): boolean => publicStatements(compiledPolicy(text)).length > 0;

const checkPolicy = ({ arn, attributes }: ResourceState, text: string): Result<null, AwsError> => {
  if (parsed(text) === undefined) return malformed("Policies must be valid JSON and the first byte must be '{'");
  if (Buffer.byteLength(text) > LONGEST_POLICY) return malformed('The policy is too large.');
  const statements = statementsOf(parsed(text));
  if (statements.some(({ Principal, NotPrincipal }) => Principal === undefined && NotPrincipal === undefined)) {
    return malformed('Missing required field Principal');
  }
  if (statements.some(({ Resource, NotResource }) => Resource === undefined && NotResource === undefined)) {
    return malformed('Missing required field Resource');
  }
  if (!isResourcePolicy(text)) return malformed('This policy contains invalid Json');
  const resources = statements.flatMap(({ Resource = [] }) => [Resource].flat());
  if (
    !resources.every((resource) => resource === arn || String(resource).startsWith(`${arn}/`) || resource === `${arn}*`)
  ) {
    return malformed('Policy has invalid resource');
  }
  if (attributes['BlockPublicPolicy'] === 'true' && isPublicPolicy(text)) {
    const message =
      'User is not authorized to perform: s3:PutBucketPolicy because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.';
    return awsError('AccessDenied', message);
  }
  return ok(null);
};

/** `s3:PutBucketPolicy`. */
const putBucketPolicy = operation(
  's3:PutBucketPolicy',
  ofBucket.extend({ Policy: z.string() }),
  (state, { Bucket, Policy }) => {
    const bucket = findBucket(state, Bucket);
    if (!bucket.ok) return bucket;
    const checked = checkPolicy(bucket.value, Policy);
    return checked.ok ? ok({ state: withResource(state, { ...bucket.value, policy: Policy }), answer: {} }) : checked;
  },
  refuse,
);

const findPolicy = ({ policy, name }: ResourceState): Result<string, AwsError> =>
  policy === null
    ? awsError('NoSuchBucketPolicy', 'The bucket policy does not exist', { BucketName: name })
    : ok(policy);

/** `s3:GetBucketPolicy`. */
const getBucketPolicy = readOperation(
  's3:GetBucketPolicy',
  ofBucket,
  (state, { Bucket }) => {
    const bucket = findBucket(state, Bucket);
    if (!bucket.ok) return bucket;
    const policy = findPolicy(bucket.value);
    return policy.ok ? ok({ Policy: policy.value }) : policy;
  },
  refuse,
);

/** `s3:GetBucketPolicyStatus`. */
const getBucketPolicyStatus = readOperation(
  's3:GetBucketPolicyStatus',
  ofBucket,
  (state, { Bucket }) => {
    const bucket = findBucket(state, Bucket);
    if (!bucket.ok) return bucket;
    const policy = findPolicy(bucket.value);
    return policy.ok ? ok({ PolicyStatus: { IsPublic: isPublicPolicy(policy.value) } }) : policy;
  },
  refuse,
);

/** `s3:DeleteBucketPolicy`; no policy is no error. */
const deleteBucketPolicy = operation(
  's3:DeleteBucketPolicy',
  ofBucket,
  (state, { Bucket }) => {
    const bucket = findBucket(state, Bucket);
    return bucket.ok ? ok({ state: withResource(state, { ...bucket.value, policy: null }), answer: {} }) : bucket;
  },
  refuse,
);

const setting = z.boolean().default(false);

/** `s3:PutPublicAccessBlock`: a setting that is left out is off. */
const putPublicAccessBlock = operation(
  's3:PutPublicAccessBlock',
  ofBucket.extend({
    PublicAccessBlockConfiguration: z.object({
      BlockPublicAcls: setting,
      IgnorePublicAcls: setting,
      BlockPublicPolicy: setting,
      RestrictPublicBuckets: setting,
    }),
  }),
  (state, { Bucket, PublicAccessBlockConfiguration: settings }) => {
    const bucket = findBucket(state, Bucket);
    if (!bucket.ok) return bucket;
    const given = Object.fromEntries(PUBLIC_ACCESS_SETTINGS.map((name) => [name, String(settings[name])]));
    const attributes = { ...bucket.value.attributes, ...given };
    return ok({ state: withResource(state, { ...bucket.value, attributes }), answer: {} });
  },
  refuse,
);

/** `s3:GetPublicAccessBlock`. */
const getPublicAccessBlock = readOperation(
  's3:GetPublicAccessBlock',
  ofBucket,
  (state, { Bucket }) => {
    const bucket = findBucket(state, Bucket);
    if (!bucket.ok) return bucket;
    const block = publicAccessBlockOf(bucket.value);
    return block === null
      ? awsError('NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found', {
          BucketName: Bucket,
        })
      : ok({ PublicAccessBlockConfiguration: block });
  },
  refuse,
);

/** `s3:DeletePublicAccessBlock`. */
const deletePublicAccessBlock = operation(
  's3:DeletePublicAccessBlock',
  ofBucket,
  (state, { Bucket }) => {
    const bucket = findBucket(state, Bucket);
    if (!bucket.ok) return bucket;
    const isSetting = (name: string): boolean => PUBLIC_ACCESS_SETTINGS.some((each) => each === name);
    const attributes = Object.fromEntries(Object.entries(bucket.value.attributes).filter(([name]) => !isSetting(name)));
    return ok({ state: withResource(state, { ...bucket.value, attributes }), answer: {} });
  },
  refuse,
);

/** The operations of S3 on who may use a bucket. */
export const bucketAccessOperations = [
  putBucketPolicy,
  getBucketPolicy,
  getBucketPolicyStatus,
  deleteBucketPolicy,
  putPublicAccessBlock,
  getPublicAccessBlock,
  deletePublicAccessBlock,
];
