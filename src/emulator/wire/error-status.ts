import type { AwsService } from './aws-service.ts';

/** The HTTP status of an error: what the model of the service says, or what holds for every service's. */
export const statusOfError = ({ name, errors }: AwsService, code: string): number =>
  errors.get(code)?.status ?? (name === 's3' ? S3_STATUS.get(code) : undefined) ?? COMMON_STATUS.get(code) ?? 400;

/** HTTP statuses of errors that are every service's. Source: "Common errors", IAM API Reference. */
const COMMON_STATUS: ReadonlyMap<string, number> = new Map([
  ['AccessDenied', 403],
  ['AccessDeniedException', 403],
  ['ExpiredToken', 403],
  ['ExpiredTokenException', 403],
  ['InternalFailure', 500],
  ['InvalidClientTokenId', 403],
  ['SignatureDoesNotMatch', 403],
]);

/** S3's model knows few of its errors. Source: "Error responses", Amazon S3 API Reference. */
const S3_STATUS: ReadonlyMap<string, number> = new Map([
  ['BucketNotEmpty', 409],
  ['ExpiredToken', 400],
  ['InvalidAccessKeyId', 403],
  ['InvalidBucketState', 409],
  ['NoSuchBucketPolicy', 404],
  ['NoSuchPublicAccessBlockConfiguration', 404],
  ['NoSuchTagSet', 404],
]);
