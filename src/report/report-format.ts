/** The formats a report can be asked for in. */
export const REPORT_FORMATS = ['html', 'csv', 'json', 'ocsf', 'sarif', 'asff', 'junit', 'prometheus'] as const;

/** A format of a report. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** The formats of a report where nobody asks for others. */
export const DEFAULT_FORMATS = ['html', 'csv', 'json'] as const satisfies readonly ReportFormat[];

/** The files of a report directory, by format; `credential-report.csv` comes from the snapshot, `controls.csv` from the controls, `access-analyzer.csv` where somebody read the findings of Access Analyzer, `suppressions.csv` where a suppression file was given, `changes.csv` where there is an earlier audit, the others from the report. */
export const REPORT_FILES = {
  html: ['report.html'],
  csv: [
    'findings.csv',
    'principals.csv',
    'access.csv',
    'accounts.csv',
    'coverage.csv',
    'escalation-cuts.csv',
    'access-analyzer.csv',
    'suppressions.csv',
    'controls.csv',
    'credential-report.csv',
    'changes.csv',
  ],
  json: ['findings.json'],
  ocsf: ['findings.ocsf.json'],
  sarif: ['findings.sarif'],
  asff: ['findings.asff.json'],
  junit: ['findings.junit.xml'],
  prometheus: ['metrics.prom'],
} as const satisfies Record<ReportFormat, readonly string[]>;
