import { createHash } from 'node:crypto';
import Handlebars from 'handlebars';
import { foldedRows } from './folded-rows.ts';
import type { ReportTemplates } from './report-templates.ts';
import type { GroupView, ReportView } from './report-view.ts';

/**
 * The HTML report: one page that needs no network, whose content security policy lets run its own script and style and
 * nothing else. Every text of the view is escaped. Throws when a template prints what the view does not have.
 */
export const htmlReport = (view: ReportView, templates: ReportTemplates): string => {
  // An environment of its own: helpers registered elsewhere in the process do not reach the report.
  const handlebars = Handlebars.create();
  for (const name of PARTIALS) handlebars.registerPartial(name, handlebars.compile(squeezed(templates[name]), COMPILE));
  handlebars.registerHelper('inlineStyle', () => inlined('style', templates.style));
  handlebars.registerHelper('inlineScript', () => inlined('script', templates.script));
  handlebars.registerHelper('contentSecurityPolicy', () => contentSecurityPolicy(templates));
  const row = (partial: 'finding' | 'principal' | 'credential') => {
    const render = handlebars.compile(`{{> ${partial} this}}`, COMPILE);
    return (item: unknown): string => render(item, { ...RUN, data: { root: view } });
  };
  handlebars.registerHelper('foldedFindings', function (this: GroupView) {
    return foldedHolder(this.rest.map(row('finding')));
  });
  handlebars.registerHelper('foldedCredentials', () => foldedHolder(view.otherCredentials.map(row('credential'))));
  handlebars.registerHelper('foldedPrincipals', () => foldedHolder(view.otherPrincipals.map(row('principal'))));
  const render = handlebars.compile<ReportView>(templates.page, COMPILE);
  return render(view, RUN);
};

const RUN: Handlebars.RuntimeOptions = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false };

/** Base64 needs no escaping, and a browser runs no script of this type. */
const foldedHolder = (rows: readonly string[]): Handlebars.SafeString =>
  new Handlebars.SafeString(`<script type="application/gzip" class="folded">${foldedRows(rows)}</script>`);

const PARTIALS = [
  'accounts',
  'finding',
  'principal',
  'credential',
  'external',
  'credentials',
  'compliance',
  'actor',
  'changes',
  'evidence',
  'escalation',
  'prose',
] as const;

const COMPILE: CompileOptions = {
  strict: true,
  preventIndent: true,
  knownHelpersOnly: true,
  knownHelpers: {
    inlineStyle: true,
    inlineScript: true,
    contentSecurityPolicy: true,
    foldedFindings: true,
    foldedPrincipals: true,
    foldedCredentials: true,
  },
};

/** A template without its line breaks: a report of thousands of findings opens a fifth faster without the empty texts. */
const squeezed = (template: string): string => template.replaceAll(/\n\s*/g, '');

/** The only unescaped text of the page: the two static files of ours, never data. */
const inlined = (element: 'style' | 'script', text: string): Handlebars.SafeString => {
  if (/<\/(style|script)|<!--/i.test(text))
    throw new Error(`the report's ${element} holds text that would end it early`);
  return new Handlebars.SafeString(`<${element}>${text}</${element}>`);
};

const contentSecurityPolicy = ({ style, script }: ReportTemplates): string =>
  [
    "default-src 'none'",
    `style-src '${sha256(style)}'`,
    `script-src '${sha256(script)}'`,
    // HTML is made from no text but that of the folded rows: with this the browser would refuse it.
    "require-trusted-types-for 'script'",
    'trusted-types vigil-rows',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

const sha256 = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;
