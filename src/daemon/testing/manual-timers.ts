import { type Instant, toInstant } from '../../kernel/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StartTimer } from '../../schedule/cron-timer.ts';
import { nextDue } from '../../schedule/due-instants.ts';
import type { Timers } from '../timers.ts';

/** A clock that moves only when it is told to, and timers that go by it. */
export interface ManualTime extends Clock {
  readonly timers: Timers;
  /** Fires at the moments of a schedule. */
  readonly startTimer: StartTimer;
  /** Moves on to an instant, calling what is due on the way, each call followed by whatever it sets off. */
  advanceTo(instant: string): Promise<void>;
}

/** Time that stands at an instant. */
export const manualTime = (start: string): ManualTime => {
  let nowMs = Date.parse(start);
  const pending = new Set<{ readonly at: number; readonly call: () => void }>();
  const after: Timers['after'] = (milliseconds, call) => {
    const timer = { at: nowMs + milliseconds, call };
    pending.add(timer);
    return () => void pending.delete(timer);
  };
  const now = (): Instant => toInstant(nowMs);
  return {
    now,
    timers: { after },
    startTimer: (schedule, onDue) => {
      let stop = (): void => {};
      const arm = (): void => {
        const due = nextDue(schedule, now());
        if (due === null) return;
        stop = after(Date.parse(due) - nowMs, () => {
          onDue(due);
          arm();
        });
      };
      arm();
      return () => stop();
    },
    advanceTo: async (instant) => {
      const end = Date.parse(instant);
      for (;;) {
        await settled();
        const [next] = [...pending].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        pending.delete(next);
        nowMs = Math.max(nowMs, next.at);
        next.call();
      }
      nowMs = end;
      await settled();
    },
  };
};

/** Lets promises that wait for nothing but each other go on. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
