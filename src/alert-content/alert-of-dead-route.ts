import type { Alert } from '../finding/alert.ts';
import type { Instant } from '../kernel/time.ts';
import { counted, timeInWords } from '../report/words.ts';
import { noticeAlert } from './notice-alert.ts';

/** A route that takes no alerts. */
export interface Outage {
  readonly route: string;
  readonly since: Instant;
  /** What was in the way last. */
  readonly problem: string;
  /** How many alerts wait for it. */
  readonly waiting: number;
}

/** Tells one route that another takes no alerts; the same alert for the same outage. */
export const alertOfDeadRoute = ({ route, since, problem, waiting }: Outage, toldTo: string, at: Instant): Alert => {
  const text =
    `The alert route \`${route}\` takes no alerts since ${timeInWords(since)}: \`${problem}\`. ` +
    `${counted(waiting, 'alert waits', 'alerts wait')} for it, and is given up if nobody mends the route.`;
  return noticeAlert([{ kind: 'route-dead', text }], { route: toldTo, at, subject: ['dead', route, since] });
};
