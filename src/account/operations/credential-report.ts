import { z } from 'zod';
import { ok } from '../../kernel/result.ts';
import { epochMillis, type Instant } from '../../kernel/time.ts';
import { printCredentialReport } from '../../snapshot/credential-report.ts';
import type { AccountState, CredentialReportState } from '../account-state.ts';
import { awsError } from '../aws-error.ts';
import { credentialReportRows } from '../credential-report-rows.ts';
import { operation } from '../operation.ts';

/** A report is kept, and no new one made, for four hours. Source: "Get credential reports", IAM User Guide. */
const LIFETIME_MS = 4 * 3_600_000;

/**
 * A report takes some seconds to be made, as AWS's does. Polling for it hurries it, so that a test whose clock stands
 * still comes to an end: STARTED, INPROGRESS, COMPLETE.
 */
const GENERATION = { ms: 2000, polls: 1 };

/** `iam:GenerateCredentialReport`. */
const generateCredentialReport = operation('iam:GenerateCredentialReport', z.object({}), (state, _input, { now }) => {
  const report = settled(state, now);
  if (report.kind === 'complete' && !isExpired(report.generatedTime, now)) {
    return ok({ state: { ...state, credentialReport: report }, answer: { State: 'COMPLETE' } });
  }
  if (report.kind === 'inProgress') {
    const polled = { ...report, polls: report.polls + 1 };
    return ok({ state: { ...state, credentialReport: polled }, answer: { State: 'INPROGRESS' } });
  }
  const started = { kind: 'inProgress', startedAt: now, polls: 0 } as const;
  const reason = report.kind === 'none' ? 'No report exists' : 'The last report is older than four hours';
  return ok({
    state: { ...state, credentialReport: started },
    answer: { State: 'STARTED', Description: `${reason}. Starting a new report generation task` },
  });
});

/** `iam:GetCredentialReport`. */
const getCredentialReport = operation('iam:GetCredentialReport', z.object({}), (state, _input, { now }) => {
  const report = settled(state, now);
  if (report.kind === 'none') {
    return awsError('ReportNotPresent', 'No report is available. Generate one with GenerateCredentialReport.');
  }
  if (report.kind === 'inProgress') return awsError('ReportInProgress', 'The report is still being generated.');
  if (isExpired(report.generatedTime, now)) {
    return awsError('ReportExpired', 'The report is older than four hours. Generate a new one.');
  }
  const Content = new TextEncoder().encode(report.content);
  return ok({
    state: { ...state, credentialReport: report },
    answer: { Content, ReportFormat: 'text/csv', GeneratedTime: report.generatedTime },
  });
});

/** Where the report stands now: one that was long enough in the making is made. */
const settled = (state: AccountState, now: Instant): CredentialReportState => {
  const report = state.credentialReport;
  if (report.kind !== 'inProgress') return report;
  const isReady = report.polls >= GENERATION.polls || millisBetween(report.startedAt, now) >= GENERATION.ms;
  return isReady
    ? { kind: 'complete', generatedTime: now, content: printCredentialReport(credentialReportRows(state)) }
    : report;
};

const isExpired = (generatedTime: Instant, now: Instant): boolean => millisBetween(generatedTime, now) >= LIFETIME_MS;

const millisBetween = (from: Instant, to: Instant): number => epochMillis(to) - epochMillis(from);

/** The operations of the credential report. */
export const credentialReportOperations = [generateCredentialReport, getCredentialReport];
