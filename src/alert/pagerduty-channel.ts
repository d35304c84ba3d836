import { pagerdutyEvents } from '../alert-content/pagerduty-events.ts';
import { err, ok } from '../kernel/result.ts';
import { Secret } from '../kernel/secret.ts';
import type { AlertChannel } from '../ports/alert-channel.ts';
import { postOnce } from './http-attempt.ts';
import { type Patience, tryDelivering } from './try-delivering.ts';

/** A service of PagerDuty: its integration key, and where events go (there is another address for the EU). */
export interface PagerdutyTarget {
  readonly routingKey: Secret;
  readonly url: string;
}

/** A service of PagerDuty, told by events of its API v2. It ends with the first event that does not arrive. */
export const pagerdutyChannel = ({ routingKey, url }: PagerdutyTarget, patience: Patience): AlertChannel => ({
  send: async (alert) => {
    const events = pagerdutyEvents(alert);
    let attempts = 0;
    for (const [index, event] of events.entries()) {
      const body = JSON.stringify({ routing_key: routingKey.reveal(), ...event });
      const { timeoutMs } = patience;
      const sent = await tryDelivering(
        () => postOnce({ url: new Secret(url), body, headers: {}, timeoutMs }),
        patience,
      );
      attempts += sent.ok ? sent.value.attempts : sent.error.attempts;
      if (!sent.ok) {
        const progress = `${String(index)} of ${String(events.length)} events arrived`;
        return err({ ...sent.error, attempts, message: `${sent.error.message}; ${progress}` });
      }
    }
    return ok({ attempts });
  },
});
