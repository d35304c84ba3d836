import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { err, ok, type Result } from '../../kernel/result.ts';
import { epochMillis, type Instant, toInstant } from '../../kernel/time.ts';
import { type HttpRequest, headerOf } from '../wire/http-request.ts';
import { bodyHash, canonicalRequest, isUnsignedPayload } from './canonical-request.ts';
import { readSignedRequest, type SignedRequest } from './signed-request.ts';

/** Why a request is not let in, before the form that its protocol gives it. */
export interface SignatureProblem {
  readonly code: 'IncompleteSignature' | 'SignatureDoesNotMatch' | 'XAmzContentSHA256Mismatch';
  readonly message: string;
}

/**
 * Whether a request is signed with a secret access key, in AWS's way and not long ago. The problem is in AWS's words.
 * Source: "AWS Signature Version 4 for API requests" and "Troubleshoot Signature Version 4 signing", IAM User Guide.
 */
export const verifySignature = (
  request: HttpRequest,
  secretAccessKey: string,
  now: Instant,
): Result<null, SignatureProblem> => {
  const read = readSignedRequest(request);
  if (!read.ok) return err({ code: 'IncompleteSignature', message: read.error.message });
  const signed = read.value;
  const late = problemOfTime(signed, now);
  if (late !== null) return mismatch(late);
  if (!signed.signedHeaders.includes('host')) {
    return mismatch("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
  if (!sameText(signatureOf(request, signed, secretAccessKey), signed.signature)) {
    return mismatch(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
  }
  return isWrongBody(request, signed)
    ? err({
        code: 'XAmzContentSHA256Mismatch',
        message: "The provided 'x-amz-content-sha256' header does not match what was computed.",
      })
    : ok(null);
};

/** The signature that a request should have, in hexadecimal. */
const signatureOf = (request: HttpRequest, signed: SignedRequest, secretAccessKey: string): string => {
  const { scope, signedAt, signedHeaders, presigned } = signed;
  const { date, region, service } = scope;
  const canonical = canonicalRequest(request, { service, presigned, signedHeaders });
  const hash = createHash('sha256').update(canonical).digest('hex');
  const toSign = ['AWS4-HMAC-SHA256', signedAt, `${date}/${region}/${service}/aws4_request`, hash].join('\n');
  const key = ['aws4_request', service, region, date].reduceRight<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  return hmac(key, toSign).toString('hex');
};

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

const mismatch = (message: string): Result<never, SignatureProblem> => err({ code: 'SignatureDoesNotMatch', message });

const sameText = (a: string, b: string): boolean =>
  a.length === b.length &&
  timingSafeEqual(Buffer.from(a), Buffer.from(b.padEnd(a.length).slice(0, a.length), 'latin1'));

const MINUTES = 5;

const problemOfTime = ({ signedAt, scope, presigned, expiresSeconds }: SignedRequest, now: Instant): string | null => {
  if (!signedAt.startsWith(scope.date)) {
    return `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scope.date}' != '${signedAt.slice(0, 8)}', from '${signedAt}'.`;
  }
  const good = presigned && expiresSeconds !== null ? expiresSeconds : MINUTES * 60;
  const span = presigned && expiresSeconds !== null ? `${good} sec.` : `${MINUTES} min.`;
  const earliest = basic(now, -good);
  const latest = basic(now, MINUTES * 60);
  if (signedAt < earliest) {
    return `Signature expired: ${signedAt} is now earlier than ${earliest} (${basic(now)} - ${span})`;
  }
  if (signedAt > latest) {
    return `Signature not yet current: ${signedAt} is still later than ${latest} (${basic(now)} + ${MINUTES} min.)`;
  }
  return null;
};

/** An instant so many seconds from another, in the form of `X-Amz-Date`. */
const basic = (instant: Instant, seconds = 0): string =>
  toInstant(epochMillis(instant) + seconds * 1000).replace(/[-:]/g, '');

/** Of S3 alone the signature covers what the client says of the body, and not the body. */
const isWrongBody = (request: HttpRequest, { scope }: SignedRequest): boolean => {
  const said = headerOf(request, 'x-amz-content-sha256');
  return scope.service === 's3' && said !== undefined && !isUnsignedPayload(said) && said !== bodyHash(request);
};
