import type { AwsService } from '../wire/aws-service.ts';
import { statusOfError } from '../wire/error-status.ts';
import type { WireProblem } from '../wire/wire-problem.ts';

/** An error that every service has. */
interface CommonError {
  readonly code: string;
  readonly message: string;
}

/**
 * An error in the words of a service: what IAM and STS call `InvalidClientTokenId` has other names elsewhere.
 * Source: "Common errors" in the API references of the services; "Error responses", Amazon S3 API Reference.
 */
export const inWordsOf = (service: AwsService, speaksQuery: boolean, error: CommonError): WireProblem => {
  const own = service.name === 's3' ? S3[error.code] : speaksQuery ? undefined : JSON_CODES[error.code];
  const worded = { ...error, ...own };
  return { ...worded, status: own?.status ?? statusOfError(service, worded.code) };
};

type Words = Readonly<Record<string, { readonly code: string; readonly message?: string; readonly status?: number }>>;

const JSON_CODES: Words = {
  AccessDenied: { code: 'AccessDeniedException' },
  ExpiredToken: { code: 'ExpiredTokenException' },
  IncompleteSignature: { code: 'IncompleteSignatureException', status: 403 },
  InvalidClientTokenId: { code: 'UnrecognizedClientException', status: 403 },
  SignatureDoesNotMatch: { code: 'InvalidSignatureException', status: 403 },
};

const S3: Words = {
  ExpiredToken: { code: 'ExpiredToken', message: 'The provided token has expired.', status: 400 },
  InvalidClientTokenId: {
    code: 'InvalidAccessKeyId',
    message: 'The AWS Access Key Id you provided does not exist in our records.',
    status: 403,
  },
};
