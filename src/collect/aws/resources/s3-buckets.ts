import type { Bucket, S3Client } from '@aws-sdk/client-s3';
import type { ResourceDocument } from '../../../snapshot/resource.ts';
import { allTokenPages, required } from '../answers.ts';
import type { ServiceScope } from '../service-scope.ts';
import { type BlockSettings, blockSettings, readAccountBlock } from './account-public-access.ts';
import { unlessAbsent, withPolicies } from './resource-reading.ts';

type Sdk = typeof import('@aws-sdk/client-s3');

/** S3 buckets, in every region since one list tells them all, with their policies and the settings of Block Public Access in force. */
export const collectBuckets = async (scope: ServiceScope): Promise<readonly ResourceDocument[]> => {
  const sdk = await import('@aws-sdk/client-s3');
  const clients = new Map<string, S3Client>();
  const clientOf = (region: string): S3Client => {
    const client = clients.get(region) ?? scope.connect(sdk.S3Client, region);
    clients.set(region, client);
    return client;
  };
  const home = clientOf(scope.homeRegion);
  const buckets = await scope.reader.read('s3:ListBuckets', () =>
    allTokenPages(
      // S3 tells regions, and where to go on, only where some parameter is given.
      (ContinuationToken) => home.send(new sdk.ListBucketsCommand({ MaxBuckets: 1000, ContinuationToken })),
      ({ Buckets }) => required(Buckets, 'Buckets').map((bucket) => describe(bucket, scope)),
      ({ ContinuationToken }) => ContinuationToken,
    ),
  );
  const listed = (buckets ?? []).map((resource) => ({ resource, client: clientOf(resource.region) }));
  if (listed.length === 0) return [];
  const withPolicy = await withPolicies(
    scope,
    's3:GetBucketPolicy',
    listed.map(({ resource, client }) => ({
      resource,
      askPolicy: () =>
        unlessAbsent('NoSuchBucketPolicy', async () =>
          required((await client.send(new sdk.GetBucketPolicyCommand({ Bucket: resource.name }))).Policy, 'Policy'),
        ),
    })),
  );
  const ofAccount = (await readAccountBlock(scope)) ?? {};
  const blocks = await scope.reader.readEach(
    's3:GetPublicAccessBlock',
    listed,
    ({ resource }) => resource.arn,
    async ({ resource, client }) => ({ block: await readBlock(sdk, client, resource.name) }),
  );
  return withPolicy.map((resource, index) => {
    const block = inForce(ofAccount, blocks?.[index]?.block);
    return Object.keys(block).length === 0 ? resource : { ...resource, public_access_block: block };
  });
};

/** What holds of the account's settings and the bucket's: the stricter of both. Source: "Blocking public access", Amazon S3 User Guide. */
const inForce = (ofAccount: BlockSettings, ofBucket: BlockSettings = {}): BlockSettings =>
  Object.fromEntries(
    [...new Set([...Object.keys(ofAccount), ...Object.keys(ofBucket)])].map((setting) => [
      setting,
      ofAccount[setting] === true || ofBucket[setting] === true,
    ]),
  );

const describe = ({ Name, BucketRegion }: Bucket, { partition, homeRegion }: ServiceScope) => {
  const name = required(Name, 'Name');
  return {
    service: 's3',
    type: 'bucket',
    arn: `arn:${partition}:s3:::${name}`,
    name,
    region: BucketRegion ?? homeRegion,
  };
};

const readBlock = async (sdk: Sdk, client: S3Client, Bucket: string) =>
  unlessAbsent('NoSuchPublicAccessBlockConfiguration', async () => {
    const answer = await client.send(new sdk.GetPublicAccessBlockCommand({ Bucket }));
    return blockSettings(required(answer.PublicAccessBlockConfiguration, 'PublicAccessBlockConfiguration'));
  });
