import type { Alert } from '../finding/alert.ts';
import type { Instant } from '../kernel/time.ts';

/** Alerts on their way, in the database that remembers audits. Safe for several processes at once. */
export interface AlertOutbox {
  /** Queues alerts that come of no remembered audit; one whose id was queued before is not queued again. */
  queue(alerts: readonly Alert[], at: Instant): Promise<void>;
  /** Takes a route for one process until the lease ends, and gives what waits for it; null: another process has it. */
  claim(route: string, lease: Lease): Promise<RouteQueue | null>;
  /** Writes what a try to deliver came to, all of it or nothing, and extends the lease. Whether this process has the route still. */
  settle(route: string, settled: SettledAlerts): Promise<boolean>;
  /** Lets go of a route that this process has taken. */
  release(route: string, holder: string): Promise<void>;
  /** How each route stands that an alert was ever queued for, by name. */
  standings(): Promise<readonly RouteStanding[]>;
}

/** The right to deliver to a route, for a while. */
export interface Lease {
  /** A name that no other process has. */
  readonly holder: string;
  readonly now: Instant;
  /** From then on another process may take it. */
  readonly until: Instant;
}

/** An alert that waits. */
export interface QueuedAlert {
  readonly alert: Alert;
  readonly queuedAt: Instant;
}

/** What waits for a route, the oldest first, and how the route fares. */
export interface RouteQueue {
  readonly waiting: readonly QueuedAlert[];
  readonly health: RouteHealth;
}

/** How delivery to a route fares. */
export interface RouteHealth {
  /** Tries that failed since the last that did not. */
  readonly failures: number;
  /** Since when none went through; null: the last one did, or there was none. */
  readonly failingSince: Instant | null;
  /** Before then it is not tried again; null: at once. */
  readonly retryAt: Instant | null;
  /** Since when it counts as dead: it refuses, or has not been reached for too long; null: it does not. */
  readonly deadSince: Instant | null;
  /** Whether another route was told that this one is dead. */
  readonly isReported: boolean;
  /** What was in the way last, in one line; null: nothing is. */
  readonly problem: string | null;
  readonly lastDelivery: Instant | null;
}

/** What a try to deliver came to. */
export interface SettledAlerts {
  readonly lease: Lease;
  /** Ids of alerts that have arrived. */
  readonly delivered: readonly string[];
  /** Ids of alerts that are given up. */
  readonly dead: readonly string[];
  readonly health: RouteHealth;
  /** What other routes are to be told of it. */
  readonly alerts: readonly Alert[];
}

/** A route as the outbox knows it. */
export interface RouteStanding extends RouteQueue {
  readonly route: string;
  /** How many alerts have arrived, and how many were given up, as far back as the history reaches. */
  readonly delivered: number;
  readonly dead: number;
}
