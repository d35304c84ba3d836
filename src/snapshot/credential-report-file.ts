import { z } from 'zod';
import { err, ok, type Result } from '../kernel/result.ts';
import { parseInstant } from '../kernel/time.ts';
import type { CredentialReportRow } from './account-snapshot.ts';
import { parseCredentialReport } from './credential-report.ts';
import { parseJsonValues } from './json-text.ts';
import { checkSchema } from './schema-problems.ts';
import { type SnapshotProblem, snapshotProblem } from './snapshot-problem.ts';

/** A saved credential report: its CSV, and when AWS made it, where the file tells. */
export interface CredentialReportFile {
  readonly csv: string;
  readonly rows: readonly CredentialReportRow[];
  readonly generatedTime?: string;
}

/**
 * Reads a saved credential report: the CSV, or the whole answer of `aws iam get-credential-report`, which holds the CSV
 * in base64 and says when it was made.
 */
export const parseCredentialReportFile = (
  text: string,
  file: string,
): Result<CredentialReportFile, readonly SnapshotProblem[]> => {
  const saved = text.trimStart().startsWith('{') ? parseAnswer(text, file) : ok({ csv: text });
  if (!saved.ok) return err([saved.error]);
  const rows = parseCredentialReport(saved.value.csv, file);
  return rows.ok ? ok({ ...saved.value, rows: rows.value }) : rows;
};

const answer = z.object({ Content: z.base64(), GeneratedTime: z.string().exactOptional() });

const parseAnswer = (text: string, file: string): Result<Omit<CredentialReportFile, 'rows'>, SnapshotProblem> => {
  const values = parseJsonValues(text);
  if (!values.ok) return err(snapshotProblem(file, values.error.place, values.error.what));
  const parsed = checkSchema(values.value[0], answer);
  if (!parsed.ok) {
    return err(snapshotProblem(file, '', 'is JSON, but not the answer of `aws iam get-credential-report`'));
  }
  const { Content, GeneratedTime = '' } = parsed.value;
  const bytes = Uint8Array.from(atob(Content), (char) => char.charCodeAt(0));
  const time = parseInstant(GeneratedTime);
  return ok({ csv: new TextDecoder().decode(bytes), ...(time.ok && { generatedTime: time.value }) });
};
