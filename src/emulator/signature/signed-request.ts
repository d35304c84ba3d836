import { err, ok, type Result } from '../../kernel/result.ts';
import { type HttpRequest, headerOf } from '../wire/http-request.ts';
import type { WireProblem } from '../wire/wire-problem.ts';

/** What a request says of its signature, in its header or, where it is presigned, in its query. */
export interface SignedRequest {
  readonly presigned: boolean;
  readonly accessKeyId: string;
  /** `date/region/service/aws4_request`. */
  readonly scope: { readonly date: string; readonly region: string; readonly service: string };
  /** In lower case, in the order in which they are signed. */
  readonly signedHeaders: readonly string[];
  /** Hexadecimal. */
  readonly signature: string;
  /** When it was signed: `20260131T120000Z`. */
  readonly signedAt: string;
  /** For how many seconds a presigned request is good; null: its signer did not say. */
  readonly expiresSeconds: number | null;
}

/** Why a request is not let in. */
type Refusal = Pick<WireProblem, 'code' | 'status' | 'message'>;

/**
 * Reads what a request says of its signature; `IncompleteSignature` in AWS's words where parts are missing.
 * Source: "AWS Signature Version 4 for API requests", IAM User Guide.
 */
export const readSignedRequest = (request: HttpRequest): Result<SignedRequest, Refusal> =>
  request.authorization === '' ? readPresigned(request) : readHeader(request);

const readHeader = (request: HttpRequest): Result<SignedRequest, Refusal> => {
  const { authorization } = request;
  const parts = new Map(
    authorization
      .replace(/^AWS4-HMAC-SHA256\s+/, '')
      .split(',')
      .map((part) => {
        const equals = part.indexOf('=');
        return [part.slice(0, equals).trim(), part.slice(equals + 1).trim()] as const;
      }),
  );
  const signedAt = headerOf(request, 'x-amz-date') ?? basicDate(headerOf(request, 'date'));
  const missing = ['Credential', 'Signature', 'SignedHeaders']
    .filter((name) => (parts.get(name) ?? '') === '')
    .map((name) => `Authorization header requires '${name}' parameter.`);
  if (signedAt === undefined) {
    missing.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  }
  if (missing.length > 0 || signedAt === undefined)
    return incomplete(`${missing.join(' ')} Authorization=${authorization}`);
  return signed({
    presigned: false,
    credential: parts.get('Credential') ?? '',
    signedHeaders: parts.get('SignedHeaders') ?? '',
    signature: parts.get('Signature') ?? '',
    signedAt,
    expires: undefined,
  });
};

const readPresigned = ({ query }: HttpRequest): Result<SignedRequest, Refusal> => {
  const parameters = new URLSearchParams(query);
  const missing = ['X-Amz-Credential', 'X-Amz-Signature', 'X-Amz-SignedHeaders', 'X-Amz-Date']
    .filter((name) => (parameters.get(name) ?? '') === '')
    .map((name) => `AWS query-string parameters must include '${name}'.`);
  if (missing.length > 0) return incomplete(`${missing.join(' ')} Re-examine the query-string parameters.`);
  return signed({
    presigned: true,
    credential: parameters.get('X-Amz-Credential') ?? '',
    signedHeaders: parameters.get('X-Amz-SignedHeaders') ?? '',
    signature: parameters.get('X-Amz-Signature') ?? '',
    signedAt: parameters.get('X-Amz-Date') ?? '',
    expires: parameters.get('X-Amz-Expires') ?? undefined,
  });
};

interface Parts {
  readonly presigned: boolean;
  readonly credential: string;
  readonly signedHeaders: string;
  readonly signature: string;
  readonly signedAt: string;
  readonly expires: string | undefined;
}

const signed = ({
  presigned,
  credential,
  signedHeaders,
  signature,
  signedAt,
  expires,
}: Parts): Result<SignedRequest, Refusal> => {
  const [accessKeyId = '', date = '', region = '', service = ''] = credential.split('/');
  if (!/^\d{8}T\d{6}Z$/.test(signedAt)) {
    return incomplete(
      `Date must be in ISO-8601 'basic format'. Got '${signedAt}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    );
  }
  return ok({
    presigned,
    accessKeyId,
    scope: { date, region, service },
    signedHeaders: signedHeaders.toLowerCase().split(';'),
    signature,
    signedAt,
    expiresSeconds: expires !== undefined && /^\d{1,6}$/.test(expires) ? Number(expires) : null,
  });
};

const incomplete = (message: string): Result<never, Refusal> =>
  err({ code: 'IncompleteSignature', status: 400, message });

/** The date of a `Date` header in the form of `X-Amz-Date`. */
const basicDate = (date: string | undefined): string | undefined => {
  const millis = Date.parse(date ?? '');
  return Number.isNaN(millis) ? date : new Date(millis).toISOString().replace(/[-:]|\.\d{3}/g, '');
};
