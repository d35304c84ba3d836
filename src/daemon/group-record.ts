import { epochMillis, type Instant, toInstant } from '../kernel/time.ts';
import { nextDue, previousDue } from '../schedule/due-instants.ts';
import type { Group } from './group.ts';
import type { RunResult } from './run-result.ts';

/** What is known of a group's runs; it outlives the daemon. */
export interface GroupRecord {
  readonly name: string;
  /** When the group was first seen: nothing was due before. */
  readonly since: Instant;
  readonly lastSuccess: FinishedRun | null;
  readonly lastFailure: FailedRun | null;
  /** Runs that began since one last finished: what kills the process each time is not tried for ever. */
  readonly unfinished: number;
  /** The missed moment that people were told of; null: none. */
  readonly overdueTold: Instant | null;
}

/** A run that was done. */
export interface FinishedRun {
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly auditId: string;
}

/** A run that came to nothing. */
export interface FailedRun {
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly reason: string;
}

/** The record of a group that has not run yet. */
export const newRecord = (name: string, since: Instant): GroupRecord => ({
  name,
  since,
  lastSuccess: null,
  lastFailure: null,
  unfinished: 0,
  overdueTold: null,
});

/** The record once a run has begun. */
export const afterBegin = (record: GroupRecord): GroupRecord => ({ ...record, unfinished: record.unfinished + 1 });

/** The record once a run has ended. */
export const afterEnd = (
  record: GroupRecord,
  result: RunResult,
  { startedAt, finishedAt }: { readonly startedAt: Instant; readonly finishedAt: Instant },
): GroupRecord => {
  const ended = { ...record, unfinished: 0 };
  switch (result.kind) {
    case 'done':
      return { ...ended, lastSuccess: { startedAt, finishedAt, auditId: result.auditId }, overdueTold: null };
    case 'failed':
      return { ...ended, lastFailure: { startedAt, finishedAt, reason: result.messages.join('; ') } };
    case 'abandoned':
      return ended;
  }
};

const MOST_UNFINISHED = 3;

/**
 * The moment that a group was due at and did not run, since no daemon ran or the one that did was ended; null: there is none.
 * What has ended the process three times is left for its next moment.
 */
export const missedRun = (record: GroupRecord, { schedule }: Group, now: Instant): Instant | null => {
  const due = previousDue(schedule, now);
  const last = lastStart(record);
  return due !== null && due > last && record.unfinished < MOST_UNFINISHED ? due : null;
};

const lastStart = ({ since, lastSuccess, lastFailure }: GroupRecord): Instant =>
  [since, lastSuccess?.startedAt ?? since, lastFailure?.startedAt ?? since].reduce((a, b) => (a > b ? a : b));

/** The first moment since its last success that a group was due at and is not done though it had its time; null: it is well. */
export const overdueSince = (
  record: GroupRecord,
  { schedule, jitterSeconds }: Group,
  { now, graceMinutes }: { readonly now: Instant; readonly graceMinutes: number },
): Instant | null => {
  const due = nextDue(schedule, record.lastSuccess?.startedAt ?? record.since);
  if (due === null) return null;
  return now > toInstant(epochMillis(due) + (jitterSeconds + graceMinutes * 60) * 1000) ? due : null;
};
