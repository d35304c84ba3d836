import { stringify } from 'csv-stringify/sync';
import type { AnalyzerComparison } from '../finding/analyzer-comparison.ts';
import type { AccountCoverage, AuditReport, CoverageRow, Finding, PrincipalSummary } from '../finding/audit-report.ts';
import { confidenceOf } from '../finding/confidence.ts';
import type { ControlResult } from '../finding/control-result.ts';
import type { EscalationCut } from '../finding/escalation-cut.ts';
import { boundedJson } from './bounded-json.ts';
import { nameOfArn, nameOfSubject } from './name-of-arn.ts';
import { inReportOrder } from './report-order.ts';

/** A column of a table: its name, and its text for a row. Lists are joined by `; `, nested data is JSON. */
export type Column<Row> = readonly [name: string, text: (row: Row) => string];

const joined = (items: readonly string[] | undefined): string => (items ?? []).join('; ');

// The tables. Users script against names and order: new columns go to the end, none ever moves.

// What a person reads stands first, what a program looks up last.
const FINDING_COLUMNS: readonly Column<Finding>[] = [
  ['severity', (finding) => finding.severity],
  ['state', (finding) => finding.state],
  ['outcome', (finding) => finding.outcome],
  ['title', (finding) => finding.title],
  ['subject_name', (finding) => nameOfSubject(finding, finding.accountId)],
  ['subject_type', (finding) => finding.subject.type],
  ['subject_part', (finding) => finding.subject.part ?? ''],
  ['account_id', (finding) => finding.accountId],
  ['summary', (finding) => finding.summary],
  ['conditions', (finding) => finding.conditions?.text ?? ''],
  // Sentences, each with its full stop.
  ['remediation', (finding) => finding.remediation.join(' ')],
  ['frameworks', (finding) => joined(finding.frameworks)],
  ['first_seen', (finding) => finding.firstSeen],
  ['last_seen', (finding) => finding.lastSeen],
  ['category', (finding) => finding.category],
  ['check_id', (finding) => finding.checkId],
  ['subject_arn', (finding) => finding.subject.arn],
  ['subject_id', (finding) => finding.subject.id],
  ['escalation_reaches', (finding) => finding.escalation?.reaches ?? ''],
  ['escalation_proof', (finding) => finding.escalation?.proof ?? ''],
  ['escalation_methods', (finding) => joined(finding.escalation?.steps.map(({ method }) => method))],
  ['external_principal', (finding) => finding.external?.principal ?? ''],
  ['external_kind', (finding) => finding.external?.kind ?? ''],
  ['external_resource', (finding) => finding.external?.resource ?? ''],
  ['external_actions', (finding) => joined(finding.external?.actions)],
  ['evidence', (finding) => JSON.stringify(boundedJson(finding.evidence))],
  ['key', (finding) => finding.key],
  ['confidence', confidenceOf],
  ['owner', (finding) => finding.owner ?? ''],
  ['by', ({ by }) => by?.[0]?.arn ?? ''],
  ['by_at', ({ by }) => by?.[0]?.at ?? ''],
  ['by_request', ({ by }) => by?.[0]?.request ?? ''],
  ['by_source_ip', ({ by }) => by?.[0]?.sourceIp ?? ''],
];

const PRINCIPAL_COLUMNS: readonly Column<PrincipalSummary>[] = [
  ['account_id', ({ arn }) => arn.split(':')[4] ?? ''],
  ['name', ({ arn }) => nameOfArn(arn)],
  ['type', ({ type }) => type],
  ['administrator', ({ administrator }) => administrator],
  ['escalates', ({ escalates }) => escalates],
  ['arn', ({ arn }) => arn],
];

const COVERAGE_COLUMNS: readonly Column<{ readonly account: AccountCoverage; readonly row: CoverageRow }>[] = [
  ['account_id', ({ account }) => account.accountId],
  ['account_alias', ({ account }) => account.alias ?? ''],
  ['collected_at', ({ account }) => account.collectedAt],
  ['source', ({ row }) => row.source],
  ['status', ({ row }) => row.status],
  ['detail', ({ row }) => row.detail],
  ['affects', ({ row }) => joined(row.affects)],
];

const CONTROL_COLUMNS: readonly Column<ControlResult>[] = [
  ['account_id', ({ accountId }) => accountId],
  ['framework', ({ framework }) => framework],
  ['control', ({ control }) => control],
  ['title', ({ title }) => title],
  ['assessment', ({ assessment }) => assessment],
  ['status', ({ status }) => status],
  ['failed', ({ failed }) => String(failed)],
  ['passed', ({ passed }) => String(passed)],
  ['unknown', ({ unknown }) => String(unknown)],
  ['checks', ({ checks }) => joined(checks)],
];

const ANALYZER_COLUMNS: readonly Column<AnalyzerComparison>[] = [
  ['account_id', ({ accountId }) => accountId],
  ['agreement', ({ agreement }) => agreement],
  ['finding_type', ({ findingType }) => findingType],
  ['resource', ({ resource }) => resource],
  ['principal', ({ principal }) => principal ?? ''],
  ['vigil', ({ vigil }) => vigil],
  ['access_analyzer', ({ accessAnalyzer }) => accessAnalyzer],
  ['finding_ids', ({ findingIds }) => joined(findingIds)],
  ['checks', ({ checks }) => joined(checks)],
  ['unused_access_days', ({ unusedAccessDays }) => String(unusedAccessDays ?? '')],
];

const CUT_COLUMNS: readonly Column<EscalationCut>[] = [
  ['account_id', ({ accountId }) => accountId],
  ['closes', ({ closes }) => String(closes.length)],
  ['cut', ({ sentences }) => sentences.join(' ')],
  ['used_access', ({ usedAccess }) => usedAccess.status],
  ['verified', ({ verified }) => verified],
  ['principals', ({ closes }) => joined(closes)],
  ['changes', ({ changes }) => JSON.stringify(changes)],
];

/** The text of `findings.csv`: one row a finding. */
export const findingsCsv = (report: AuditReport): string => table(FINDING_COLUMNS, inReportOrder(report).findings);

/** The text of `principals.csv`: one row a principal. */
export const principalsCsv = (report: AuditReport): string =>
  table(PRINCIPAL_COLUMNS, inReportOrder(report).principals);

/** The text of `coverage.csv`: one row a source of an account. */
export const coverageCsv = (report: AuditReport): string =>
  table(
    COVERAGE_COLUMNS,
    inReportOrder(report).accounts.flatMap((account) => account.coverage.map((row) => ({ account, row }))),
  );

/** The text of `controls.csv`: one row a control of an account, in the order given. */
export const controlsCsv = (controls: readonly ControlResult[]): string => table(CONTROL_COLUMNS, controls);

/** The text of `access-analyzer.csv`: one row a thing that Access Analyzer or Vigil tells, what only one of them tells first. */
export const analyzerCsv = (report: AuditReport): string =>
  table(ANALYZER_COLUMNS, inReportOrder(report).analyzer ?? []);

/** The text of `escalation-cuts.csv`: one row a change that closes escalations. */
export const escalationCutsCsv = (report: AuditReport): string =>
  table(CUT_COLUMNS, inReportOrder(report).escalationCuts ?? []);

/** The text of a table. RFC 4180 ends records with CRLF. `escape_formulas` puts an apostrophe before what a spreadsheet would run. */
export const table = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string =>
  stringify([columns.map(([name]) => name), ...rows.map((row) => columns.map(([, text]) => text(row)))], {
    escape_formulas: true,
    record_delimiter: 'windows',
  });
