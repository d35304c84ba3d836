import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { operations } from '../../account/operations.ts';
import { readAwsRequest } from '../http/aws-request.ts';
import { valuesOf } from '../testing/shape-values.ts';
import { throughClient } from '../testing/through-client.ts';
import { type AwsService, awsService, awsServiceNames } from './aws-service.ts';

/** What the emulator holds for what a client holds: times as text without milliseconds. */
const ours = (value: unknown): unknown => {
  if (value instanceof Date) return value.toISOString().replace('.000Z', 'Z');
  if (Array.isArray(value)) return value.map(ours);
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, ours(part)]));
};

const services = new Map<string, AwsService>();
for (const name of awsServiceNames) {
  const service = await awsService(name);
  if (service !== undefined) services.set(name, service);
}

/** All operations of IAM and STS, and those of other services that the emulator answers. */
const everyOperation = [...services].flatMap(([service, { protocol, operations: known }]) =>
  [...known.keys()]
    .filter((action) => protocol === 'query' || action === 'LookupEvents' || operations.has(`${service}:${action}`))
    .map((action) => [service, action] as const),
);

const shapesOf = (service: string, action: string) => {
  const shapes = services.get(service)?.operations.get(action);
  if (shapes === undefined) throw new Error(`there is no ${service}:${action}`);
  return shapes;
};

/** Clients make up these members where they are left out. */
const TOKENS = ['clientToken', 'ClientToken', 'ClientRequestToken', 'ChecksumAlgorithm', 'ContentMD5'];

const withoutMadeUp = (value: Record<string, unknown>, given: Record<string, unknown>): unknown =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name in given || !TOKENS.includes(name)));

/** Sends a command, reads it as the emulator does, and answers it. */
const exchange = async (service: string, action: string, input: Record<string, unknown>, output: unknown) => {
  let decoded: unknown;
  const received = await throughClient(service, action, input, async (http) => {
    const read = await readAwsRequest(http);
    if (!read.ok) throw new Error(JSON.stringify(read.error.problem));
    expect(read.value.action).toBe(action);
    const value = read.value.protocol.decode(read.value);
    decoded = value.ok ? withoutMadeUp(value.value as Record<string, unknown>, input) : value.error;
    return read.value.protocol.answer(read.value, output, 'request');
  });
  return { decoded, received };
};

describe('the codec and the client of the AWS SDK', () => {
  it('know the operations of the services', () => {
    expect(services.get('iam')?.operations.size).toBeGreaterThan(170);
    expect(services.get('sts')?.operations.size).toBeGreaterThan(8);
    expect(services.get('organizations')?.operations.size).toBeGreaterThan(60);
    expect(services.get('s3')?.operations.size).toBeGreaterThan(100);
  });

  it.each(everyOperation)('understand each other: %s:%s', async (service, action) => {
    const shapes = shapesOf(service, action);
    await fc.assert(
      fc.asyncProperty(valuesOf(shapes.input), valuesOf(shapes.output), async (input, output) => {
        const { decoded, received } = await exchange(service, action, input, ours(output));
        expect(decoded).toEqual(ours(input));
        expect(received).toEqual(output);
      }),
      { numRuns: 15, seed: 42 },
    );
  });

  it('agree that an empty list is empty', async () => {
    const action = 'GetAccountAuthorizationDetails';
    const { decoded, received } = await exchange('iam', action, { Filter: [] }, { UserDetailList: [] });
    expect(decoded).toEqual({ Filter: [] });
    expect(received).toEqual({ UserDetailList: [] });
  });

  it('agree with older clients that speak AWS Query to SQS', async () => {
    const body = 'Action=SetQueueAttributes&Version=2012-11-05&QueueUrl=u&Attribute.1.Name=Policy&Attribute.1.Value=x';
    const read = await readAwsRequest({
      method: 'POST',
      path: '/',
      query: '',
      headers: {},
      contentType: 'application/x-www-form-urlencoded; charset=utf-8',
      authorization: 'AWS4-HMAC-SHA256 Credential=AKIA/20260131/us-east-1/sqs/aws4_request',
      body,
      rawBody: Buffer.from(body),
    });
    if (!read.ok) throw new Error(read.error.problem.message);
    expect(read.value.protocol.decode(read.value)).toEqual({
      ok: true,
      value: { QueueUrl: 'u', Attributes: { Policy: 'x' } },
    });
  });
});
