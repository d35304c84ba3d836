/** The formats a report can be asked for in. */
export const REPORT_FORMATS = ['html', 'csv', 'json', 'ocsf', 'sarif', 'asff', 'junit', 'prometheus'] as const;

/** A format of a report. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** The formats of a report where nobody asks for others. */
export const DEFAULT_FORMATS = ['html', 'csv', 'json'] as const satisfies readonly ReportFormat[];

/** The files of a report directory, by format. Of the tables those are there that the report has something to tell in. */
export const REPORT_FILES = {
  html: ['report.html'],
  csv: [
    'findings.csv',
    'principals.csv',
    'access.csv',
    'accounts.csv',
    'coverage.csv',
    'external-access.csv',
    'escalation-paths.csv',
    'escalation-cuts.csv',
    'unused-access.csv',
    'policies.csv',
    'access-analyzer.csv',
    'controls.csv',
    'control-evidence.csv',
    'populations.csv',
    'credential-report.csv',
    'changes.csv',
    'suppressions.csv',
    'columns.csv',
  ],
  json: ['findings.json'],
  ocsf: ['findings.ocsf.json'],
  sarif: ['findings.sarif'],
  asff: ['findings.asff.json'],
  junit: ['findings.junit.xml'],
  prometheus: ['metrics.prom'],
} as const satisfies Record<ReportFormat, readonly string[]>;

/** The files of the report about all accounts of a night, by format. */
export const ORGANIZATION_FILES = {
  html: ['organization.html'],
  csv: ['organization-accounts.csv', 'organization-controls.csv', 'organization-paths.csv', 'organization-columns.csv'],
  json: ['organization.json'],
} as const satisfies Partial<Record<ReportFormat, readonly string[]>>;

const OF_ORGANIZATION: readonly string[] = Object.values(ORGANIZATION_FILES).flat();

/** Whether a file of that name is of the report about all accounts of a night, and never of an audit's. */
export const isOfOrganization = (name: string): boolean => OF_ORGANIZATION.includes(name);

/** The files that a report of some kind may have in a format. */
export const filesOfFormat = (format: ReportFormat): readonly string[] => {
  const ofOrganization: Partial<Record<ReportFormat, readonly string[]>> = ORGANIZATION_FILES;
  return [...REPORT_FILES[format], ...(ofOrganization[format] ?? [])];
};
