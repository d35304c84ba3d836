import { readTextFile } from '../collect/read-text-file.ts';
import type { AuditReport, Finding } from '../finding/audit-report.ts';
import { SEVERITIES } from '../finding/check-result.ts';
import type { SuppressionStatus, SuppressionVerdict } from '../finding/suppression.ts';
import { parseSuppressionFile } from '../finding/suppression-file.ts';
import { placeOf, suppressionWarnings } from '../finding/suppression-warnings.ts';
import { checkIds } from './audit-settings.ts';
import { configOf } from './command-config.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { foundFindings } from './found-findings.ts';
import { refuse } from './refuse.ts';
import type { SuppressionsOptions } from './suppress-options.ts';
import { printable, type Terminal } from './terminal.ts';

/** Says what a suppression file would hide of the accounts that the options name. */
export const runSuppressionsCommand = async (options: SuppressionsOptions, terminal: Terminal): Promise<ExitCode> => {
  const config = await configOf(options);
  if (!config.ok) return refuse(terminal, config.error, EXIT.usage);
  const text = await readTextFile(options.preview);
  if (!text.ok) return refuse(terminal, [text.error.message], EXIT.usage);
  const rules = parseSuppressionFile(options.preview, text.value, checkIds());
  if (!rules.ok) return refuse(terminal, rules.error, EXIT.usage);
  const suppressions = { rules: rules.value, limits: config.value.suppressions.maxDays };
  const report = await foundFindings(options, config.value, { suppressions, terminal });
  if (!report.ok) return refuse(terminal, report.error.problems, report.error.exitCode);
  if (options.json) terminal.print(JSON.stringify(previewData(report.value)));
  else for (const line of previewLines(report.value)) terminal.print(printable(line));
  return EXIT.done;
};

const previewLines = (report: AuditReport): readonly string[] => {
  const { suppressions = [], findings } = report;
  const byKey = new Map(findings.map((finding) => [finding.key, finding]));
  const warnings = suppressionWarnings(suppressions);
  return [
    ...suppressions.flatMap((status) => statusLines(status, byKey)),
    ...(warnings.length > 0 ? ['', ...warnings] : []),
    '',
    totalLine(findings),
  ];
};

const VERDICTS: Readonly<Record<SuppressionVerdict, string>> = {
  suppressed: 'hides',
  expired: 'expired',
  'evidence-changed': 'evidence changed',
  'too-long': 'reaches too far',
};

const statusLines = (status: SuppressionStatus, byKey: ReadonlyMap<string, Finding>): readonly string[] => {
  const { rule, matches } = status;
  const target = [rule.principal, rule.resource].filter((name) => name !== null).join(' and ');
  return [
    `${placeOf(status)}: ${rule.check} of ${target}, until ${rule.expires.slice(0, 10)}`,
    ...(matches.length === 0 ? ['  matches nothing'] : []),
    ...matches.map(({ key, verdict }) => {
      const finding = byKey.get(key);
      return `  ${VERDICTS[verdict]}: ${finding?.severity ?? ''}, ${finding?.summary ?? key}`;
    }),
  ];
};

const totalLine = (findings: readonly Finding[]): string => {
  const hidden = findings.filter(({ state }) => state === 'suppressed');
  const counts = SEVERITIES.flatMap((severity) => {
    const count = hidden.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  const of = `${hidden.length} of ${findings.length} findings would be suppressed`;
  return counts.length === 0 ? of : `${of}: ${counts.join(', ')}`;
};

const previewData = ({ suppressions = [], findings }: AuditReport) => ({
  findings: findings.length,
  suppressed: findings.filter(({ state }) => state === 'suppressed').map(({ key }) => key),
  rules: suppressions.map(({ rule, matches, daysLeft, notice }) => ({ ...rule, daysLeft, notice, findings: matches })),
  warnings: suppressionWarnings(suppressions),
});
