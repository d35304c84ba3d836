import * as iam from '@aws-sdk/client-iam';
import * as sts from '@aws-sdk/client-sts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valuesOf } from '../testing/shape-values.ts';
import { awsServices } from './aws-service.ts';
import { decodeQuery } from './query-decode.ts';
import { parseForm } from './query-form.ts';
import { encodeResult } from './xml-encode.ts';

/** Sends a command of the real SDK client; `serve` gives the XML that answers the form which the client wrote. */
const throughClient = async (
  service: string,
  action: string,
  input: unknown,
  serve: (form: string) => string,
): Promise<Record<string, unknown>> => {
  const sdk: Record<string, unknown> = service === 'iam' ? { ...iam } : { ...sts };
  const Client = sdk[service === 'iam' ? 'IAMClient' : 'STSClient'] as typeof iam.IAMClient;
  const Command = sdk[`${action}Command`] as typeof iam.GetUserCommand;
  const client = new Client({
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIA', secretAccessKey: 'x' },
    requestHandler: {
      handle: async (request: { body: string }) => ({
        response: { statusCode: 200, headers: {}, body: new TextEncoder().encode(serve(request.body)) },
      }),
    } as never,
  });
  const { $metadata, ...output } = await client.send(new Command(input as never));
  return output as unknown as Record<string, unknown>;
};

/** What the emulator holds for what a client holds: times as text without milliseconds. */
const ours = (value: unknown): unknown => {
  if (value instanceof Date) return value.toISOString().replace('.000Z', 'Z');
  if (Array.isArray(value)) return value.map(ours);
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, ours(part)]));
};

const everyOperation = [...awsServices.values()].flatMap((service) =>
  [...service.operations].map(([action, shapes]) => ({ service, action, shapes })),
);

describe('the codec and the client of the AWS SDK', () => {
  it('know the operations of IAM and STS', () => {
    expect(awsServices.get('iam')?.operations.size).toBeGreaterThan(170);
    expect(awsServices.get('sts')?.operations.size).toBeGreaterThan(8);
  });

  it.each(everyOperation)('understand each other: $service.name:$action', async ({ service, action, shapes }) => {
    await fc.assert(
      fc.asyncProperty(valuesOf(shapes.input), valuesOf(shapes.output), async (input, output) => {
        let decoded: unknown;
        const received = await throughClient(service.name, action, input, (text) => {
          const form = parseForm(text);
          decoded = form.ok ? decodeQuery(shapes.input, form.value) : form;
          return encodeResult(action, service.xmlNamespace, shapes.output, ours(output), 'request');
        });
        expect(decoded).toEqual({ ok: true, value: ours(input) });
        expect(received).toEqual(output);
      }),
      { numRuns: 15, seed: 42 },
    );
  });

  it('agree that an empty list is empty', async () => {
    const shapes = awsServices.get('iam')?.operations.get('GetAccountAuthorizationDetails');
    if (shapes === undefined) throw new Error('the operation is gone');
    let decoded: unknown;
    const received = await throughClient('iam', 'GetAccountAuthorizationDetails', { Filter: [] }, (text) => {
      const form = parseForm(text);
      decoded = form.ok ? decodeQuery(shapes.input, form.value) : form;
      return encodeResult('GetAccountAuthorizationDetails', 'x', shapes.output, { UserDetailList: [] }, 'request');
    });
    expect(decoded).toEqual({ ok: true, value: { Filter: [] } });
    expect(received).toEqual({ UserDetailList: [] });
  });
});
