import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { GroupStatus } from '../daemon/daemon-status.ts';
import type { EndedRun } from '../daemon/perform-run.ts';
import { FINDING_STATES } from '../finding/audit-report.ts';
import { SEVERITIES } from '../finding/check-result.ts';
import type { FindingCounts } from '../finding/finding-counts.ts';
import { epochMillis, type Instant } from '../kernel/time.ts';
import type { RouteStanding } from '../ports/alert-outbox.ts';

/** What is true at the moment it is asked. */
export interface MetricsNow {
  readonly groups: readonly GroupStatus[];
  readonly routes: readonly RouteStanding[];
  readonly destinations: readonly DestinationStanding[];
}

/** A destination of reports that not all have arrived at. */
export interface DestinationStanding {
  readonly placeUrl: string;
  /** Runs whose reports wait for it. */
  readonly waiting: number;
  /** Whether somebody should look after it. */
  readonly isStuck: boolean;
}

/** What the daemon counts, for Prometheus. */
export interface Metrics {
  /** Counts a run that has ended. */
  onEnd(ended: EndedRun): void;
  /** Counts the findings of an account's latest audit, which an earlier daemon made. */
  onFindings(accountId: string, found: FindingCounts, at: Instant): void;
  /** The text that Prometheus reads, and its content type. */
  read(now: MetricsNow): Promise<{ readonly text: string; readonly contentType: string }>;
}

const DURATION_SECONDS = [1, 5, 15, 60, 300, 900, 1800, 3600, 7200];

/** Metrics that start at nothing. */
export const createMetrics = (version: string): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[]): Gauge<Label> =>
    new Gauge({ name, help, labelNames, registers });
  gauge('vigil_build_info', 'Always 1; the version is a label', ['version']).set({ version }, 1);
  const runs = runMetrics(registry);
  const findings = gauge('vigil_findings', 'Findings of the latest run', ['account', 'severity', 'state']);
  const gaps = gauge('vigil_coverage_gaps', 'Sources that the latest run could not read whole', ['account']);
  const audited = gauge('vigil_account_last_audit_timestamp_seconds', 'When the account was last read', ['account']);
  const groups = groupMetrics(registry);
  const routes = routeMetrics(registry);
  const destinations = destinationMetrics(gauge);

  const onFindings: Metrics['onFindings'] = (accountId, found, collectedAt) => {
    for (const severity of SEVERITIES) {
      for (const state of FINDING_STATES) {
        findings.set({ account: accountId, severity, state }, found[severity]?.[state] ?? 0);
      }
    }
    audited.set({ account: accountId }, seconds(collectedAt));
  };
  return {
    onFindings,
    onEnd: (ended) => {
      runs(ended);
      if (ended.result.kind !== 'done') return;
      for (const { accountId, collectedAt, gaps: unread, findings: found } of ended.result.accounts) {
        onFindings(accountId, found, collectedAt);
        gaps.set({ account: accountId }, unread);
      }
    },
    read: async (now) => {
      groups(now.groups);
      routes(now.routes);
      destinations(now.destinations);
      return { text: await registry.metrics(), contentType: registry.contentType };
    },
  };
};

