/** The formats a report can be asked for in. */
export const REPORT_FORMATS = ['html', 'csv', 'json'] as const;

/** A format of a report. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];
