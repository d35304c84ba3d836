import { z } from 'zod';
import type { AuditReport, Finding } from '../finding/audit-report.ts';
import { nearestText } from '../kernel/nearest-text.ts';
import type { Result } from '../kernel/result.ts';
import { parseYamlFile } from '../kernel/yaml-file.ts';
import type { CheckText } from './check-text.ts';

/** What somebody says of a check in words of their own; what is absent is said in Vigil's. */
export interface OwnWords {
  readonly title?: string | undefined;
  readonly what?: string | undefined;
  readonly risk?: string | undefined;
  readonly remediation?: readonly string[] | undefined;
}

const text = z.string().trim().min(1, 'must not be empty').max(4000);

const ownWordsSchema: z.ZodType<OwnWords> = z
  .strictObject({ title: text, what: text, risk: text, remediation: z.array(text).min(1) })
  .partial();

/**
 * Reads a file of words: ids of checks, and below each what is said of it. The errors are all of its problems, a line each:
 * `file:line:column: place: what is wrong`.
 */
export const parseOwnWords = (
  file: string,
  yaml: string,
  checkIds: ReadonlySet<string>,
): Result<ReadonlyMap<string, OwnWords>, readonly string[]> =>
  parseYamlFile(
    yaml,
    file,
    z
      .record(z.string(), ownWordsSchema)
      .superRefine((words, context) => {
        for (const id of Object.keys(words)) {
          if (checkIds.has(id)) continue;
          const near = nearestText(id, checkIds);
          const mend = near === null ? '' : `; did you mean \`${near}\`?`;
          context.addIssue({ code: 'custom', message: `is not a check${mend}`, path: [id] });
        }
      })
      .transform((words) => new Map(Object.entries(words))),
  );

/** The text of a check with somebody's own words in place of Vigil's. */
export const inOwnWords = <Text extends CheckText & { readonly remediation: readonly string[] }>(
  check: Text,
  words: ReadonlyMap<string, OwnWords>,
): Text => {
  const own = words.get(check.checkId);
  if (own === undefined) return check;
  const { title, what, risk, remediation } = check;
  return {
    ...check,
    title: own.title ?? title,
    what: own.what ?? what,
    risk: own.risk ?? risk,
    remediation: own.remediation ?? remediation,
  };
};

/**
 * The report with the titles of somebody's own, and with their steps in place of those that a check has for all that it finds.
 * Steps for one case stay: they know what the case needs.
 */
export const findingsInOwnWords = (
  report: AuditReport,
  words: ReadonlyMap<string, OwnWords>,
  remediations: ReadonlyMap<string, readonly string[]>,
): AuditReport =>
  words.size === 0
    ? report
    : { ...report, findings: report.findings.map((finding) => findingInOwnWords(finding, words, remediations)) };

const findingInOwnWords = (
  finding: Finding,
  words: ReadonlyMap<string, OwnWords>,
  remediations: ReadonlyMap<string, readonly string[]>,
): Finding => {
  const own = words.get(finding.checkId);
  if (own === undefined) return finding;
  const general = remediations.get(finding.checkId) ?? [];
  // A change that closes an escalation is put before the steps of its check.
  const begin = finding.remediation.length - general.length;
  const isGeneral = begin >= 0 && general.every((step, index) => finding.remediation[begin + index] === step);
  return {
    ...finding,
    title: own.title ?? finding.title,
    remediation:
      own.remediation === undefined || !isGeneral
        ? finding.remediation
        : [...finding.remediation.slice(0, begin), ...own.remediation],
  };
};
