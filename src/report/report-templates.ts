/** The texts of `templates/` that the HTML report is made of. */
export interface ReportTemplates {
  /** The page. */
  readonly page: string;
  /** One finding: two table rows. */
  readonly finding: string;
  /** The section about several accounts, what each comes to. */
  readonly accounts: string;
  /** One principal: a table row. */
  readonly principal: string;
  /** One user's credentials: a table row. */
  readonly credential: string;
  /** The sections about who gets in from outside, credentials, and compliance frameworks. */
  readonly external: string;
  readonly credentials: string;
  readonly compliance: string;
  /** One datum of a finding's evidence, nested data included. */
  readonly evidence: string;
  /** The section about escalations: the graphs and the cuts. */
  readonly escalation: string;
  /** The section about what changed besides findings. */
  readonly changes: string;
  /** Who did something. */
  readonly actor: string;
  /** A sentence with names in it. */
  readonly prose: string;
  readonly style: string;
  readonly script: string;
}

// Later rules win over earlier ones.
const STYLES = ['base', 'summary', 'changes', 'escalation', 'controls', 'findings', 'tables', 'narrow', 'print'];

/** Gathers the templates by a function that gives the text of a file below `templates/`, such as `report.hbs`. */
export const toReportTemplates = (textOf: (path: string) => string): ReportTemplates => ({
  page: textOf('report.hbs'),
  finding: textOf('finding.hbs'),
  accounts: textOf('accounts.hbs'),
  principal: textOf('principal.hbs'),
  credential: textOf('credential.hbs'),
  external: textOf('external.hbs'),
  credentials: textOf('credentials.hbs'),
  compliance: textOf('compliance.hbs'),
  evidence: textOf('evidence.hbs'),
  escalation: textOf('escalation.hbs'),
  changes: textOf('changes.hbs'),
  actor: textOf('actor.hbs'),
  prose: textOf('prose.hbs'),
  style: STYLES.map((name) => textOf(`style/${name}.css`)).join(''),
  script: textOf('report.js'),
});

/** The files of `templates/` that somebody may replace by their own: the templates and the styles, not the script. */
export const REPLACEABLE_FILES: readonly string[] = filesRead().filter((file) => file !== 'report.js');

function filesRead(): readonly string[] {
  const files: string[] = [];
  toReportTemplates((file) => {
    files.push(file);
    return '';
  });
  return files;
}
