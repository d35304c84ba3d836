import type { Schedule } from '../schedule/schedule.ts';

/** What is audited together, and when. */
export interface Group {
  readonly name: string;
  readonly schedule: Schedule;
  /** A run begins up to so many seconds after it is due, at random. */
  readonly jitterSeconds: number;
  /** Which accounts of the configuration, as the group names them; null: all. */
  readonly accounts: readonly string[] | null;
}
