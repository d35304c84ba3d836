import { createTask } from 'node-cron';
import { type Instant, toInstant } from '../kernel/time.ts';
import type { Schedule } from './schedule.ts';

/** Calls `onDue` at each moment that a schedule is due, until the answer is called. */
export type StartTimer = (schedule: Schedule, onDue: (due: Instant) => void) => () => void;

// How late a moment may be noticed and still count as one: an analysis, or a machine asleep, keeps the process from noticing.
const LATEST_MS = 3_600_000;

/** The process's own timer, by `node-cron`. A moment noticed late counts; of several missed ones each is told. */
export const startCronTimer: StartTimer = ({ cron, timeZone }, onDue) => {
  const task = createTask(
    cron,
    ({ date }) => {
      onDue(toInstant(date.getTime()));
    },
    {
      timezone: timeZone,
      missedExecutionTolerance: LATEST_MS,
      suppressMissedWarning: true,
      logger: { info: nothing, warn: nothing, error: nothing, debug: nothing },
    },
  );
  task.on('execution:missed', ({ date }) => onDue(toInstant(date.getTime())));
  void task.start();
  return () => void task.destroy();
};

const nothing = (): void => {};
