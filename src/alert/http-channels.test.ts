import { createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { alertOf, hostileAlert, itemOf, NIGHT } from '../alert-content/testing/alert-builder.ts';
import { Secret } from '../kernel/secret.ts';
import type { AlertChannel } from '../ports/alert-channel.ts';
import { eventBridgeChannel } from './eventbridge-channel.ts';
import { pagerdutyChannel } from './pagerduty-channel.ts';
import { slackChannel } from './slack-channel.ts';
import { snsChannel } from './sns-channel.ts';
import { type Answer, loopbackHttp } from './testing/loopback-http.ts';
import { impatience } from './testing/patience.ts';
import type { Patience } from './try-delivering.ts';
import { webhookChannel } from './webhook-channel.ts';

const SECRET = 'T000SECRETB000';
const KEY = 'whsec_c2VjcmV0LWtleS1vZi10aGUtdGVzdA==';
const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:alerts';
const SNS_OK = '<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>';

type Open = (url: string, patience: Patience) => AlertChannel;

const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: new Secret(SECRET) };
const slack: Open = (url, patience) => slackChannel({ url: new Secret(`${url}/services/${SECRET}`) }, patience);
const webhook: Open = (url, patience) =>
  webhookChannel(
    { url: new Secret(`${url}/hook/${SECRET}`), signingKey: new Secret(KEY) },
    { ...patience, clock: { now: () => NIGHT } },
  );
const pagerduty: Open = (url, patience) => pagerdutyChannel({ routingKey: new Secret(SECRET), url }, patience);
const sns: Open = (url, patience) => snsChannel({ topicArn: TOPIC, endpointUrl: url, credentials }, patience);
const eventBridge: Open = (url, patience) =>
  eventBridgeChannel({ eventBus: 'security', region: 'eu-west-1', endpointUrl: url, credentials }, patience);

const putEvents = z.object({ Entries: z.array(z.object({ DetailType: z.string() })) });

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const sendTo = async (open: Open, answers: readonly Answer[], { alert = alertOf(), timeoutMs = 5000 } = {}) => {
  const server = await loopbackHttp(answers);
  closing.push(server.close);
  const patience = impatience(timeoutMs);
  const result = await open(server.url, patience).send(alert);
  return { result, waits: patience.waits, received: server.received };
};

const good = (body = ''): Answer => ({ status: 200, body });
const CHANNELS: readonly (readonly [string, Open, Answer])[] = [
  ['Slack', slack, good('ok')],
  ['a webhook', webhook, good()],
  ['PagerDuty', pagerduty, { status: 202, body: '{"status":"success"}' }],
  ['SNS', sns, good(SNS_OK)],
  ['EventBridge', eventBridge, good('{"FailedEntryCount":0,"Entries":[{"EventId":"1"},{"EventId":"2"}]}')],
];

describe.each(CHANNELS)('%s', (_, open, fine) => {
  it('takes an alert at the first try, a hostile one too', async () => {
    expect((await sendTo(open, [fine])).result).toEqual({ ok: true, value: { attempts: 1 } });
    const one = { ...hostileAlert(), gaps: [], failure: null };
    expect((await sendTo(open, [fine], { alert: one })).result).toEqual({ ok: true, value: { attempts: 1 } });
  });

  it('is tried again after 1 and 2 seconds where the server broke and the connection was cut', async () => {
    const { result, waits } = await sendTo(open, [{ status: 500 }, 'cut', fine]);
    expect(result).toEqual({ ok: true, value: { attempts: 3 } });
    expect(waits).toEqual([1000, 2000]);
  });

  it('is given up after four tries', async () => {
    const { result, waits, received } = await sendTo(open, [{ status: 503 }]);
    expect(result).toMatchObject({ ok: false, error: { kind: 'unreachable', attempts: 4, retryAfterSeconds: null } });
    expect(waits).toEqual([1000, 2000, 4000]);
    expect(received).toHaveLength(4);
  });

  it('is not tried again where it refuses', async () => {
    const { result, received } = await sendTo(open, [{ status: 403 }]);
    expect(result).toMatchObject({ ok: false, error: { kind: 'refused', attempts: 1 } });
    expect(received).toHaveLength(1);
  });

  it('is not waited for without end where it does not answer', async () => {
    const { result } = await sendTo(open, ['hang'], { timeoutMs: 40 });
    expect(result).toMatchObject({ ok: false, error: { kind: 'unreachable', attempts: 4 } });
  });

  it('tells no secret, whatever goes wrong and whatever is echoed', async () => {
    const echo = { status: 400, body: `no such hook ${SECRET} ${KEY}` };
    const closed = impatience();
    const results = [
      await sendTo(open, [echo]),
      await sendTo(open, ['cut']),
      await sendTo(open, [{ status: 302, headers: { location: `http://127.0.0.1:1/${SECRET}` } }]),
      await open('http://127.0.0.1:1', closed).send(alertOf()),
      await open('http://not a host', closed).send(alertOf()),
      open('http://127.0.0.1:1', closed),
    ].map((value) => ('received' in Object(value) ? Object(value).result : value));
    const told = inspect(results, { depth: 20, showHidden: true }) + JSON.stringify(results);
    expect(told).not.toContain(SECRET);
    expect(told).not.toContain(KEY);
    expect(told).not.toContain('127.0.0.1');
  });
});

