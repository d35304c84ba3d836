import { addDays, epochMillis, type Instant } from '../kernel/time.ts';
import type { DeliveryProblem } from '../ports/alert-channel.ts';
import type { RouteHealth } from '../ports/alert-outbox.ts';
import { retryAt } from './delivery-times.ts';

/** When Vigil stops hoping. */
export interface Patience {
  /** A route that was not reached for so many days is dead, and another is told. */
  readonly deadAfterDays: number;
  /** An alert that has waited for so many days is given up. */
  readonly giveUpAfterDays: number;
}

/** A route to which an alert has been delivered: whatever was the matter is over. */
export const afterDelivery = (now: Instant): RouteHealth => ({
  failures: 0,
  failingSince: null,
  retryAt: null,
  deadSince: null,
  isReported: false,
  problem: null,
  lastDelivery: now,
});

/** A route to which an alert could not be delivered. */
export const afterFailure = (
  health: RouteHealth,
  { message, kind, retryAfterSeconds }: DeliveryProblem,
  { now, jitter, deadAfterDays }: { readonly now: Instant; readonly jitter: number; readonly deadAfterDays: number },
): RouteHealth => {
  const failures = health.failures + 1;
  const failingSince = health.failingSince ?? now;
  const isDead = kind === 'refused' || epochMillis(now) >= epochMillis(addDays(failingSince, deadAfterDays));
  return {
    ...health,
    failures,
    failingSince,
    retryAt: retryAt(now, { failures, retryAfterSeconds }, jitter),
    deadSince: health.deadSince ?? (isDead ? now : null),
    problem: message,
  };
};
