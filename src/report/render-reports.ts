import type { AuditReport } from '../finding/audit-report.ts';
import { printCredentialReport } from '../snapshot/credential-report.ts';
import { accessCsv } from './access-csv.ts';
import { accountsCsv } from './accounts-csv.ts';
import { changesCsv } from './changes-csv.ts';
import { analyzerCsv, controlsCsv, coverageCsv, escalationCutsCsv, findingsCsv, principalsCsv } from './csv.ts';
import { findingsJson } from './findings-json.ts';
import { htmlReport } from './html-report.ts';
import type { ReportFormat } from './report-format.ts';
import { accountPage, reportOfAccount } from './report-of-account.ts';
import type { ReportTemplates } from './report-templates.ts';
import { type ReportTexts, reportView } from './report-view.ts';
import { suppressionsCsv } from './suppressions-csv.ts';

/** What the formats need beside the report itself. */
export interface ReportAssets {
  readonly templates: ReportTemplates;
  readonly texts: ReportTexts;
}

/** The files of a report by name. The same report, assets and formats give the same bytes. */
export const renderReports = (
  report: AuditReport,
  { templates, texts }: ReportAssets,
  formats: readonly ReportFormat[],
): ReadonlyMap<string, string> => {
  const files = new Map<string, string>(formats.includes('html') ? pages(report, { templates, texts }) : []);
  if (formats.includes('csv')) {
    files.set('findings.csv', findingsCsv(report));
    files.set('principals.csv', principalsCsv(report));
    if (report.access !== undefined) files.set('access.csv', accessCsv(report));
    files.set('accounts.csv', accountsCsv(report));
    files.set('coverage.csv', coverageCsv(report));
    if (report.escalationCuts !== undefined) files.set('escalation-cuts.csv', escalationCutsCsv(report));
    if (report.analyzer !== undefined) files.set('access-analyzer.csv', analyzerCsv(report));
    if (report.controls !== undefined) files.set('controls.csv', controlsCsv(report.controls));
    if (report.credentialReport !== undefined) {
      files.set('credential-report.csv', printCredentialReport(report.credentialReport, { escapeFormulas: true }));
    }
    if (report.changes !== undefined) files.set('changes.csv', changesCsv(report));
    if (report.suppressions !== undefined) files.set('suppressions.csv', suppressionsCsv(report));
  }
  if (formats.includes('json')) files.set('findings.json', findingsJson(report));
  return files;
};

/** The page of all accounts and, where there are several, one of each. */
const pages = (report: AuditReport, { templates, texts }: ReportAssets): ReadonlyMap<string, string> => {
  const page = (shown: AuditReport): string => htmlReport(reportView(shown, texts), templates);
  const own = report.accounts.length > 1 ? report.accounts : [];
  return new Map([
    ['report.html', page(report)],
    ...own.map(({ accountId }) => [accountPage(accountId), page(reportOfAccount(report, accountId))] as const),
  ]);
};
