import { GenerateCredentialReportCommand, GetCredentialReportCommand } from '@aws-sdk/client-iam';
import { isoTime, required } from './answers.ts';
import type { Timer } from './aws-source-options.ts';
import { toCallError } from './error-text.ts';
import { type Reader, toFailure } from './reader.ts';

const LONGEST_WAIT_MS = 300_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/**
 * The credential report as CSV; null: a gap. AWS makes a new one at most every four hours and hands out the last one
 * until then (IAM User Guide, "Get credential reports"), so its own time is noted, not the present one. Where making
 * one is refused, the last one is read all the same.
 */
export const collectCredentialReport = async (reader: Reader, timer: Timer): Promise<string | null> => {
  for (let waitedMs = 0, pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    const state = await generate(reader);
    if (state === 'COMPLETE' || state === 'refused') {
      const report = await fetchReport(reader);
      if (report !== NOT_THERE) return report;
      // Why there is none was noted when making one was refused.
      if (state === 'refused') return null;
    }
    if (waitedMs >= LONGEST_WAIT_MS) {
      reader.note({
        action: 'iam:GetCredentialReport',
        subject: null,
        reason: 'failed',
        detail: `the report was not ready after ${LONGEST_WAIT_MS / 1000} seconds; try again later`,
      });
      return null;
    }
    await timer.sleep(pauseMs);
    waitedMs += pauseMs;
  }
};

/** Asks for a report, and so for the state of the one being made. */
const generate = async (reader: Reader): Promise<string> => {
  try {
    const { State } = await reader.iam.send(new GenerateCredentialReportCommand({}));
    return required(State, 'State');
  } catch (thrown) {
    reader.note({ action: 'iam:GenerateCredentialReport', subject: null, ...toFailure(thrown) });
    return 'refused';
  }
};

/** The stored report; null: a gap; `NOT_THERE`: none yet, an expired one, or one in the making. */
const fetchReport = async (reader: Reader): Promise<string | typeof NOT_THERE | null> => {
  try {
    const { Content, GeneratedTime } = await reader.iam.send(new GetCredentialReportCommand({}));
    const csv = new TextDecoder().decode(required(Content, 'Content'));
    reader.noteSource('credential-report', isoTime(required(GeneratedTime, 'GeneratedTime')));
    return csv;
  } catch (thrown) {
    if (SAYS_NOT_THERE.test(toCallError(thrown).name)) return NOT_THERE;
    reader.note({ action: 'iam:GetCredentialReport', subject: null, ...toFailure(thrown) });
    return null;
  }
};

/** `CredentialReportNotPresentException` and its like; `ReportNotPresent` and its like on the wire. */
const SAYS_NOT_THERE = /Report(NotPresent|Expired|NotReady|InProgress)/;
const NOT_THERE = Symbol('no credential report');
