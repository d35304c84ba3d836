import type { AccountCoverage, AuditReport, CoverageRow, Finding } from '../finding/audit-report.ts';
import { SEVERITIES, type Severity } from '../finding/check-result.ts';
import { EXPECTED_STATUSES, isMissing } from '../finding/expected-account.ts';
import { suppressionWarnings } from '../finding/suppression-warnings.ts';
import { compareText } from '../kernel/compare-text.ts';
import { groupsOf } from '../report/finding-groups.ts';
import { printable, type Style, type Terminal } from './terminal.ts';

/** What the summary tells besides the report itself. */
export interface SummaryFacts {
  readonly report: AuditReport;
  /** API calls by action; empty where none were made. */
  readonly apiCalls: ReadonlyMap<string, number>;
  /** What changed since the last audit, in a line; absent where nothing is remembered. */
  readonly changes?: string | null;
  /** The reports written, the one to open first. */
  readonly files: readonly string[];
}

const WORST = 5;

const SEVERITY_STYLE: Readonly<Record<Severity, Style>> = {
  critical: 'magenta',
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
  info: 'dim',
};

/** The lines that `vigil audit` ends with: what was read, what is worst, where the reports lie. */
export const auditSummary = (facts: SummaryFacts, style: Terminal['style']): readonly string[] => {
  const { report, apiCalls, changes = null, files } = facts;
  const { problems: failed, unjudged } = groupsOf(report.findings);
  const suppressed = report.findings.filter(({ state }) => state === 'suppressed').length;
  const unknown = unjudged.length;
  return [
    ...accountLines(report.accounts, style),
    ...unreadLines(report, style),
    '',
    `  ${SEVERITIES.map((severity) => countOf(severity, failed, style)).join('   ')}`,
    ...(unknown > 0 ? [`  ${unknown} could not be judged, for want of data`] : []),
    ...(suppressed > 0 ? [`  ${suppressed} suppressed, which the counts leave out`] : []),
    ...(changes === null ? [] : [`  ${changes}`]),
    '',
    ...worstLines(failed, style),
    `  ${principalsLine(report)}`,
    '',
    ...suppressionLines(report, style),
    ...allCoverageLines(report.accounts, style),
    ...(apiCalls.size > 0 ? [`  ${callsLine(apiCalls)}`] : []),
    '',
    style('bold', 'Reports'),
    ...files.map((file) => `  ${file}`),
  ];
};

const MOST_ACCOUNTS = 10;

const accountLines = (accounts: readonly AccountCoverage[], style: Terminal['style']): readonly string[] => {
  const rest = accounts.length - MOST_ACCOUNTS;
  return [
    ...accounts.slice(0, MOST_ACCOUNTS).map((account) => accountLine(account, style)),
    ...(rest > 0 ? [style('dim', `… and ${count(rest, 'more account')}`)] : []),
  ];
};

const accountLine = (account: AccountCoverage, style: Terminal['style']): string => {
  const alias = account.alias === null ? '' : ` (${printable(account.alias)})`;
  return `${style('bold', `Account ${account.accountId}${alias}`)}, as read at ${account.collectedAt}`;
};

/** The accounts that were to be read and were not, what is amiss first. */
const unreadLines = ({ expected = [] }: AuditReport, style: Terminal['style']): readonly string[] => {
  const unread = expected.filter(({ status }) => status !== 'collected');
  if (unread.length === 0) return [];
  const missing = unread.filter((account) => isMissing(account) || account.droppedOut);
  const others = EXPECTED_STATUSES.flatMap((status) => {
    const number = unread.filter((account) => account.status === status && !missing.includes(account)).length;
    return number === 0 ? [] : [`${number} ${status}`];
  });
  const total = `${expected.length - unread.length} of ${count(expected.length, 'account')} read`;
  return [
    `${style(missing.length > 0 ? 'yellow' : 'dim', 'Accounts:')} ${[total, ...others].join(', ')}`,
    ...missing.map((account) => {
      const name = [account.name, account.accountId].flatMap((part) => (part === null ? [] : [printable(part)]));
      const since = account.droppedOut ? 'dropped out, ' : '';
      return `  ${name.join(' ')}: ${since}${account.status}: ${printable(account.reason ?? '')}`;
    }),
  ];
};

