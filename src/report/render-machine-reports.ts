import type { AuditReport } from '../finding/audit-report.ts';
import { findingsAsff } from './machine/asff.ts';
import { findingsJunit } from './machine/junit.ts';
import type { MachineAssets } from './machine/machine-assets.ts';
import { findingsOcsf } from './machine/ocsf.ts';
import { reportMetrics } from './machine/prometheus.ts';
import { findingsSarif } from './machine/sarif.ts';
import type { ReportFormat } from './report-format.ts';

/** The files for other systems by name, in the formats asked for. The same report, assets and formats give the same bytes. */
export const renderMachineReports = async (
  report: AuditReport,
  assets: MachineAssets,
  formats: readonly ReportFormat[],
): Promise<ReadonlyMap<string, string>> => {
  const files = new Map<string, string>();
  if (formats.includes('ocsf')) files.set('findings.ocsf.json', findingsOcsf(report, assets));
  if (formats.includes('sarif')) files.set('findings.sarif', findingsSarif(report, assets));
  if (formats.includes('asff')) files.set('findings.asff.json', findingsAsff(report, assets));
  if (formats.includes('junit')) files.set('findings.junit.xml', findingsJunit(report, assets));
  if (formats.includes('prometheus')) files.set('metrics.prom', await reportMetrics(report, assets));
  return files;
};
