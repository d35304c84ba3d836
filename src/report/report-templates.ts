/** Templates that others print parts with; each is the file of that name. */
export const PARTIALS = [
  // Sections of the page.
  'accounts',
  'changes',
  'compliance',
  'credentials',
  'escalation',
  'external',
  'top-risks',
  'unused',
  // Rows of a section.
  'analyzer-rows',
  // Items of its tables: a finding is two rows.
  'credential',
  'finding',
  'principal',
  'unused-row',
  // Who did something, who gets in, one datum of evidence with what is nested in it, a statement that grants something, a path
  // of escalation, a name that may break between its pieces, a sentence with names in it.
  'actor',
  'entry',
  'evidence',
  'grant',
  'path',
  'pieces',
  'prose',
] as const;

/** Templates that others print parts with. */
export type PartialName = (typeof PARTIALS)[number];

/** The texts of `templates/` that the HTML report is made of: the page, its partials, its style and its script. */
export type ReportTemplates = Readonly<Record<'page' | PartialName | 'style' | 'script', string>>;

// Later rules win over earlier ones.
const STYLES = [
  'base',
  'summary',
  'risks',
  'changes',
  'escalation',
  'controls',
  'findings',
  'tables',
  'narrow',
  'print',
];

// Each may use what those before it and after it declare.
const SCRIPTS = ['words', 'slices', 'items', 'listing', 'copy', 'opening', 'findings', 'start'];

/** Gathers the templates by a function that gives the text of a file below `templates/`, such as `report.hbs`. */
export const toReportTemplates = (textOf: (path: string) => string): ReportTemplates => ({
  page: textOf('report.hbs'),
  'analyzer-rows': textOf('analyzer-rows.hbs'),
  accounts: textOf('accounts.hbs'),
  changes: textOf('changes.hbs'),
  compliance: textOf('compliance.hbs'),
  credentials: textOf('credentials.hbs'),
  escalation: textOf('escalation.hbs'),
  external: textOf('external.hbs'),
  'top-risks': textOf('top-risks.hbs'),
  unused: textOf('unused.hbs'),
  credential: textOf('credential.hbs'),
  finding: textOf('finding.hbs'),
  principal: textOf('principal.hbs'),
  'unused-row': textOf('unused-row.hbs'),
  actor: textOf('actor.hbs'),
  entry: textOf('entry.hbs'),
  evidence: textOf('evidence.hbs'),
  grant: textOf('grant.hbs'),
  path: textOf('path.hbs'),
  pieces: textOf('pieces.hbs'),
  prose: textOf('prose.hbs'),
  style: STYLES.map((name) => textOf(`style/${name}.css`)).join(''),
  script: `(() => {\n${SCRIPTS.map((name) => textOf(`script/${name}.js`)).join('')}})();\n`,
});

/** The files of `templates/` that somebody may replace by their own: the templates and the styles, not the script. */
export const REPLACEABLE_FILES: readonly string[] = filesRead().filter((file) => !file.endsWith('.js'));

function filesRead(): readonly string[] {
  const files: string[] = [];
  toReportTemplates((file) => {
    files.push(file);
    return '';
  });
  return files;
}
