import { createHmac } from 'node:crypto';
import { alertJson } from '../alert-content/alert-json.ts';
import type { Secret } from '../kernel/secret.ts';
import { epochMillis } from '../kernel/time.ts';
import type { AlertChannel } from '../ports/alert-channel.ts';
import type { Clock } from '../ports/clock.ts';
import { postOnce } from './http-attempt.ts';
import { type Patience, tryDelivering } from './try-delivering.ts';

const LIMITS = { mostItems: 500, mostBytes: 1_000_000 } as const;

/** Where a webhook is, and the key that its receiver knows us by. */
export interface WebhookTarget {
  readonly url: Secret;
  /** `whsec_` and base64, or any text. */
  readonly signingKey: Secret;
}

/**
 * Any HTTP receiver of JSON, signed as Standard Webhooks says (https://www.standardwebhooks.com): HMAC-SHA256 over
 * `id.timestamp.body`, the timestamp anew with each try.
 */
export const webhookChannel = (
  target: WebhookTarget,
  { clock, ...patience }: Patience & { readonly clock: Clock },
): AlertChannel => ({
  send: (alert) => {
    const body = alertJson(alert, LIMITS);
    const { url, signingKey } = target;
    return tryDelivering(() => {
      const timestamp = String(Math.floor(epochMillis(clock.now()) / 1000));
      const headers = {
        'webhook-id': alert.id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signatureOf(`${alert.id}.${timestamp}.${body}`, signingKey)}`,
      };
      return postOnce({ url, body, headers, timeoutMs: patience.timeoutMs });
    }, patience);
  },
});

const signatureOf = (text: string, signingKey: Secret): string => {
  const key = signingKey.reveal();
  const bytes = key.startsWith('whsec_') ? Buffer.from(key.slice(6), 'base64') : Buffer.from(key, 'utf8');
  return createHmac('sha256', bytes).update(text).digest('base64');
};
