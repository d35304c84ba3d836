import { type FileHandle, open, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunId } from '../finding/run-id.ts';
import { isOfOrganization, REPORT_FILES } from '../report/report-format.ts';

/** A file of a report, opened, and how it is to be served. */
export interface OpenReport {
  readonly file: FileHandle;
  readonly size: number;
  readonly contentType: string;
  /** Whether a browser may show it; what it may not show it saves. */
  readonly isShown: boolean;
}

/** A run that has reports. */
export interface ReportedRun {
  readonly run: string;
  readonly files: readonly string[];
}

const NAMES: readonly string[] = Object.values(REPORT_FILES).flat();
/** The page of one account of several. */
const ACCOUNT_PAGE = /^account-\d{12}\.html$/;
/** Where the reports of an account of an organization follow each other. */
const ACCOUNT = /^accounts\/[A-Za-z0-9_-]{1,60}$/;

/** The runs that have reports in the directory, the latest first; none where the directory cannot be read. */
export const reportedRuns = async (directory: string): Promise<readonly ReportedRun[]> => {
  const runs = (await namesIn(directory)).filter(isRunId).sort();
  return Promise.all(
    runs.reverse().map(async (run) => {
      const files = await namesIn(join(directory, run));
      const pages = files.filter((name) => ACCOUNT_PAGE.test(name) || isOfOrganization(name)).sort();
      return { run, files: [...NAMES.filter((name) => files.includes(name)), ...pages] };
    }),
  );
};

/**
 * Opens a file of a report by its path below the directory of reports. Null: there is none of that name. Only what has the names that
 * Vigil gives is opened, and only where it lies in its directory itself: no link leads anywhere else.
 */
export const openReport = async (directory: string, path: string): Promise<OpenReport | null> => {
  const names = path.split('/');
  const [run = '', name = ''] = names.slice(-2);
  const account = names.slice(0, -2).join('/');
  if (!isRunId(run) || !isFileName(name) || !(account === '' || ACCOUNT.test(account))) return null;
  try {
    const place = join(await realpath(directory), account, run, name);
    if ((await realpath(place)) !== place) return null;
    const file = await open(place, 'r');
    const stats = await file.stat();
    if (stats.isFile()) return { file, size: stats.size, ...typeOf(name) };
    await file.close();
    return null;
  } catch {
    return null;
  }
};

const isFileName = (name: string): boolean => NAMES.includes(name) || ACCOUNT_PAGE.test(name) || isOfOrganization(name);

const namesIn = async (directory: string): Promise<readonly string[]> => {
  try {
    return await readdir(directory);
  } catch {
    return [];
  }
};

const typeOf = (name: string): Pick<OpenReport, 'contentType' | 'isShown'> => {
  if (name.endsWith('.html')) return { contentType: 'text/html; charset=utf-8', isShown: true };
  if (name.endsWith('.json')) return { contentType: 'application/json', isShown: true };
  if (name.endsWith('.csv')) return { contentType: 'text/csv; charset=utf-8', isShown: false };
  return { contentType: 'text/plain; charset=utf-8', isShown: false };
};
