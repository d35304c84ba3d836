import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { StartTimer } from '../schedule/cron-timer.ts';
import { clockChanges, nextDue } from '../schedule/due-instants.ts';
import type { Group } from './group.ts';
import type { Timers } from './timers.ts';

/** What the timers of groups stand on. */
export interface GroupTimerParts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly startTimer: StartTimer;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly log: Logger;
}

const CLOCK_CHANGES_DAYS = 400;

/** Calls `onDue` whenever a group is due, its jitter later, until the answer is called; says first when that will be. */
export const startGroupTimer = (group: Group, parts: GroupTimerParts, onDue: () => void): (() => void) => {
  const { schedule, jitterSeconds, name } = group;
  const { clock, timers, log } = parts;
  const { cron, timeZone } = schedule;
  log.info('group scheduled', { group: name, cron, timeZone, nextRun: nextDue(schedule, clock.now()) });
  const changes = clockChanges(schedule, clock.now(), CLOCK_CHANGES_DAYS);
  if (changes.length > 0)
    log.warn('a time of the schedule is skipped or doubled when the clocks change', { group: name, timeZone, changes });

  // One that waits for its jitter stands for those that come due meanwhile.
  let takeBack: (() => void) | null = null;
  const stop = parts.startTimer(schedule, () => {
    takeBack ??= timers.after(Math.floor(parts.random() * jitterSeconds * 1000), () => {
      takeBack = null;
      onDue();
    });
  });
  return () => {
    stop();
    takeBack?.();
  };
};
