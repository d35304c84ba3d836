import { err, ok, type Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import { foreignDetails, foreignRows } from './account-agreement.ts';
import { accountsInDetails } from './accounts-in-details.ts';
import { COLLECT_ANEW, parseAnswerFiles, parseJsonFile } from './answer-files.ts';
import { parseAuthorizationDetails, type SavedAuthorizationDetails } from './authorization-details.ts';
import { accountOfFiles, completeAccount } from './complete-account.ts';
import { parseCredentialReportFile } from './credential-report-file.ts';
import { checkSchema, pathPointer } from './schema-problems.ts';
import { accountSchema } from './schemas/account.ts';
import type { AccountDocument, SnapshotDocuments } from './snapshot-documents.ts';
import { ACCOUNT_FILE, DETAILS_FILE, REPORT_FILE, SNAPSHOT_FILES } from './snapshot-files.ts';
import { type SnapshotProblem, snapshotProblem } from './snapshot-problem.ts';

/** How to read files that are not a whole snapshot directory. */
export interface SnapshotFilesReading {
  /** When the files count as collected where there is no `account.json`; without it there must be one. */
  readonly collectedAt?: Instant;
  /** What problems call a file; its own name unless told. */
  readonly label?: (file: string) => string;
}

/**
 * Reads the files of a snapshot directory: file name to text. A file that is absent is a gap, one that is broken a
 * problem; all problems are told. Files of other names are ignored.
 */
export const parseSnapshotFiles = (
  files: ReadonlyMap<string, string>,
  { collectedAt, label = (file) => file }: SnapshotFilesReading = {},
): Result<SnapshotDocuments, readonly SnapshotProblem[]> => {
  const problems: SnapshotProblem[] = [];
  const attempt = <T>(
    file: string,
    parse: (text: string, name: string) => Result<T, readonly SnapshotProblem[]>,
  ): T | undefined => {
    const text = files.get(file);
    if (text === undefined) return undefined;
    const result = parse(text, label(file));
    if (!result.ok) problems.push(...result.error);
    return result.ok ? result.value : undefined;
  };
  const details = attempt(DETAILS_FILE, parseAuthorizationDetails);
  const report = attempt(REPORT_FILE, parseCredentialReportFile);
  const answers = parseAnswerFiles(files, label);
  if (!answers.ok) problems.push(...answers.error);
  const account = files.has(ACCOUNT_FILE)
    ? attempt(ACCOUNT_FILE, parseAccountFile)
    : accountWithoutFile(files, details, { collectedAt, label });
  if (account !== undefined && 'message' in account) problems.push(account);
  if (!answers.ok || account === undefined || 'message' in account || problems.length > 0) return err(problems);

  const documents = {
    account,
    ...(details && { authorizationDetails: details.document }),
    ...(report && { credentialReport: report.csv }),
    ...answers.value,
  };
  problems.push(
    ...foreignDetails(documents.authorizationDetails ?? {}, account.accountId, label(DETAILS_FILE)),
    ...foreignRows(report?.rows ?? [], account.accountId, label(REPORT_FILE)),
  );
  return problems.length > 0
    ? err(problems)
    : ok(
        completeAccount(documents, {
          truncated: details?.truncated ?? false,
          reportTime: report?.generatedTime,
        }),
      );
};

/** Prints documents as the files of a snapshot directory: file name to text. */
export const printSnapshotFiles = (documents: SnapshotDocuments): ReadonlyMap<string, string> => {
  const files = new Map([[ACCOUNT_FILE, printJson(documents.account)]]);
  for (const { file, member } of SNAPSHOT_FILES) {
    const document = documents[member];
    if (document !== undefined) files.set(file, typeof document === 'string' ? document : printJson(document));
  }
  return files;
};

const printJson = (document: object | null): string => `${JSON.stringify(document, null, 2)}\n`;

const parseAccountFile = (text: string, file: string): Result<AccountDocument, readonly SnapshotProblem[]> => {
  const values = parseJsonFile(text, file);
  if (!values.ok) return values;
  if (values.value.length > 1) {
    return err([snapshotProblem(file, '', `holds ${values.value.length} JSON values where one is due`, COLLECT_ANEW)]);
  }
  const account = checkSchema(values.value[0], accountSchema);
  return account.ok
    ? account
    : err(account.error.map(({ path, what }) => snapshotProblem(file, pathPointer(path), what, COLLECT_ANEW)));
};

/** Whose files they are where nothing says so but the authorization details; undefined: those are broken. */
const accountWithoutFile = (
  files: ReadonlyMap<string, string>,
  details: SavedAuthorizationDetails | undefined,
  { collectedAt, label }: { readonly collectedAt: Instant | undefined; readonly label: (file: string) => string },
): AccountDocument | SnapshotProblem | undefined => {
  if (collectedAt === undefined || !files.has(DETAILS_FILE)) {
    return snapshotProblem(label(ACCOUNT_FILE), '', 'is missing, so that the account cannot be told', COLLECT_ANEW);
  }
  if (details === undefined) return undefined;
  const accounts = accountsInDetails(details.document);
  const [account] = accounts;
  if (account !== undefined && accounts.length === 1) return accountOfFiles(account, collectedAt);
  const found = accounts.map(({ accountId }) => accountId).join(', ');
  const what = account === undefined ? 'names nothing of any account' : `mixes accounts ${found}`;
  return snapshotProblem(label(DETAILS_FILE), '', what, `say in ${ACCOUNT_FILE} which account it is`);
};
