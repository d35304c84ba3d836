import type { AuditReport } from '../finding/audit-report.ts';
import { findingsJson } from './findings-json.ts';
import { htmlReport } from './html-report.ts';
import type { ReportFormat } from './report-format.ts';
import { accountPage, reportOfAccount } from './report-of-account.ts';
import type { ReportTemplates } from './report-templates.ts';
import { type ReportTexts, reportView } from './report-view.ts';
import { TABLES } from './tables.ts';

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
    for (const { file, textOf } of TABLES) {
      const text = textOf(report);
      if (text !== null) files.set(file, text);
    }
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