const countOf = (severity: Severity, findings: readonly Finding[], style: Terminal['style']): string => {
  const count = findings.filter((finding) => finding.severity === severity).length;
  return count === 0 ? style('dim', `0 ${severity}`) : style(SEVERITY_STYLE[severity], `${count} ${severity}`);
};

const worstLines = (failed: readonly Finding[], style: Terminal['style']): readonly string[] => {
  if (failed.length === 0) return ['  Nothing found.', ''];
  const worst = failed.slice(0, WORST);
  const rest = failed.length - worst.length;
  return [
    style('bold', rest === 0 ? 'Findings' : `The ${WORST} worst`),
    ...worst.map(
      ({ severity, summary }) => `  ${style(SEVERITY_STYLE[severity], severity.padEnd(8))}  ${printable(summary)}`,
    ),
    ...(rest === 0 ? [] : [style('dim', `  … and ${rest} more in the reports`)]),
    '',
  ];
};

const principalsLine = ({ principals }: AuditReport): string => {
  const administrators = principals.filter(({ administrator }) => administrator === 'yes').length;
  const escalating = principals.filter(({ escalates }) => escalates === 'yes').length;
  const conditional = principals.filter(
    ({ administrator, escalates }) => administrator === 'conditional' || escalates === 'conditional',
  ).length;
  const parts = [`${count(principals.length, 'principal')}: ${count(administrators, 'administrator')}`];
  parts.push(`${escalating} that can become one`);
  if (conditional > 0) parts.push(`${conditional} under conditions`);
  return parts.join(', ');
};

const suppressionLines = ({ suppressions = [] }: AuditReport, style: Terminal['style']): readonly string[] => {
  const warnings = suppressionWarnings(suppressions);
  if (warnings.length === 0) return [];
  return [style('yellow', 'Suppressions'), ...warnings.map((warning) => `  ${printable(warning)}`), ''];
};

const allCoverageLines = (accounts: readonly AccountCoverage[], style: Terminal['style']): readonly string[] => {
  const whole = accounts.filter(({ complete }) => complete);
  if (whole.length < 2) return accounts.flatMap((account) => coverageLines(account, style));
  return [
    `  ${style('green', 'Complete:')} every source of ${count(whole.length, 'account')} was read`,
    ...accounts.filter(({ complete }) => !complete).flatMap((account) => coverageLines(account, style)),
  ];
};

const coverageLines = (account: AccountCoverage, style: Terminal['style']): readonly string[] => {
  const { accountId, complete, coverage } = account;
  if (complete) return [`  ${style('green', 'Complete:')} every source of account ${accountId} was read`];
  const skipped = coverage.filter(({ status }) => status === 'skipped');
  const broken = coverage.filter(({ status }) => status !== 'read' && status !== 'skipped');
  return [
    `  ${style('yellow', 'Incomplete:')} not everything of account ${accountId} could be read`,
    ...broken.map((row) => `    ${row.source}: ${row.status}, ${shortened(row.detail)}${consequence([row])}`),
    ...(skipped.length === 0
      ? []
      : [`    skipped: ${skipped.map(({ source }) => source).join(', ')}${consequence(skipped)}`]),
  ];
};

const LONGEST_DETAIL = 120;

/** What AWS answered may be long; the reports have it whole. */
const shortened = (detail: string): string =>
  printable(detail.length <= LONGEST_DETAIL ? detail : `${detail.slice(0, LONGEST_DETAIL)}…`);

/** How many checks cannot judge for want of some sources. */
const consequence = (rows: readonly CoverageRow[]): string => {
  const affected = new Set(rows.flatMap(({ affects }) => affects));
  return affected.size === 0 ? '' : `; ${count(affected.size, 'check')} cannot judge`;
};

const callsLine = (apiCalls: ReadonlyMap<string, number>): string => {
  const total = [...apiCalls.values()].reduce((sum, calls) => sum + calls, 0);
  const most = [...apiCalls].sort(([a, m], [b, n]) => n - m || compareText(a, b)).slice(0, 3);
  return `${count(total, 'API call')}, most of them ${most.map(([action, calls]) => `${action} (${calls})`).join(', ')}`;
};

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
