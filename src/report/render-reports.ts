import type { AuditReport } from '../finding/audit-report.ts';
import { findingsJson } from './findings-json.ts';
import { htmlReport } from './html-report.ts';
import type { ReportFormat } from './report-format.ts';
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
  const files = new Map<string, string>();
  if (formats.includes('html')) files.set('report.html', htmlReport(reportView(report, texts), templates));
  if (formats.includes('csv')) {
    for (const { file, textOf } of TABLES) {
      const text = textOf(report);
      if (text !== null) files.set(file, text);
    }
  }
  if (formats.includes('json')) files.set('findings.json', findingsJson(report));
  return files;
};
