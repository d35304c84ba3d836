import type { CallEvent } from '../../account/call-event.ts';

/** The last calls that a server answered, the newest last. */
export interface EventLog {
  readonly events: readonly CallEvent[];
  /** Adds an event; of the many before it the older half may go. */
  readonly add: (event: CallEvent) => void;
  /** Forgets all. */
  readonly clear: () => void;
}

/** So many events are kept at least, and twice as many at most. */
const KEPT = 5000;

/** A log that begins with some events. */
export const createEventLog = (before: readonly CallEvent[] = []): EventLog => {
  const events = [...before];
  return {
    events,
    add: (event) => {
      if (events.length >= 2 * KEPT) events.splice(0, KEPT);
      events.push(event);
    },
    clear: () => {
      events.length = 0;
    },
  };
};
