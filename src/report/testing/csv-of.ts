import type { AuditReport } from '../../finding/audit-report.ts';
import type { ReportTable } from '../table.ts';

/** The text of a table that the report has. */
export const csvOf = ({ file, textOf }: ReportTable, report: AuditReport): string => {
  const text = textOf(report);
  if (text === null) throw new Error(`the report has no ${file}`);
  return text;
};
