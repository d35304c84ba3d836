import { createHash } from 'node:crypto';
import { z } from 'zod';
import { arnOf } from '../../../iam/arn.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { resourceAt, resourcesFrom, withoutResource, withResource } from '../../account-resources.ts';
import type { AccountState } from '../../account-state.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import { accountAt, withAccount } from '../../cloud-state.ts';
import { cloudOperation, operation, readOperation } from '../../operation.ts';
import { PUBLIC_ACCESS_SETTINGS } from '../../resource-documents.ts';
import type { ResourcePlace, ResourceState } from '../../resource-state.ts';
import { cutPage } from '../page.ts';
import { refuseAs } from './resource-operation.ts';

/** Where a bucket stands: names are the same in all regions. */
const placeOf = (name: string): ResourcePlace => ({ service: 's3', type: 'bucket', region: '', name });

const refuse = refuseAs('InvalidRequest');

/** The input of what asks about a bucket. */
export const ofBucket = z.object({ Bucket: z.string().min(1) });

/** A bucket, or S3's refusal. */
export const findBucket = (state: AccountState, name: string): Result<ResourceState, AwsError> => {
  const bucket = resourceAt(state, placeOf(name));
  return bucket === undefined
    ? awsError('NoSuchBucket', 'The specified bucket does not exist', { BucketName: name })
    : ok(bucket);
};

/** S3's names for buckets. Source: "General purpose bucket naming rules", Amazon S3 User Guide. */
const isBucketName = (name: string): boolean =>
  /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
  !name.includes('..') &&
  !/^\d+\.\d+\.\d+\.\d+$/.test(name) &&
  !name.startsWith('xn--');

/** `s3:CreateBucket`. A new bucket has Block Public Access on, as since April 2023. */
const createBucket = cloudOperation(
  's3:CreateBucket',
  ofBucket.extend({
    CreateBucketConfiguration: z
      .object({
        LocationConstraint: z.string().optional(),
        Tags: z.array(z.object({ Key: z.string(), Value: z.string() })).default([]),
      })
      .default({ Tags: [] }),
  }),
  (cloud, { Bucket: name, CreateBucketConfiguration: asked }, call) => {
    const state = accountAt(cloud, call.account);
    if (!isBucketName(name)) {
      return awsError('InvalidBucketName', 'The specified bucket is not valid.', { BucketName: name });
    }
    if (resourceAt(state, placeOf(name)) !== undefined) {
      const message = 'Your previous request to create the named bucket succeeded and you already own it.';
      return awsError('BucketAlreadyOwnedByYou', message, { BucketName: name });
    }
    for (const other of cloud.accounts.values()) {
      if (other.partition !== state.partition || resourceAt(other, placeOf(name)) === undefined) continue;
      const message =
        'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.';
      return awsError('BucketAlreadyExists', message, { BucketName: name });
    }
    const region = asked.LocationConstraint === 'EU' ? 'eu-west-1' : (asked.LocationConstraint ?? 'us-east-1');
    const bucket: ResourceState = {
      arn: arnOf({ partition: state.partition, service: 's3', region: '', account: '', resource: name }),
      ...placeOf(name),
      createDate: call.now,
      roleArn: null,
      policy: null,
      tags: new Map(asked.Tags.map(({ Key, Value }) => [Key, Value])),
      attributes: { region, ...Object.fromEntries(PUBLIC_ACCESS_SETTINGS.map((setting) => [setting, 'true'])) },
    };
    return ok({
      cloud: withAccount(cloud, withResource(state, bucket)),
      answer: {
        Location: region === 'us-east-1' ? `/${name}` : `http://${name}.s3.amazonaws.com/`,
        BucketArn: bucket.arn,
      },
    });
  },
  refuse,
);

/** The region of a bucket. */
const regionOf = ({ attributes }: ResourceState): string => attributes['region'] ?? 'us-east-1';

