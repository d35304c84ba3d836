import type { Instant } from '../kernel/time.ts';
import { nextDue } from '../schedule/due-instants.ts';
import type { Group } from './group.ts';
import { type FailedRun, type FinishedRun, type GroupRecord, overdueSince } from './group-record.ts';

/** How a daemon fares. */
export interface DaemonStatus {
  readonly version: string;
  readonly processId: number;
  readonly startedAt: Instant;
  readonly groups: readonly GroupStatus[];
}

/** How a group fares. */
export interface GroupStatus {
  readonly name: string;
  readonly cron: string;
  readonly timeZone: string;
  /** Null where no daemon runs that would begin it. */
  readonly nextRun: Instant | null;
  readonly activity: Activity;
  readonly lastSuccess: FinishedRun | null;
  readonly lastFailure: FailedRun | null;
  /** The moment it was due at and is not done; null: it is well. */
  readonly overdueSince: Instant | null;
}

/** What a group does now. */
export type Activity =
  | { readonly kind: 'idle' }
  | { readonly kind: 'queued' }
  | { readonly kind: 'running'; readonly since: Instant; readonly phase: string };

/** How a group fares by what is known of it. */
export const groupStatus = (
  group: Group,
  record: GroupRecord,
  {
    now,
    graceMinutes,
    activity,
  }: { readonly now: Instant; readonly graceMinutes: number; readonly activity: Activity | null },
): GroupStatus => ({
  name: group.name,
  cron: group.schedule.cron,
  timeZone: group.schedule.timeZone,
  nextRun: activity === null ? null : nextDue(group.schedule, now),
  activity: activity ?? { kind: 'idle' },
  lastSuccess: record.lastSuccess,
  lastFailure: record.lastFailure,
  overdueSince: overdueSince(record, group, { now, graceMinutes }),
});