const runMetrics = (registry: Registry): ((ended: EndedRun) => void) => {
  const registers = [registry];
  const runs = new Counter({
    name: 'vigil_runs_total',
    help: 'Runs that have ended, by what they came to: done, incomplete, failed or abandoned',
    labelNames: ['group', 'result'],
    registers,
  });
  const durations = new Histogram({
    name: 'vigil_run_duration_seconds',
    help: 'How long runs took',
    labelNames: ['group'],
    buckets: DURATION_SECONDS,
    registers,
  });
  const calls = new Counter({
    name: 'vigil_api_calls_total',
    help: 'API calls made, by action',
    labelNames: ['action'],
    registers,
  });
  const throttled = new Counter({
    name: 'vigil_api_calls_throttled_total',
    help: 'API calls that AWS throttled, by action',
    labelNames: ['action'],
    registers,
  });
  const undelivered = new Counter({
    name: 'vigil_runs_not_alerted_total',
    help: 'Runs whose alerts did not all arrive at once',
    labelNames: ['group'],
    registers,
  });
  return ({ group, startedAt, finishedAt, result }) => {
    const isIncomplete = result.kind === 'done' && result.accounts.some(({ complete }) => !complete);
    runs.inc({ group, result: isIncomplete ? 'incomplete' : result.kind });
    durations.observe({ group }, seconds(finishedAt) - seconds(startedAt));
    if (result.kind !== 'done') return;
    for (const [action, count] of result.apiCalls) calls.inc({ action }, count);
    for (const [action, count] of result.throttledCalls) throttled.inc({ action }, count);
    undelivered.inc({ group }, result.alerted ? 0 : 1);
  };
};

const groupMetrics = (registry: Registry): ((groups: readonly GroupStatus[]) => void) => {
  const gauge = (name: string, help: string): Gauge<'group'> =>
    new Gauge({ name, help, labelNames: ['group'], registers: [registry] });
  const success = gauge('vigil_last_success_timestamp_seconds', 'When the last run that was done ended');
  const failure = gauge('vigil_last_failure_timestamp_seconds', 'When the last run that failed ended');
  const next = gauge('vigil_next_run_timestamp_seconds', 'When the group is due next');
  const overdue = gauge('vigil_group_overdue', '1 where the group is overdue');
  const running = gauge('vigil_group_running', '1 where a run of the group is under way');
  return (groups) => {
    // A group that is gone from the configuration is gone from here.
    for (const one of [success, failure, next, overdue, running]) one.reset();
    for (const { name: group, lastSuccess, lastFailure, nextRun, overdueSince, activity } of groups) {
      setTime(success, group, lastSuccess?.finishedAt ?? null);
      setTime(failure, group, lastFailure?.finishedAt ?? null);
      setTime(next, group, nextRun);
      overdue.set({ group }, overdueSince === null ? 0 : 1);
      running.set({ group }, activity.kind === 'running' ? 1 : 0);
    }
  };
};

const setTime = (gauge: Gauge<'group'>, group: string, instant: Instant | null): void => {
  if (instant !== null) gauge.set({ group }, seconds(instant));
};

const routeMetrics = (registry: Registry): ((routes: readonly RouteStanding[]) => void) => {
  const alerts = new Gauge({
    name: 'vigil_alerts',
    help: 'Alerts by what became of them, as far back as the history reaches: delivered, dead or waiting',
    labelNames: ['route', 'result'],
    registers: [registry],
  });
  const dead = new Gauge({
    name: 'vigil_route_dead',
    help: '1 where a route counts as dead',
    labelNames: ['route'],
    registers: [registry],
  });
  return (routes) => {
    alerts.reset();
    dead.reset();
    for (const { route, delivered, dead: given, waiting, health } of routes) {
      alerts.set({ route, result: 'delivered' }, delivered);
      alerts.set({ route, result: 'dead' }, given);
      alerts.set({ route, result: 'waiting' }, waiting.length);
      dead.set({ route }, health.deadSince === null ? 0 : 1);
    }
  };
};

const destinationMetrics = (
  gauge: (name: string, help: string, labelNames: readonly 'destination'[]) => Gauge<'destination'>,
): ((destinations: readonly DestinationStanding[]) => void) => {
  const waiting = gauge('vigil_reports_waiting', 'Runs whose reports wait for a destination', ['destination']);
  const stuck = gauge('vigil_destination_stuck', '1 where reports do not arrive at a destination', ['destination']);
  return (destinations) => {
    for (const one of [waiting, stuck]) one.reset();
    for (const { placeUrl: destination, waiting: runs, isStuck } of destinations) {
      waiting.set({ destination }, runs);
      stuck.set({ destination }, isStuck ? 1 : 0);
    }
  };
};

const seconds = (instant: Instant): number => epochMillis(instant) / 1000;
