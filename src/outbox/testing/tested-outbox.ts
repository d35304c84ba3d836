import { webhookChannel } from '../../alert/webhook-channel.ts';
import type { Alert } from '../../finding/alert.ts';
import { err, ok } from '../../kernel/result.ts';
import { Secret } from '../../kernel/secret.ts';
import { epochMillis, type Instant, toInstant } from '../../kernel/time.ts';
import type { AlertChannel, DeliveryProblem } from '../../ports/alert-channel.ts';
import type { AlertOutbox } from '../../ports/alert-outbox.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DeliveryTimes } from '../delivery-times.ts';
import { type Drained, drainOutbox } from '../drain-outbox.ts';
import type { DeliveryEvent, DrainedRoute } from '../route-delivery.ts';

/** A clock that a test moves. */
export const movableClock = (start: Instant) => {
  let now = start;
  return {
    now: (): Instant => now,
    moveTo: (instant: Instant): void => {
      now = instant;
    },
    pass: (seconds: number): void => {
      now = toInstant(epochMillis(now) + seconds * 1000);
    },
  };
};

/** How a channel answers an alert. */
export type Answer = 'takes' | Partial<DeliveryProblem>;

/** A channel that answers as it is told, and remembers what it took. */
export const testedChannel = (answer: (alert: Alert) => Answer = () => 'takes') => {
  const taken: Alert[] = [];
  let tries = 0;
  const channel: AlertChannel = {
    send: async (alert) => {
      tries += 1;
      const how = answer(alert);
      if (how !== 'takes') {
        return err({ message: 'answered 503', attempts: 4, kind: 'unreachable', retryAfterSeconds: null, ...how });
      }
      taken.push(alert);
      return ok({ attempts: 1 });
    },
  };
  return { channel, taken, tries: () => tries };
};

/** A webhook on this machine. */
export const hookAt = (url: string, clock: Clock): AlertChannel =>
  webhookChannel(
    { url: new Secret(url), signingKey: new Secret('key') },
    { clock, timeoutMs: 5000, wait: async () => {} },
  );

/** When a route is told that takes all at once. */
export const AT_ONCE: DeliveryTimes = { digest: null, quietHours: null, timeZone: 'UTC' };

/** Drains an outbox as one process would, without chance. */
export const drain = async (
  outbox: AlertOutbox,
  routes: readonly (Pick<DrainedRoute, 'name' | 'channel'> & Partial<DrainedRoute>)[],
  clock: { now(): Instant },
  holder = 'a',
): Promise<Drained & { readonly events: readonly DeliveryEvent[] }> => {
  const events: DeliveryEvent[] = [];
  const drained = await drainOutbox({
    outbox,
    routes: routes.map((route) => ({ times: AT_ONCE, ...route })),
    clock,
    patience: { deadAfterDays: 1, giveUpAfterDays: 7 },
    random: () => 0,
    holder,
    leaseSeconds: 300,
    isReady: async () => true,
    tell: (event) => void events.push(event),
  });
  return { ...drained, events };
};
