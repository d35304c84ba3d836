import type { Alert } from '../finding/alert.ts';
import type { Result } from '../kernel/result.ts';

/** Somewhere an alert can be sent: a chat, a mailbox, a queue. */
export interface AlertChannel {
  /**
   * Sends one alert, trying again a few times where that may help; it ends in bounded time. At least once: where an answer
   * was lost, the alert may arrive twice with the same id. Never throws: what failed is a value.
   */
  send(alert: Alert): Promise<Result<Delivery, DeliveryProblem>>;
}

/** An alert that has arrived. */
export interface Delivery {
  /** How often it was tried; 1: it went through at once. */
  readonly attempts: number;
}

/** An alert that has not arrived. */
export interface DeliveryProblem {
  /** One line: what answered what. Holds no secret, and no address that is one. */
  readonly message: string;
  readonly attempts: number;
  /** `refused`: sending the same again will not help, somebody must mend the route. `unreachable`: it may, later. */
  readonly kind: 'refused' | 'unreachable';
  /** How long the other side asked us to wait before the next try; null: it said nothing. */
  readonly retryAfterSeconds: number | null;
}
