import { createHash } from 'node:crypto';
import { type HttpRequest, headerOf } from '../wire/http-request.ts';

/** What a canonical request is made for. */
export interface CanonicalOptions {
  readonly service: string;
  readonly presigned: boolean;
  readonly signedHeaders: readonly string[];
}

/**
 * The canonical request that a client has signed.
 * Source: "Create a signed AWS API request", IAM User Guide; for S3, whose paths are signed as they are, "Signature
 * Calculations for the Authorization Header", Amazon S3 API Reference.
 */
export const canonicalRequest = (request: HttpRequest, options: CanonicalOptions): string => {
  const headers = options.signedHeaders.map((name) => `${name}:${canonicalValue(headerOf(request, name) ?? '')}\n`);
  return [
    request.method,
    canonicalPath(request.path, options.service),
    canonicalQuery(request.query),
    headers.join(''),
    options.signedHeaders.join(';'),
    payloadHash(request, options),
  ].join('\n');
};

/** SHA-256 of the body in hexadecimal. */
export const bodyHash = ({ rawBody }: HttpRequest): string => createHash('sha256').update(rawBody).digest('hex');

/** The values of `X-Amz-Content-Sha256` by which S3's clients say that the body is not part of what they sign. */
export const isUnsignedPayload = (hash: string): boolean =>
  hash === 'UNSIGNED-PAYLOAD' || hash.startsWith('STREAMING-');

const payloadHash = (request: HttpRequest, { service, presigned }: CanonicalOptions): string => {
  const said = headerOf(request, 'x-amz-content-sha256');
  if (service === 's3') return said ?? (presigned ? 'UNSIGNED-PAYLOAD' : bodyHash(request));
  return said === 'UNSIGNED-PAYLOAD' ? said : bodyHash(request);
};

const canonicalValue = (value: string): string => value.trim().replace(/ +/g, ' ');

/** The path as it was sent, encoded once more; of S3 as it was sent. */
const canonicalPath = (path: string, service: string): string => {
  if (service === 's3') return path === '' ? '/' : path;
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(encoded(segment));
  }
  const trailing = segments.length > 0 && /\/\.{0,2}$/.test(path) ? '/' : '';
  return `/${segments.join('/')}${trailing}`;
};

const canonicalQuery = (query: string): string =>
  query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair): readonly [string, string] => {
      const equals = pair.indexOf('=');
      const name = equals < 0 ? pair : pair.slice(0, equals);
      return [recoded(name), recoded(equals < 0 ? '' : pair.slice(equals + 1))];
    })
    .filter(([name]) => name !== 'X-Amz-Signature')
    .sort(([aName, a], [bName, b]) => (aName === bName ? order(a, b) : order(aName, bName)))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Text in the one way of percent-encoding that is signed, however it was encoded. */
const recoded = (text: string): string => {
  try {
    return encoded(decodeURIComponent(text));
  } catch {
    return encoded(text);
  }
};

// Half a surrogate pair has no encoding; with the `u` flag the pattern matches such halves alone.
const encoded = (text: string): string =>
  encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '\ufffd')).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
