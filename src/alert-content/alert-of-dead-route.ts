import type { Alert } from '../finding/alert.ts';
import type { Instant } from '../kernel/time.ts';
import { counted, timeInWords } from '../report/words.ts';
import { quoted } from './defused.ts';
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
    `The alert route \`${route}\` takes no alerts since ${timeInWords(since)}: ${quoted(problem)}. ` +
    `${counted(waiting, 'alert waits', 'alerts wait')} for it until somebody mends the route, some days at most.`;
  return noticeAlert([{ kind: 'route-dead', text }], { route: toldTo, at, subject: ['dead', route, since] });
};
