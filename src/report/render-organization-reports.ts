import type { AccountSummary, OrganizationReport } from '../finding/organization-night.ts';
import type { PageOf } from './organization-accounts-view.ts';
import type { FrameworkText } from './organization-controls-view.ts';
import { organizationJson } from './organization-json.ts';
import { organizationPage } from './organization-page.ts';
import { ORGANIZATION_TABLES } from './organization-tables.ts';
import { organizationView } from './organization-view.ts';
import type { PageTemplates } from './print-page.ts';
import type { ReportFormat } from './report-format.ts';

/** What the formats need beside the report about an organization. */
export interface OrganizationAssets {
  readonly templates: PageTemplates;
  /** The compliance frameworks, in the order of the page. */
  readonly frameworks: readonly FrameworkText[];
  /** Where the page of an account's own report is; absent: in the directory of its run, beside that of the night. */
  readonly pageOf?: PageOf;
}

/** The files of a report about an organization by name. The same report, assets and formats give the same bytes. */
export const renderOrganizationReports = (
  report: OrganizationReport,
  { templates, frameworks, pageOf = pageOfRun }: OrganizationAssets,
  formats: readonly ReportFormat[],
): ReadonlyMap<string, string> => {
  const files = new Map<string, string>();
  if (formats.includes('html')) {
    files.set('organization.html', organizationPage(organizationView(report, { frameworks, pageOf }), templates));
  }
  if (formats.includes('csv')) {
    for (const { file, textOf } of ORGANIZATION_TABLES) files.set(file, textOf(report) ?? '');
  }
  if (formats.includes('json')) files.set('organization.json', organizationJson(report));
  return files;
};

const pageOfRun = ({ runId }: AccountSummary): string => `../${encodeURIComponent(runId)}/report.html`;
