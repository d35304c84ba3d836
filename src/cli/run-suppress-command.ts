import { readTextFile } from '../collect/read-text-file.ts';
import type { Config } from '../config/config.ts';
import { appendSuppression } from '../finding/append-suppression.ts';
import { applySuppressions, latestExpiry } from '../finding/apply-suppressions.ts';
import type { AuditReport, Finding } from '../finding/audit-report.ts';
import { evidencePin } from '../finding/evidence-pin.ts';
import { parseSuppressionFile } from '../finding/suppression-file.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { epochMillis, type Instant } from '../kernel/time.ts';
import { checkIds } from './audit-settings.ts';
import { configOf } from './command-config.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { foundFindings } from './found-findings.ts';
import { refuse } from './refuse.ts';
import { replaceFile } from './replace-file.ts';
import type { SuppressOptions } from './suppress-options.ts';
import { printable, type Terminal } from './terminal.ts';

const DEFAULT_FILE = 'suppressions.yaml';

/** Writes into a suppression file that a finding is accepted. Nothing is written unless the finding is suppressed by it. */
export const runSuppressCommand = async (
  key: string,
  options: SuppressOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const config = await configOf(options);
  if (!config.ok) return refuse(terminal, config.error, EXIT.usage);
  const file = options.file ?? config.value.suppressions.files[0] ?? DEFAULT_FILE;
  const before = await readRules(file);
  if (!before.ok) return refuse(terminal, before.error, EXIT.usage);
  const suppressions = { rules: before.value.rules, limits: config.value.suppressions.maxDays };
  const report = await foundFindings(options, config.value, { suppressions, terminal });
  if (!report.ok) return refuse(terminal, report.error.problems, report.error.exitCode);
  const finding = oneFinding(report.value, key);
  if (!finding.ok) return refuse(terminal, [finding.error], EXIT.usage);
  const text = withEntry(before.value.text, finding.value, options, {
    file,
    now: report.value.run.finishedAt,
    config: config.value,
  });
  if (!text.ok) return refuse(terminal, text.error, EXIT.usage);
  const written = await replaceFile(file, text.value);
  if (!written.ok) return refuse(terminal, [written.error], EXIT.usage);
  terminal.print(printable(`${file}: suppressed until ${options.expires}: ${finding.value.summary}`));
  return EXIT.done;
};

/** A suppression file as it is; a file that is not there holds nothing. */
const readRules = async (file: string) => {
  const text = await readTextFile(file);
  if (!text.ok) return text.error.absent ? ok({ text: null, rules: [] }) : err([text.error.message]);
  const rules = parseSuppressionFile(file, text.value, checkIds());
  return rules.ok ? ok({ text: text.value, rules: rules.value }) : rules;
};

const oneFinding = ({ findings }: AuditReport, key: string): Result<Finding, string> => {
  const meant = findings.filter((finding) => finding.key.startsWith(key));
  const finding = meant.find((one) => one.key === key) ?? meant[0];
  if (finding === undefined) return err(`no finding has a key that begins with \`${key}\``);
  if (meant.length > 1 && finding.key !== key) {
    const some = meant.slice(0, 5).map((one) => one.key);
    return err(`\`${key}\` begins the keys of ${meant.length} findings; give one of ${some.join(', ')}`);
  }
  if (finding.outcome === 'unknown') return err(`\`${finding.key}\` could not be judged; there is nothing to accept`);
  const { suppression } = finding;
  return suppression === undefined
    ? ok(finding)
    : err(`\`${finding.key}\` is suppressed already, by ${suppression.file}:${suppression.line}`);
};

/** The text of the file with the entry, which must be in order and must suppress the finding. */
const withEntry = (
  before: string | null,
  finding: Finding,
  options: SuppressOptions,
  { file, now, config }: { readonly file: string; readonly now: Instant; readonly config: Config },
): Result<string, readonly string[]> => {
  const text = appendSuppression(before, finding, {
    reason: options.reason,
    justification: options.justification,
    owner: options.owner,
    approver: options.approver,
    ticket: options.ticket ?? null,
    created: now.slice(0, 10),
    expires: options.expires,
    pin: options.pin ? evidencePin(finding) : null,
  });
  const rules = parseSuppressionFile(file, text, checkIds());
  if (!rules.ok) return rules;
  const added = rules.value.slice(-1);
  const limits = config.suppressions.maxDays;
  const verdict = applySuppressions([finding], added, { now, limits }).statuses[0]?.matches[0]?.verdict;
  if (verdict === 'suppressed') return ok(text);
  const latest = latestExpiry({ created: added[0]?.created ?? null }, finding, now, limits).slice(0, 10);
  const isPast = epochMillis(now) >= epochMillis(added[0]?.expires ?? now);
  return err([
    isPast
      ? `--expires ${options.expires} has come already; give a later day`
      : `--expires ${options.expires} is too far ahead for a finding of severity ${finding.severity}; give ${latest} or a day before (\`suppressions.maxDays\`)`,
  ]);
};
