import { arnParts, parseArn } from '../iam/arn.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import { type AccountDetails, accountsInDetails } from './accounts-in-details.ts';
import { parseAuthorizationDetails, SAVE_DETAILS } from './authorization-details.ts';
import { accountOfFiles, completeAccount } from './complete-account.ts';
import { type CredentialReportFile, parseCredentialReportFile } from './credential-report-file.ts';
import type { SnapshotDocuments } from './snapshot-documents.ts';
import { type SnapshotProblem, snapshotProblem } from './snapshot-problem.ts';

/** A saved file: what problems call it, and its text. */
export interface SavedText {
  readonly file: string;
  readonly text: string;
}

/** An account of saved authorization details. */
interface SavedAccount extends AccountDetails {
  readonly file: string;
  readonly truncated: boolean;
}

/**
 * The accounts in files of authorization details, each with the credential report that is about it, if there is one.
 * Nothing in such files says when they were saved: they count as collected at `collectedAt`.
 */
export const parseSavedAccounts = (
  details: readonly SavedText[],
  credentialReports: readonly SavedText[],
  collectedAt: Instant,
): Result<readonly SnapshotDocuments[], readonly SnapshotProblem[]> => {
  const problems: SnapshotProblem[] = [];
  const accounts = parseAccounts(details, problems);
  const reports = parseReports(credentialReports, problems);
  if (problems.length > 0) return err(problems);
  for (const [accountId, { file }] of reports) {
    if (accounts.has(accountId)) continue;
    const what = `is of account ${accountId}, but the authorization details are of ${[...accounts.keys()].join(', ')}`;
    return err([snapshotProblem(file, '', what, 'give files of one account')]);
  }
  return ok(
    [...accounts.values()].map((account) => {
      const report = reports.get(account.accountId);
      const documents = {
        account: accountOfFiles(account, collectedAt),
        authorizationDetails: account.document,
        ...(report && { credentialReport: report.csv }),
      };
      return completeAccount(documents, { truncated: account.truncated, reportTime: report?.generatedTime });
    }),
  );
};

const parseAccounts = (texts: readonly SavedText[], problems: SnapshotProblem[]): ReadonlyMap<string, SavedAccount> => {
  const accounts = new Map<string, SavedAccount>();
  for (const { file, text } of texts) {
    const saved = parseAuthorizationDetails(text, file);
    if (!saved.ok) {
      problems.push(...saved.error);
      continue;
    }
    const found = accountsInDetails(saved.value.document);
    if (found.length === 0) {
      const what = 'holds no user, group, role or customer managed policy, so that its account cannot be told';
      problems.push(snapshotProblem(file, '', what, SAVE_DETAILS));
    }
    for (const account of found) {
      const earlier = accounts.get(account.accountId);
      if (earlier !== undefined) {
        const what = `is of account ${account.accountId}, as is ${earlier.file}`;
        problems.push(snapshotProblem(file, '', what, 'give one file an account: a list of pages can be one file'));
      }
      accounts.set(account.accountId, { ...account, file, truncated: saved.value.truncated });
    }
  }
  return accounts;
};

const parseReports = (
  texts: readonly SavedText[],
  problems: SnapshotProblem[],
): ReadonlyMap<string, CredentialReportFile & { readonly file: string }> => {
  const reports = new Map<string, CredentialReportFile & { readonly file: string }>();
  for (const { file, text } of texts) {
    const report = parseCredentialReportFile(text, file);
    if (report.ok) reports.set(accountOfReport(report.value), { ...report.value, file });
    else problems.push(...report.error);
  }
  return reports;
};

const accountOfReport = ({ rows }: CredentialReportFile): string => {
  const arn = parseArn(rows[0]?.arn ?? '');
  return arn.ok ? arnParts(arn.value).account : 'unknown';
};
