import type { S3Client } from '@aws-sdk/client-s3';
import type { Secret } from '../kernel/secret.ts';

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

/** How often a request is made, and how long one may take that carries nothing. */
export interface S3Patience {
  readonly attempts: number;
  readonly timeoutMs: number;
}

/** Four tries of a minute. */
export const USUAL_PATIENCE: S3Patience = { attempts: 4, timeoutMs: 60_000 };

const LONGEST_CONNECT_MS = 10_000;

/** A client for a bucket; whoever asked for it destroys it. */
export const clientOf = async (
  { region, profile, endpointUrl, credentials }: S3Place,
  { attempts, timeoutMs }: S3Patience,
): Promise<S3Client> => {
  const sdk = await import('@aws-sdk/client-s3');
  return new sdk.S3Client({
    maxAttempts: attempts,
    requestHandler: {
      requestTimeout: timeoutMs,
      connectionTimeout: Math.min(timeoutMs, LONGEST_CONNECT_MS),
      throwOnRequestTimeout: true,
    },
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
