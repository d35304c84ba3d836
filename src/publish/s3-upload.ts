import { createHash } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Secret } from '../kernel/secret.ts';
import { contentTypeOf } from './content-type.ts';

/** A bucket, and how it is reached; credentials come from the SDK's default chain unless given. */
export interface S3Place {
  readonly bucket: string;
  readonly prefix: string;
  readonly encryption: 'AES256' | 'aws:kms';
  /** Only with `aws:kms`; absent: the key that AWS manages for S3. */
  readonly kmsKeyId?: string | undefined;
  /** The account that the bucket must be of; absent: whichever. */
  readonly bucketOwner?: string | undefined;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  readonly endpointUrl?: string | undefined;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: Secret } | undefined;
}

const ATTEMPTS = 4;
const TIMEOUT_MS = 60_000;

/**
 * Puts files into a bucket under `PREFIX/DIRECTORY/`, one after the other in their order, encrypted, with their SHA-256 for S3 to
 * verify, and only where no object is: nothing is overwritten. An object that is there already and has the same content is as
 * good (an earlier try whose answer was lost). The value is the URL of the directory; the error is one line and tells where it
 * stopped.
 */
export const uploadToS3 = async (
  files: ReadonlyMap<string, string | Uint8Array>,
  directory: string,
  place: S3Place,
): Promise<Result<string, string>> => {
  const url = `s3://${place.bucket}/${keyOf(place, directory)}/`;
  const client = await clientOf(place);
  try {
    for (const [name, content] of files) {
      const put = await putOnce(client, { key: keyOf(place, `${directory}/${name}`), content, place });
      if (!put.ok) return err(`${url}: ${name}: ${put.error}`);
    }
    return ok(url);
  } finally {
    client.destroy();
  }
};

const keyOf = ({ prefix }: S3Place, path: string): string =>
  [...prefix.split('/').filter((part) => part !== ''), path].join('/');

const clientOf = async ({ region, profile, endpointUrl, credentials }: S3Place): Promise<S3Client> => {
  const sdk = await import('@aws-sdk/client-s3');
  return new sdk.S3Client({
    maxAttempts: ATTEMPTS,
    requestHandler: { requestTimeout: TIMEOUT_MS, connectionTimeout: TIMEOUT_MS / 6, throwOnRequestTimeout: true },
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
    ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl, forcePathStyle: true }),
    ...(credentials && {
      credentials: {
        accessKeyId: credentials.accessKeyId,
        secretAccessKey: credentials.secretAccessKey.reveal(),
      },
    }),
  });
};

interface ObjectToPut {
  readonly key: string;
  readonly content: string | Uint8Array;
  readonly place: S3Place;
}

const putOnce = async (client: S3Client, { key, content, place }: ObjectToPut): Promise<Result<void, string>> => {
  const { PutObjectCommand } = await import('@aws-sdk/client-s3');
  const body = typeof content === 'string' ? Buffer.from(content) : content;
  const sha256 = createHash('sha256').update(body).digest('base64');
  const { bucket, encryption, kmsKeyId, bucketOwner } = place;
  const where = { Bucket: bucket, Key: key, ...(bucketOwner && { ExpectedBucketOwner: bucketOwner }) };
  try {
    await client.send(
      new PutObjectCommand({
        ...where,
        Body: body,
        ContentLength: body.length,
        ContentType: contentTypeOf(key),
        ChecksumSHA256: sha256,
        IfNoneMatch: '*',
        ServerSideEncryption: encryption,
        ...(kmsKeyId && { SSEKMSKeyId: kmsKeyId }),
      }),
    );
    return ok(undefined);
  } catch (error) {
    if (statusOf(error) === 412) return holdsTheSame(client, where, sha256);
    return err(reasonOf(error));
  }
};

const holdsTheSame = async (
  client: S3Client,
  where: { readonly Bucket: string; readonly Key: string },
  sha256: string,
): Promise<Result<void, string>> => {
  const { HeadObjectCommand } = await import('@aws-sdk/client-s3');
  try {
    const { ChecksumSHA256 } = await client.send(new HeadObjectCommand({ ...where, ChecksumMode: 'ENABLED' }));
    return ChecksumSHA256 === sha256 ? ok(undefined) : err('another object is there, which is not overwritten');
  } catch (error) {
    return err(`an object is there, which cannot be compared (s3:GetObject: ${reasonOf(error)})`);
  }
};

/** The status that S3 answered with; null: it did not answer. */
const statusOf = (error: unknown): number | null => {
  if (!(error instanceof Error) || !('$metadata' in error)) return null;
  const metadata = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return null;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : null;
};

// A message of the SDK may hold what was sent; its name does not.
const reasonOf = (error: unknown): string => {
  const name = error instanceof Error && /^[A-Za-z0-9_.]{1,60}$/.test(error.name) ? error.name : 'unknown error';
  const status = statusOf(error);
  if (status !== null) return `answered ${status} (${name})`;
  return /Credentials|Token|Config|Region/.test(name)
    ? `no credentials (${name})`
    : `could not be reached (${codeOf(error) ?? name})`;
};

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
