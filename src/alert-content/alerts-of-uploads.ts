import type { Alert, AlertNotice } from '../finding/alert.ts';
import type { Instant } from '../kernel/time.ts';
import { counted, listedInWords, timeInWords } from '../report/words.ts';
import { quoted } from './defused.ts';
import { noticeAlert } from './notice-alert.ts';

/** What people are to know of reports that do not arrive at a place. */
export type UploadNews =
  | {
      readonly kind: 'stuck';
      readonly placeUrl: string;
      readonly since: Instant;
      /** What was in the way last. */
      readonly problem: string;
      /** The runs whose reports wait. */
      readonly runIds: readonly string[];
      /** After how many days they are given up. */
      readonly giveUpAfterDays: number;
    }
  | {
      readonly kind: 'given-up';
      readonly placeUrl: string;
      readonly problem: string;
      readonly runIds: readonly string[];
    };

/** What a route is told of reports that do not arrive where they are to go; the same alert for the same news. */
export const alertsOfUploads = (news: readonly UploadNews[], route: string, at: Instant): readonly Alert[] =>
  news.map((one) => {
    const subject = ['upload', one.kind, one.placeUrl, ...(one.kind === 'stuck' ? [one.since] : one.runIds)];
    return noticeAlert([{ kind: 'upload', text: textOf(one) }], { route, at, subject });
  });

const NAMED = 5;

const textOf = (news: UploadNews): AlertNotice['text'] => {
  const { placeUrl, problem, runIds } = news;
  if (news.kind === 'stuck') {
    return (
      `Reports do not arrive at ${quoted(placeUrl)} since ${timeInWords(news.since)}: ${quoted(problem)}. ` +
      `Those of ${counted(runIds.length, 'run')} wait, and are given up after ${counted(news.giveUpAfterDays, 'day')}.`
    );
  }
  const runs = listedInWords(runIds.map(quoted), NAMED);
  return (
    `The reports of ${runIds.length === 1 ? 'run' : 'the runs'} ${runs} are given up that were to go to ${quoted(placeUrl)}: ` +
    `${quoted(problem)}. They are not sent there any more, and stay where Vigil wrote them.`
  );
};
