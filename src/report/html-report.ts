import { createHash } from 'node:crypto';
import Handlebars from 'handlebars';
import { foldedRows } from './folded-rows.ts';
import { PARTIALS, type PartialName, type ReportTemplates } from './report-templates.ts';
import type { ReportView } from './report-view.ts';
import { squeezed, TemplateProblem, withPlace } from './template-problem.ts';

/**
 * The HTML report: one page that needs no network, whose content security policy lets run its own script and style and
 * nothing else. Every text of the view is escaped. Throws when a template prints what the view does not have.
 */
export const htmlReport = (view: ReportView, templates: ReportTemplates): string => {
  // An environment of its own: helpers registered elsewhere in the process do not reach the report.
  const handlebars = Handlebars.create();
  for (const name of PARTIALS) {
    const template = templates[name];
    const print = handlebars.compile<unknown>(squeezed(template), COMPILE);
    handlebars.registerPartial(name, (item: unknown, options?: Handlebars.RuntimeOptions) =>
      withPlace(`${name}.hbs`, template, () => print(item, options)),
    );
  }
  const dressed = { ...templates, style: `${templates.style}${printedFooter(view)}` };
  handlebars.registerHelper('inlineStyle', () => inlined('style', dressed.style));
  handlebars.registerHelper('inlineScript', () => inlined('script', templates.script));
  handlebars.registerHelper('contentSecurityPolicy', () => contentSecurityPolicy(dressed));
  handlebars.registerHelper('folded', (partial: PartialName, rows: readonly unknown[]) => {
    const render = handlebars.compile(`{{> ${partial} this}}`, COMPILE);
    return foldedHolder(rows.map((item) => render(item, { ...RUN, data: { root: view } })));
  });
  const render = handlebars.compile<ReportView>(templates.page, COMPILE);
  return withPlace('report.hbs', templates.page, () => render(view, RUN));
};

/** What is wrong with templates before anything is printed by them, a line each: `finding.hbs:3: what is wrong`. */
export const templateProblems = (templates: ReportTemplates): readonly string[] =>
  [...PARTIALS, 'page' as const].flatMap((name) => {
    const file = name === 'page' ? 'report.hbs' : `${name}.hbs`;
    try {
      // Parsed with its line breaks: the place is that of the file.
      withPlace(file, '', () => Handlebars.precompile(templates[name], COMPILE));
      return [];
    } catch (error) {
      if (error instanceof TemplateProblem) return [error.message];
      throw error;
    }
  });

const RUN: Handlebars.RuntimeOptions = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false };

/** Base64 needs no escaping, and a browser runs no script of this type. */
const foldedHolder = (rows: readonly string[]): Handlebars.SafeString =>
  new Handlebars.SafeString(`<script type="application/gzip" class="folded">${foldedRows(rows)}</script>`);

const COMPILE: CompileOptions = {
  strict: true,
  preventIndent: true,
  knownHelpersOnly: true,
  knownHelpers: {
    inlineStyle: true,
    inlineScript: true,
    contentSecurityPolicy: true,
    folded: true,
  },
};

/** The only unescaped text of the page: our style and script, with the subject escaped in the style. */
const inlined = (element: 'style' | 'script', text: string): Handlebars.SafeString => {
  if (endsElementEarly(text)) throw new Error(`the report's ${element} holds text that would end it early`);
  return new Handlebars.SafeString(`<${element}>${text}</${element}>`);
};

/** Whether text would end the `<style>` or `<script>` that it stands in. */
export const endsElementEarly = (text: string): boolean => /<\/(style|script)|<!--/i.test(text);

/** What stands at the foot of each printed page. Every character that is no letter or digit of ASCII is escaped for CSS. */
const printedFooter = ({ subject, run }: ReportView): string => {
  const text = `IAM audit of ${subject}, ${run.finishedAt.day}`.replaceAll(
    /[^A-Za-z0-9 ]/gu,
    (character) => `\\${(character.codePointAt(0) ?? 0).toString(16)} `,
  );
  return `@page { @bottom-left { color: #4a4f59; content: "${text}"; font: 8pt sans-serif; } }\n`;
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
