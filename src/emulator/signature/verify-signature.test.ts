import { describe, expect, it } from 'vitest';
import type { Instant } from '../../kernel/time.ts';
import type { HttpRequest } from '../wire/http-request.ts';
import { verifySignature } from './verify-signature.ts';

// From AWS's "Signature Version 4 Test Suite"; the last is the example of "Create a signed AWS API request".
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const SIGNED_AT = '2015-08-30T12:36:00Z' as Instant;

interface Vector {
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
  readonly signedHeaders?: string;
  readonly service?: string;
  readonly signature: string;
}

const requestOf = ({ method = 'GET', path = '/', query = '', headers = {}, body = '', ...vector }: Vector) => {
  const { signedHeaders = 'host;x-amz-date', service = 'service', signature } = vector;
  const authorization = `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/${service}/aws4_request, SignedHeaders=${signedHeaders}, Signature=${signature}`;
  return {
    method,
    path,
    query,
    headers: { host: 'example.amazonaws.com', 'x-amz-date': '20150830T123600Z', ...headers, authorization },
    contentType: '',
    authorization,
    body,
    rawBody: Buffer.from(body),
  };
};

const VECTORS: readonly (readonly [string, Vector])[] = [
  ['get-vanilla', { signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31' }],
  ['get-utf8', { path: '/ሴ', signature: '8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85' }],
  ['get-slashes', { path: '//./', signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31' }],
  [
    'get-relative',
    { path: '/example/..', signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31' },
  ],
  [
    'get-vanilla-query-order-key-case',
    {
      query: 'Param2=value2&Param1=value1',
      signature: 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    },
  ],
  [
    'get-header-key-duplicate',
    {
      headers: { 'my-header1': ['value2', 'value2', 'value1'] },
      signedHeaders: 'host;my-header1;x-amz-date',
      signature: 'c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea',
    },
  ],
  ['post-vanilla', { method: 'POST', signature: '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b' }],
  [
    'post-vanilla-query',
    {
      method: 'POST',
      query: 'Param1=value1',
      signature: '28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11',
    },
  ],
  [
    'post-header-key-sort',
    {
      method: 'POST',
      headers: { 'my-header1': 'value1' },
      signedHeaders: 'host;my-header1;x-amz-date',
      signature: 'c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c',
    },
  ],
  [
    'post-header-value-case',
    {
      method: 'POST',
      headers: { 'my-header1': ' VALUE1 ' },
      signedHeaders: 'host;my-header1;x-amz-date',
      signature: 'cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d',
    },
  ],
  [
    'post-x-www-form-urlencoded',
    {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'Param1=value1',
      signedHeaders: 'content-type;host;x-amz-date',
      signature: 'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    },
  ],
  [
    'ListUsers of IAM',
    {
      query: 'Action=ListUsers&Version=2010-05-08',
      headers: { host: 'iam.amazonaws.com', 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      signedHeaders: 'content-type;host;x-amz-date',
      service: 'iam',
      signature: '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
    },
  ],
];

const codeOf = (request: HttpRequest, now = SIGNED_AT, secret = SECRET): string => {
  const verified = verifySignature(request, secret, now);
  return verified.ok ? 'verified' : `${verified.error.code}: ${verified.error.message}`;
};

const MISMATCH =
  'SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

describe('a signature', () => {
  it.each(VECTORS)('is right as in AWS’s test suite: %s', (_, vector) => {
    expect(codeOf(requestOf(vector))).toBe('verified');
  });

  it.each(VECTORS)('is wrong with another secret, or of another request: %s', (_, vector) => {
    const request = requestOf(vector);
    expect(codeOf(request, SIGNED_AT, 'another')).toBe(MISMATCH);
    expect(codeOf({ ...request, method: 'PUT' })).toBe(MISMATCH);
    expect(codeOf({ ...request, path: `${request.path}x` })).toBe(MISMATCH);
    expect(codeOf({ ...request, query: 'x=y' })).toBe(MISMATCH);
    expect(codeOf({ ...request, rawBody: Buffer.from('x') })).toBe(MISMATCH);
    expect(codeOf({ ...request, headers: { ...request.headers, host: 'x' } })).toBe(MISMATCH);
  });

  const vanilla = requestOf({ signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31' });

  it.each([
    ['2015-08-30T12:41:00Z', 'verified'],
    [
      '2015-08-30T12:41:01Z',
      'SignatureDoesNotMatch: Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T124101Z - 5 min.)',
    ],
    ['2015-08-30T12:31:00Z', 'verified'],
    [
      '2015-08-30T12:30:59Z',
      'SignatureDoesNotMatch: Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z (20150830T123059Z + 5 min.)',
    ],
  ])('is good for five minutes: at %s', (now, answer) => {
    expect(codeOf(vanilla, now as Instant)).toBe(answer);
  });

  it('has the date of its scope', () => {
    const headers = { ...vanilla.headers, 'x-amz-date': '20150831T000000Z' };
    expect(codeOf({ ...vanilla, headers }, '2015-08-31T00:00:00Z' as Instant)).toBe(
      "SignatureDoesNotMatch: Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20150830' != '20150831', from '20150831T000000Z'.",
    );
  });

  it('covers the host', () => {
    const authorization = vanilla.authorization.replace('host;', '');
    expect(codeOf({ ...vanilla, authorization })).toBe(
      "SignatureDoesNotMatch: 'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    );
  });

  it.each([
    ['AWS4-HMAC-SHA256 Credential=a/20150830/r/s/aws4_request, SignedHeaders=host', "'Signature'"],
    ['AWS4-HMAC-SHA256 Credential=a/20150830/r/s/aws4_request, Signature=00', "'SignedHeaders'"],
    ['AWS4-HMAC-SHA256 Signature=00, SignedHeaders=host', "'Credential'"],
  ])('is incomplete without a part: %s', (authorization, part) => {
    expect(codeOf({ ...vanilla, authorization })).toBe(
      `IncompleteSignature: Authorization header requires ${part} parameter. Authorization=${authorization}`,
    );
  });

  it('has a time', () => {
    const { 'x-amz-date': _, ...headers } = vanilla.headers;
    expect(codeOf({ ...vanilla, headers })).toMatch(
      /^IncompleteSignature: Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header\./,
    );
    expect(codeOf({ ...vanilla, headers: { ...headers, 'x-amz-date': 'today' } })).toMatch(
      /^IncompleteSignature: Date must be in ISO-8601 'basic format'\. Got 'today'\./,
    );
  });

  it('of any text is refused without a crash', () => {
    for (const signature of ['', 'é', '\ud800', '0'.repeat(10_000)]) {
      expect(codeOf(requestOf({ signature, path: '/\ud800%zz', query: '%&=%f&\udfff' }))).not.toBe('verified');
    }
  });
});

describe('a presigned request', () => {
  // The example of "Authenticating Requests: Using Query Parameters", Amazon S3 API Reference.
  const query =
    'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404';
  const presigned: HttpRequest = {
    method: 'GET',
    path: '/test.txt',
    query,
    headers: { host: 'examplebucket.s3.amazonaws.com' },
    contentType: '',
    authorization: '',
    body: '',
    rawBody: new Uint8Array(),
  };
  const at = (now: string, request = presigned) =>
    codeOf(request, now as Instant, 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY');

  it('is good for as long as it says', () => {
    expect(at('2013-05-24T00:00:00Z')).toBe('verified');
    expect(at('2013-05-25T00:00:00Z')).toBe('verified');
    expect(at('2013-05-25T00:00:01Z')).toBe(
      'SignatureDoesNotMatch: Signature expired: 20130524T000000Z is now earlier than 20130524T000001Z (20130525T000001Z - 86400 sec.)',
    );
  });

  it('is good for what it was made for', () => {
    expect(at('2013-05-24T00:00:00Z', { ...presigned, path: '/other.txt' })).toBe(MISMATCH);
    expect(at('2013-05-24T00:00:00Z', { ...presigned, query: query.replace('86400', '86401') })).toBe(MISMATCH);
    expect(at('2013-05-24T00:00:00Z', { ...presigned, query: query.replace(/&X-Amz-Signature.*/, '') })).toBe(
      "IncompleteSignature: AWS query-string parameters must include 'X-Amz-Signature'. Re-examine the query-string parameters.",
    );
  });
});
