import { expect, it } from 'vitest';
import { bucketOf } from './bucket-of-request.ts';

it.each([
  ['127.0.0.1:4599', '/', null, '/'],
  ['127.0.0.1:4599', '/acme', 'acme', '/'],
  ['127.0.0.1:4599', '/acme/', 'acme', '/'],
  ['localhost:4599', '/acme/a%20key/b', 'acme', '/a%20key/b'],
  ['acme.localhost:4599', '/key', 'acme', '/key'],
  ['my.bucket.s3.eu-west-1.amazonaws.com', '/', 'my.bucket', '/'],
  ['acme.s3.amazonaws.com', '/key', 'acme', '/key'],
  ['s3.eu-west-1.amazonaws.com', '/acme/key', 'acme', '/key'],
  ['127.0.0.1', '/%E0%A4%A', '%E0%A4%A', '/'],
])('of a request to %s for %s the bucket is %s, and %s is inside it', (host, path, bucket, inside) => {
  const request = { method: 'GET', path, query: '', contentType: '', authorization: '', body: '' };
  expect(bucketOf({ ...request, headers: { host }, rawBody: new Uint8Array() })).toEqual({ bucket, path: inside });
});
