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
