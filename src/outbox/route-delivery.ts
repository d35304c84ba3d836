import type { Alert } from '../finding/alert.ts';
import { epochMillis, type Instant, toInstant } from '../kernel/time.ts';
import type { AlertChannel, DeliveryProblem } from '../ports/alert-channel.ts';
import type { AlertOutbox, Lease, QueuedAlert, RouteHealth } from '../ports/alert-outbox.ts';
import type { Clock } from '../ports/clock.ts';
import type { DeliveryTimes } from './delivery-times.ts';
import type { DueMessage } from './due-messages.ts';
import { afterDelivery, afterFailure, type Patience } from './route-health.ts';

/** A route that can be sent to. */
export interface DrainedRoute {
  readonly name: string;
  readonly times: DeliveryTimes;
  readonly channel: AlertChannel;
}

/** What delivering takes. */
export interface DrainInput {
  readonly outbox: AlertOutbox;
  readonly routes: readonly DrainedRoute[];
  readonly clock: Clock;
  readonly patience: Patience;
  /** From 0 up to 1: how much of a wait is left to chance. */
  random(): number;
  /** A name that no other process has. */
  readonly holder: string;
  /** How long sending one message may take at most; so long no other process sends to the route. */
  readonly leaseSeconds: number;
  /** Whether an alert can be sent by now; it waits as if it had not been queued yet where not. */
  isReady(queued: QueuedAlert): Promise<boolean>;
  /** Is told what happens, as it happens. */
  tell(event: DeliveryEvent): void;
}

/** Something that happened while alerts were delivered. */
export type DeliveryEvent = { readonly route: string } & (
  | { readonly kind: 'sent'; readonly accountId: string | null; readonly auditId: string | null }
  | {
      readonly kind: 'failed';
      readonly accountId: string | null;
      readonly auditId: string | null;
      readonly problem: DeliveryProblem;
      readonly retryAt: Instant | null;
    }
  /** Messages that are due wait, since the route failed a while ago. */
  | { readonly kind: 'waits'; readonly count: number; readonly until: Instant }
  /** Alerts that are not tried any more. */
  | { readonly kind: 'given-up'; readonly count: number; readonly why: 'age' | 'refused' }
  /** Nobody works but for other routes; `toldTo`: the one that is told, null where none works. */
  | { readonly kind: 'dead'; readonly problem: string; readonly since: Instant; readonly toldTo: string | null }
  | { readonly kind: 'back' }
  /** Another process delivers to it. */
  | { readonly kind: 'busy' }
);

/** What delivering to one route came to. */
export interface DeliveredRoute {
  readonly sent: number;
  /** Whether something due has not arrived. */
  readonly failed: boolean;
}

/** The right to deliver to a route, from now on for as long as one message may take. */
export const leaseFrom = ({ holder, clock, leaseSeconds }: DrainInput): Lease => {
  const now = clock.now();
  return { holder, now, until: toInstant(epochMillis(now) + leaseSeconds * 1000) };
};

/** The delivery of what is due to one route, while this process has it. */
export class RouteDelivery {
  readonly #route: DrainedRoute;
  readonly #input: DrainInput;
  #health: RouteHealth;
  #sent = 0;
  #givenUp = false;
  /** The messages that were refused since the last that was taken. */
  #refused: readonly RefusedMessage[] = [];

  constructor(route: DrainedRoute, input: DrainInput, health: RouteHealth) {
    this.#route = route;
    this.#input = input;
    this.#health = health;
  }

  async giveUp(ids: readonly string[]): Promise<void> {
    await this.#settle({ dead: ids });
    this.#tell({ kind: 'given-up', count: ids.length, why: 'age' });
  }

  async deliver(messages: readonly DueMessage[]): Promise<DeliveredRoute> {
    const { retryAt } = this.#health;
    if (messages.length > 0 && retryAt !== null && retryAt > this.#input.clock.now()) {
      this.#tell({ kind: 'waits', count: messages.length, until: retryAt });
      return { sent: 0, failed: true };
    }
    const left = [...messages];
    // Is it the message that is refused or the route? The next one tells, and at last the newest.
    for (let next = left.shift(); next !== undefined; next = this.#refused.length < 2 ? left.shift() : left.pop()) {
      const message = next;
      const sent = await this.#route.channel.send(message.alert);
      if (sent.ok) {
        if (!(await this.#arrived(message))) break;
      } else if (sent.error.kind === 'refused' && this.#refused.length < 2) {
        this.#refused = [...this.#refused, { message, problem: sent.error }];
      } else {
        await this.#failed(message, sent.error);
        return { sent: this.#sent, failed: true };
      }
    }
    const [refused] = this.#refused;
    if (refused === undefined) return { sent: this.#sent, failed: this.#givenUp };
    await this.#failed(refused.message, refused.problem);
    return { sent: this.#sent, failed: true };
  }

  /** Writes down that a message arrived. Whether this process still has the route. */
  async #arrived({ alert, ids }: DueMessage): Promise<boolean> {
    const wasDead = this.#health.deadSince !== null;
    const refused = this.#refused;
    this.#refused = [];
    this.#health = afterDelivery(this.#input.clock.now());
    this.#sent += 1;
    const isOurs = await this.#settle({ delivered: ids, dead: refused.flatMap(({ message }) => message.ids) });
    this.#tell({ kind: 'sent', ...aboutOf(alert) });
    if (wasDead) this.#tell({ kind: 'back' });
    // The route takes others: what it refused it will refuse again.
    for (const { message, problem } of refused) {
      this.#givenUp = true;
      this.#tell({ kind: 'failed', ...aboutOf(message.alert), problem, retryAt: null });
      this.#tell({ kind: 'given-up', count: message.ids.length, why: 'refused' });
    }
    return isOurs;
  }

  async #failed({ alert }: DueMessage, problem: DeliveryProblem): Promise<void> {
    const { clock, patience, random } = this.#input;
    this.#health = afterFailure(this.#health, problem, {
      now: clock.now(),
      jitter: random(),
      deadAfterDays: patience.deadAfterDays,
    });
    await this.#settle({});
    const { retryAt } = this.#health;
    this.#tell({ kind: 'failed', ...aboutOf(alert), problem, retryAt });
  }

  #settle({
    delivered = [],
    dead = [],
  }: {
    readonly delivered?: readonly string[];
    readonly dead?: readonly string[];
  }) {
    const lease = leaseFrom(this.#input);
    return this.#input.outbox.settle(this.#route.name, { lease, delivered, dead, health: this.#health, alerts: [] });
  }

  #tell(event: DistributiveOmit<DeliveryEvent, 'route'>): void {
    this.#input.tell({ route: this.#route.name, ...event });
  }
}

const aboutOf = ({ account, runId }: Alert) => ({ accountId: account?.id ?? null, auditId: runId });

interface RefusedMessage {
  readonly message: DueMessage;
  readonly problem: DeliveryProblem;
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
