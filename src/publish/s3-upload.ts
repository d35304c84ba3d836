import { createHash } from 'node:crypto';
import type { PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
import { err, ok, type Result } from '../kernel/result.ts';
import { contentTypeOf } from './content-type.ts';
import { isForGood, reasonOf, statusOf } from './s3-failure.ts';
import { clientOf, type S3Patience, type S3Place, USUAL_PATIENCE } from './s3-place.ts';

/** A file on its way to a bucket, read when it is its turn. */
export interface FileToUpload {
  readonly name: string;
  /** The error is a reason in a few words. */
  read(): Promise<Result<string | Uint8Array, string>>;
}

/** Why files did not arrive. */
export interface UploadProblem {
  /**
   * `refused`: somebody must mend the place. `unreachable`: it may go later. `files`: they are not what they were. `taken`: something
   * else lies where they are to go.
   */
  readonly kind: 'refused' | 'unreachable' | 'files' | 'taken';
  /** One line: the file and what is wrong. */
  readonly message: string;
}

/** How files are uploaded. */
export interface UploadHabits {
  readonly patience?: S3Patience;
  /** Is told of each file that has arrived, before the next one is sent. */
  onArrived?(name: string): Promise<void>;
}

/**
 * Puts files into a bucket under `PREFIX/DIRECTORY/`, one after the other in their order, encrypted, with their SHA-256 for S3 to
 * verify, and only where no object is: nothing is overwritten. An object that is there already and has the same content is as
 * good (an earlier try whose answer was lost).
 */
export const uploadToS3 = async (
  files: readonly FileToUpload[],
  directory: string,
  place: S3Place,
  { patience = USUAL_PATIENCE, onArrived = async () => {} }: UploadHabits = {},
): Promise<Result<void, UploadProblem>> => {
  const client = await clientOf(place, patience);
  try {
    for (const { name, read } of files) {
      const content = await read();
      if (!content.ok) return err({ kind: 'files', message: `${name}: ${content.error}` });
      const put = await putNew(client, toObject(`${directory}/${name}`, content.value, place), patience);
      if (!put.ok) return err({ ...put.error, message: `${name}: ${put.error.message}` });
      await onArrived(name);
    }
    return ok(undefined);
  } finally {
    client.destroy();
  }
};

/** Puts one file into a bucket at `PREFIX/NAME`, in the place of what is there. */
export const replaceInS3 = async (
  name: string,
  content: string,
  place: S3Place,
  patience: S3Patience = USUAL_PATIENCE,
): Promise<Result<void, UploadProblem>> => {
  const client = await clientOf(place, patience);
  try {
    await put(client, toObject(name, content, place), patience);
    return ok(undefined);
  } catch (error) {
    return err({ kind: isForGood(error) ? 'refused' : 'unreachable', message: `${name}: ${reasonOf(error)}` });
  } finally {
    client.destroy();
  }
};

/** The URL of something below a place. */
export const urlIn = (place: Pick<S3Place, 'bucket' | 'prefix'>, path: string): string =>
  `s3://${place.bucket}/${keyOf(place, path)}`;

const keyOf = ({ prefix }: Pick<S3Place, 'prefix'>, path: string): string =>
  [...prefix.split('/').filter((part) => part !== ''), path].join('/');

type ObjectToPut = PutObjectCommandInput & { readonly Body: Uint8Array; readonly ChecksumSHA256: string };

const toObject = (path: string, content: string | Uint8Array, place: S3Place): ObjectToPut => {
  const body = typeof content === 'string' ? Buffer.from(content) : content;
  const { bucket, encryption, kmsKeyId, bucketOwner } = place;
  return {
    Bucket: bucket,
    Key: keyOf(place, path),
    ...(bucketOwner && { ExpectedBucketOwner: bucketOwner }),
    Body: body,
    ContentLength: body.length,
    ContentType: contentTypeOf(path),
    ChecksumSHA256: createHash('sha256').update(body).digest('base64'),
    ServerSideEncryption: encryption,
    ...(kmsKeyId && { SSEKMSKeyId: kmsKeyId }),
  };
};

/** How slow a line may be: 100 kB/s. */
const SLOWEST_BYTES_A_MS = 100;

const put = async (client: S3Client, object: ObjectToPut, { timeoutMs }: S3Patience): Promise<void> => {
  const { PutObjectCommand } = await import('@aws-sdk/client-s3');
  const requestTimeout = timeoutMs + Math.ceil(object.Body.length / SLOWEST_BYTES_A_MS);
  await client.send(new PutObjectCommand(object), { requestTimeout });
};

const putNew = async (
  client: S3Client,
  object: ObjectToPut,
  patience: S3Patience,
): Promise<Result<void, UploadProblem>> => {
  try {
    await put(client, { ...object, IfNoneMatch: '*' }, patience);
    return ok(undefined);
  } catch (error) {
    if (statusOf(error) === 412) return holdsTheSame(client, object);
    return err({ kind: isForGood(error) ? 'refused' : 'unreachable', message: reasonOf(error) });
  }
};

const holdsTheSame = async (
  client: S3Client,
  { Bucket, Key, ExpectedBucketOwner, ChecksumSHA256: expected }: ObjectToPut,
): Promise<Result<void, UploadProblem>> => {
  const { HeadObjectCommand } = await import('@aws-sdk/client-s3');
  const where = { Bucket, Key, ...(ExpectedBucketOwner && { ExpectedBucketOwner }) };
  try {
    const { ChecksumSHA256 } = await client.send(new HeadObjectCommand({ ...where, ChecksumMode: 'ENABLED' }));
    return ChecksumSHA256 === expected
      ? ok(undefined)
      : err({ kind: 'taken', message: 'another object is there, which is not overwritten' });
  } catch (error) {
    const message = `an object is there, which cannot be compared (s3:GetObject: ${reasonOf(error)})`;
    return err({ kind: isForGood(error) ? 'refused' : 'unreachable', message });
  }
};
