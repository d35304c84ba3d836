/** The texts of `templates/` that the HTML report is made of. */
export interface ReportTemplates {
  /** `report.hbs`: the page. */
  readonly page: string;
  /** `finding.hbs`: one finding, two table rows. */
  readonly finding: string;
  /** `evidence.hbs`: one datum of a finding's evidence, nested data included. */
  readonly evidence: string;
  /** `report.css` */
  readonly style: string;
  /** `report.js` */
  readonly script: string;
}

/** Gathers the templates by a function that gives the text of a file of `templates/`, such as `report.hbs`. */
export const toReportTemplates = (textOf: (fileName: string) => string): ReportTemplates => ({
  page: textOf('report.hbs'),
  finding: textOf('finding.hbs'),
  evidence: textOf('evidence.hbs'),
  style: textOf('report.css'),
  script: textOf('report.js'),
});