/** `s3:ListBuckets`. */
const listBuckets = readOperation(
  's3:ListBuckets',
  z.object({
    MaxBuckets: z.int().min(1).max(10_000).default(10_000),
    ContinuationToken: z.string().optional(),
    Prefix: z.string().optional(),
    BucketRegion: z.string().optional(),
  }),
  (state, { MaxBuckets, ContinuationToken, Prefix = '', BucketRegion }) => {
    const from = resourcesFrom(state, placeOf(Prefix));
    const cut = cutPage('ListBuckets', ContinuationToken, MaxBuckets, function* (start) {
      for (const entry of from(start)) {
        if (BucketRegion === undefined || regionOf(entry[1]) === BucketRegion) yield entry;
      }
    });
    if (cut === null) return awsError('InvalidArgument', 'The continuation token provided is incorrect');
    return ok({
      Buckets: cut.items.map((bucket) => ({
        Name: bucket.name,
        CreationDate: bucket.createDate,
        BucketRegion: regionOf(bucket),
        BucketArn: bucket.arn,
      })),
      Owner: { ID: canonicalUser(state.accountId) },
      ...(Prefix === '' ? {} : { Prefix }),
      ContinuationToken: cut.next,
    });
  },
  refuse,
);

/** The canonical user id of an account: 64 hexadecimal digits. */
const canonicalUser = (accountId: string): string => createHash('sha256').update(accountId).digest('hex');

/** `s3:HeadBucket`. */
const headBucket = readOperation(
  's3:HeadBucket',
  ofBucket,
  (state, { Bucket }) => {
    const bucket = findBucket(state, Bucket);
    return bucket.ok ? ok({ BucketRegion: regionOf(bucket.value), BucketArn: bucket.value.arn }) : bucket;
  },
  refuse,
);

/** `s3:GetBucketLocation`: nothing for us-east-1. */
const getBucketLocation = readOperation(
  's3:GetBucketLocation',
  ofBucket,
  (state, { Bucket }) => {
    const bucket = findBucket(state, Bucket);
    if (!bucket.ok) return bucket;
    const region = regionOf(bucket.value);
    return ok({ LocationConstraint: region === 'us-east-1' ? undefined : region });
  },
  refuse,
);

/** `s3:DeleteBucket`. */
const deleteBucket = operation(
  's3:DeleteBucket',
  ofBucket,
  (state, { Bucket }) => {
    const bucket = findBucket(state, Bucket);
    return bucket.ok ? ok({ state: withoutResource(state, bucket.value), answer: {} }) : bucket;
  },
  refuse,
);

const tagging = z.object({
  TagSet: z
    .array(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) }))
    .max(50)
    .default([]),
});

/** `s3:PutBucketTagging`: in place of what was there. */
const putBucketTagging = operation(
  's3:PutBucketTagging',
  ofBucket.extend({ Tagging: tagging }),
  (state, { Bucket, Tagging: { TagSet } }) => {
    const bucket = findBucket(state, Bucket);
    if (!bucket.ok) return bucket;
    const tags = new Map(TagSet.map(({ Key, Value }) => [Key, Value]));
    if (tags.size < TagSet.length) return awsError('InvalidTag', 'Cannot provide multiple Tags with the same key');
    return ok({ state: withResource(state, { ...bucket.value, tags }), answer: {} });
  },
  refuse,
);

/** `s3:GetBucketTagging`. */
const getBucketTagging = readOperation(
  's3:GetBucketTagging',
  ofBucket,
  (state, { Bucket }) => {
    const bucket = findBucket(state, Bucket);
    if (!bucket.ok) return bucket;
    if (bucket.value.tags.size === 0) {
      return awsError('NoSuchTagSet', 'The TagSet does not exist', { BucketName: Bucket });
    }
    return ok({ TagSet: [...bucket.value.tags].map(([Key, Value]) => ({ Key, Value })) });
  },
  refuse,
);

/** `s3:DeleteBucketTagging`. */
const deleteBucketTagging = operation(
  's3:DeleteBucketTagging',
  ofBucket,
  (state, { Bucket }) => {
    const bucket = findBucket(state, Bucket);
    return bucket.ok ? ok({ state: withResource(state, { ...bucket.value, tags: new Map() }), answer: {} }) : bucket;
  },
  refuse,
);

/** The operations of S3 on buckets themselves. */
export const bucketOperations = [
  createBucket,
  listBuckets,
  headBucket,
  getBucketLocation,
  deleteBucket,
  putBucketTagging,
  getBucketTagging,
  deleteBucketTagging,
];
