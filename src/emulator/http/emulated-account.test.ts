import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyAccount } from '../../account/account-edits.ts';
import { parseAccountFile } from '../../account/account-file.ts';
import { operations } from '../../account/operations.ts';
import type { Instant } from '../../kernel/time.ts';
import { type AwsService, awsService, awsServiceNames } from '../wire/aws-service.ts';
import { answerCall, type EmulatedCloud } from './emulated-account.ts';
import { createEnforcement } from './enforcement.ts';
import { createEventLog } from './event-log.ts';

const now = '2026-01-31T12:00:00Z' as Instant;
const circumstances = {
  now,
  random: (size: number) => new Uint8Array(size),
  requestId: 'id',
  sourceIp: '127.0.0.1',
  changed: () => undefined,
};

const emulatedAccount = (): EmulatedCloud => {
  const parsed = parseAccountFile('{ users: [{ userName: alice }], groups: [{ groupName: g }] }', 'account.yaml', {
    now,
  });
  if (!parsed.ok) throw new Error(parsed.error.join('\n'));
  return {
    ...parsed.value,
    twinAt: emptyAccount,
    requests: new Map(),
    enforcement: createEnforcement(Number.POSITIVE_INFINITY),
    eventLog: createEventLog(),
  };
};

const services = new Map<string, AwsService>();
for (const name of awsServiceNames) {
  const service = await awsService(name);
  if (service !== undefined) services.set(name, service);
}

const namesOf = (isWanted: (service: AwsService) => boolean): string[] =>
  [...operations.keys()].filter((name) => {
    const service = services.get(name.split(':')[0] ?? '');
    return service !== undefined && isWanted(service);
  });

const scope = (service: string) => `AWS4-HMAC-SHA256 Credential=AKIA/20260131/us-east-1/${service}/aws4_request`;

const anyValue = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    'alice',
    'ALICE',
    '/',
    '0',
    '1',
    '-1',
    '1001',
    'true',
    'constructor',
    '__proto__',
    'arn:aws:iam::aws:policy/x',
  ),
);

/** A form for one of the operations: members that it knows, with values and nesting that it does not expect. */
const anyForm = fc.constantFrom(...namesOf(({ protocol }) => protocol === 'query')).chain((name) => {
  const [service = '', action = ''] = name.split(':');
  const known =
    services
      .get(service)
      ?.operations.get(action)
      ?.input.members.map((member) => member.wireName) ?? [];
  const key = fc
    .tuple(
      fc.constantFrom(...known, '__proto__', 'toString', 'X'),
      fc.constantFrom('', '.member.1', '.member.2', '.1', '.member.x', '.member.1.Key', '.entry.1.key'),
    )
    .map((parts) => parts.join(''));
  return fc.record({
    service: fc.constant(service),
    action: fc.constant(action),
    parameters: fc.array(fc.tuple(key, anyValue), { maxLength: 6 }),
  });
});

const postOf = (body: string) => ({
  method: 'POST',
  path: '/',
  headers: {},
  contentType: 'application/x-www-form-urlencoded',
  body,
  rawBody: Buffer.from(body),
});

describe('answerCall', () => {
  it('answers every form with a result or an AWS error of the caller’s fault', async () => {
    const account = emulatedAccount();
    await fc.assert(
      fc.asyncProperty(anyForm, async ({ service, action, parameters }) => {
        const version = services.get(service)?.version ?? '';
        const pairs = [['Action', action], ['Version', version], ...parameters];
        const body = pairs.map(([key = '', value = '']) => `${key}=${encodeURIComponent(value)}`).join('&');
        const request = { ...postOf(body), query: '' };
        const call = circumstances;
        const answer = await answerCall(account, { ...request, authorization: scope(service) }, call);
        const { status, body: xml } = answer;
        expect([200, 400, 403, 404, 409, 410]).toContain(status);
        expect(xml.startsWith(status === 200 ? `<${action}Response ` : '<ErrorResponse ')).toBe(true);
      }),
      { numRuns: 2000, seed: 42 },
    );
  });

  it('answers any bytes for a request', async () => {
    const account = emulatedAccount();
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary' }),
        fc.string(),
        fc.string({ unit: 'binary' }),
        async (body, query, authorization) => {
          const request = { ...postOf(body), query, authorization };
          expect([400, 403]).toContain((await answerCall(account, request, circumstances)).status);
        },
      ),
      { numRuns: 500, seed: 42 },
    );
  });

  it('answers every JSON, whatever its members hold, with a result or an AWS error of the caller’s fault', async () => {
    const account = emulatedAccount();
    await fc.assert(
      fc.asyncProperty(anyJsonCall, async (request) => {
        const { status } = await answerCall(account, request, circumstances);
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 2000, seed: 42 },
    );
  });
});

/** A call of an operation in JSON: members that it knows, with values that it does not expect. */
const anyJsonCall = fc.constantFrom(...namesOf(({ protocol }) => protocol.endsWith('son'))).chain((name) => {
  const [service = '', action = ''] = name.split(':');
  const { target = '', operations: known } = services.get(service) ?? {};
  const shapes = known?.get(action);
  const names = shapes?.input.members.map(({ jsonName }) => jsonName) ?? [];
  const policy = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}';
  const value = fc.oneof(anyValue, fc.jsonValue(), fc.constantFrom(policy, 'r-aaaa', '123456789012', {}, [], [null]));
  const segments = shapes?.http?.uri.segments ?? [];
  const labels = fc.array(anyValue, { minLength: segments.length, maxLength: segments.length });
  return fc.record({ members: fc.dictionary(fc.constantFrom(...names, 'X'), value), labels }).map((given) => {
    const path = segments.map(({ kind, name: text }, at) =>
      kind === 'text' ? text : encodeURIComponent((given.labels[at] ?? '').replace(/\p{Surrogate}/gu, '')),
    );
    return {
      ...postOf(JSON.stringify(given.members)),
      method: shapes?.http?.method ?? 'POST',
      path: `/${path.join('/')}`,
      query: '',
      headers: target === '' ? {} : { 'x-amz-target': `${target}.${action}` },
      contentType: 'application/x-amz-json-1.1',
      authorization: scope(service),
    };
  });
});
