import { type HttpRequest, headerOf } from '../wire/http-request.ts';

/** The bucket that a request to S3 is about, and the path inside it. */
export interface BucketPath {
  /** Null: none, as of ListBuckets. */
  readonly bucket: string | null;
  /** As sent, from the slash that follows the bucket. */
  readonly path: string;
}

/**
 * Tells the bucket of a request to S3: the first part of the host, before the endpoint's own name, or of the path.
 * Source: "Virtual hosting of general purpose buckets", Amazon S3 User Guide.
 */
export const bucketOf = (request: HttpRequest): BucketPath => {
  const { path } = request;
  const inHost = /^(.+)\.(?:localhost|s3[.-][^:]*)(?::\d+)?$/i.exec(headerOf(request, 'host') ?? '')?.[1];
  if (inHost !== undefined && inHost !== 's3') return { bucket: inHost, path };
  const [, first = '', rest = ''] = /^\/([^/]*)(.*)$/s.exec(path) ?? [];
  return first === '' ? { bucket: null, path } : { bucket: decoded(first), path: rest === '' ? '/' : rest };
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
