import { ok, type Result } from '../../kernel/result.ts';
import { epochMillis } from '../../kernel/time.ts';
import type { AccessReportState } from '../access-record-state.ts';
import type { AccountState } from '../account-state.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import { identityOf } from '../caller-identity.ts';

/** Who asks for a report, and may read it. */
export const askerOf = (state: AccountState, { caller }: Call): string => identityOf(state, caller)?.arn ?? '';

/** The account with a report added or replaced. */
export const withReport = (state: AccountState, report: AccessReportState): AccountState => ({
  ...state,
  accessReports: state.accessReports.set(report.jobId, report),
});

/** A report, the account that has counted the question, and whether it is made. */
interface PolledReport<Report> {
  readonly report: Report;
  readonly state: AccountState;
  readonly isReady: boolean;
}

/** A report takes a moment to be made, or being asked for twice, so that a test whose clock stands still comes to an end. */
const GENERATION = { ms: 1000, polls: 1 };

/** The report of a kind that the caller has asked for under a job id. */
export const polledReport = <Kind extends AccessReportState['kind']>(
  state: AccountState,
  kind: Kind,
  jobId: string,
  call: Call,
): Result<PolledReport<Extract<AccessReportState, { readonly kind: Kind }>>, AwsError> => {
  const report = state.accessReports.get(jobId);
  if (!isOfKind(report, kind) || report.askedBy !== askerOf(state, call)) {
    return awsError('NoSuchEntity', `Job with id ${jobId} cannot be found.`);
  }
  const age = epochMillis(call.now) - epochMillis(report.createdAt);
  const isReady = report.polls >= GENERATION.polls || age >= GENERATION.ms;
  return ok({ report, state: isReady ? state : withReport(state, { ...report, polls: report.polls + 1 }), isReady });
};

const isOfKind = <Kind extends AccessReportState['kind']>(
  report: AccessReportState | undefined,
  kind: Kind,
): report is Extract<AccessReportState, { readonly kind: Kind }> => report?.kind === kind;