describe.each(CHANNELS.slice(0, 3))('%s over HTTP', (_, open, fine) => {
  it('is waited for as long as it asks', async () => {
    const { result, waits } = await sendTo(open, [{ status: 429, headers: { 'retry-after': '17' } }, fine]);
    expect(result.ok).toBe(true);
    expect(waits).toEqual([17_000]);
  });

  it('is waited for until the moment that it names, by its own clock', async () => {
    const headers = { date: 'Mon, 02 Mar 2026 02:30:00 GMT', 'retry-after': 'Mon, 02 Mar 2026 02:30:21 GMT' };
    const { waits } = await sendTo(open, [{ status: 503, headers }, fine]);
    expect(waits).toEqual([21_000]);
  });

  it('is waited for as usual where it asks for what nobody understands', async () => {
    const { waits } = await sendTo(open, [{ status: 503, headers: { 'retry-after': '-5 or so' } }, fine]);
    expect(waits).toEqual([1000]);
  });

  it('is left to a later run where it asks for more than a minute', async () => {
    const { result, waits } = await sendTo(open, [{ status: 429, headers: { 'retry-after': '3600' } }]);
    expect(result).toMatchObject({ ok: false, error: { kind: 'unreachable', attempts: 1, retryAfterSeconds: 3600 } });
    expect(waits).toEqual([]);
  });

  it('is not followed to another address', async () => {
    const other = await loopbackHttp([good()]);
    closing.push(other.close);
    const { result } = await sendTo(open, [{ status: 307, headers: { location: other.url } }]);
    expect(result.ok).toBe(false);
    expect(other.received).toEqual([]);
  });
});

describe('what arrives', () => {
  it('at a webhook is signed over id, time and body as Standard Webhooks says, anew with each try', async () => {
    const { received } = await sendTo(webhook, [good()]);
    const headers = received[0]?.headers ?? {};
    const body = received[0]?.body ?? '';
    // 2026-03-02T02:30:00Z is 1,772,418,600 seconds after the epoch.
    expect(headers['webhook-timestamp']).toBe('1772418600');
    const signed = `0123456789abcdef0123456789abcdef.1772418600.${body}`;
    const expected = createHmac('sha256', 'secret-key-of-the-test').update(signed).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${expected}`);
    expect(headers['webhook-id']).toBe('0123456789abcdef0123456789abcdef');
  });

  it('at Slack has the word that Slack says why it refused', async () => {
    const { result } = await sendTo(slack, [{ status: 400, body: 'invalid_blocks' }]);
    expect(result).toMatchObject({ error: { message: 'answered 400 (invalid_blocks)' } });
  });

  it('at PagerDuty is an event a finding, and the last that arrived is told where one did not', async () => {
    const alert = alertOf({ items: [itemOf({ key: 'a' }), itemOf({ key: 'b' }), itemOf({ key: 'c' })] });
    const { result, received } = await sendTo(pagerduty, [{ status: 202 }, { status: 400 }], { alert });
    expect(received.map(({ body }) => JSON.parse(body).dedup_key)).toEqual(['vigil:a', 'vigil:b']);
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ routing_key: SECRET, event_action: 'trigger' });
    expect(result).toMatchObject({ error: { message: 'answered 400; 1 of 3 events arrived', attempts: 2 } });
  });

  it('at SNS is words for people and JSON for programs, with what subscriptions filter by', async () => {
    const { received } = await sendTo(sns, [good(SNS_OK)]);
    const form = new URLSearchParams(received[0]?.body);
    expect(form.get('TopicArn')).toBe(TOPIC);
    expect(form.get('MessageStructure')).toBe('json');
    const message = z.object({ email: z.string(), default: z.string() }).parse(JSON.parse(form.get('Message') ?? ''));
    expect(message.email).toContain('Root user has no MFA device');
    expect(JSON.parse(message.default)).toMatchObject({ type: 'vigil.alert', findings: [{ severity: 'critical' }] });
    expect(received[0]?.body).toContain('critical');
  });

  it('at EventBridge is sent again only where it was refused', async () => {
    const { result, received } = await sendTo(eventBridge, [
      good('{"FailedEntryCount":1,"Entries":[{"EventId":"1"},{"ErrorCode":"ThrottlingException"}]}'),
      good('{"FailedEntryCount":0,"Entries":[{"EventId":"2"}]}'),
    ]);
    expect(result).toEqual({ ok: true, value: { attempts: 2 } });
    const types = received.map(({ body }) =>
      putEvents.parse(JSON.parse(body)).Entries.map(({ DetailType }) => DetailType),
    );
    expect(types).toEqual([['Vigil Alert', 'Vigil Finding'], ['Vigil Finding']]);
  });
});
