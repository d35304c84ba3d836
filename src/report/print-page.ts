import { createHash } from 'node:crypto';
import Handlebars from 'handlebars';
import { foldedRows } from './folded-rows.ts';
import { squeezed, withPlace } from './template-problem.ts';

/** The texts that a page is made of. */
export interface PageTemplates {
  /** The name of the page's template, for what is said of it: `report.hbs`. */
  readonly file: string;
  readonly page: string;
  /** Templates that others print parts with, by name. */
  readonly partials: Readonly<Record<string, string>>;
  readonly style: string;
  readonly script: string;
}

/**
 * Prints a page that needs no network, whose content security policy lets run its own script and style and nothing else. Every
 * text of the view is escaped. Throws when a template prints what the view does not have.
 */
export const printPage = <View>(view: View, { file, page, partials, style, script }: PageTemplates): string => {
  // An environment of its own: helpers registered elsewhere in the process do not reach the page.
  const handlebars = Handlebars.create();
  for (const [name, template] of Object.entries(partials)) {
    const print = handlebars.compile<unknown>(squeezed(template), COMPILE);
    handlebars.registerPartial(name, (item: unknown, options?: Handlebars.RuntimeOptions) =>
      withPlace(`${name}.hbs`, template, () => print(item, options)),
    );
  }
  handlebars.registerHelper('inlineStyle', () => inlined('style', style));
  handlebars.registerHelper('inlineScript', () => inlined('script', script));
  handlebars.registerHelper('contentSecurityPolicy', () => contentSecurityPolicy(style, script));
  handlebars.registerHelper('folded', (partial: string, rows: readonly unknown[]) => {
    const render = handlebars.compile(`{{> ${partial} this}}`, COMPILE);
    return foldedHolder(rows.map((item) => render(item, { ...RUN, data: { root: view } })));
  });
  const render = handlebars.compile<View>(page, COMPILE);
  return withPlace(file, page, () => render(view, RUN));
};

const RUN: Handlebars.RuntimeOptions = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false };

/** How templates are read: what a page cannot print is an error. */
export const COMPILE: CompileOptions = {
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

/** Base64 needs no escaping, and a browser runs no script of this type. */
const foldedHolder = (rows: readonly string[]): Handlebars.SafeString =>
  new Handlebars.SafeString(`<script type="application/gzip" class="folded">${foldedRows(rows)}</script>`);

/** The only unescaped text of the page: our style and script, with the subject escaped in the style. */
const inlined = (element: 'style' | 'script', text: string): Handlebars.SafeString => {
  if (endsElementEarly(text)) throw new Error(`the report's ${element} holds text that would end it early`);
  return new Handlebars.SafeString(`<${element}>${text}</${element}>`);
};

/** Whether text would end the `<style>` or `<script>` that it stands in. */
export const endsElementEarly = (text: string): boolean => /<\/(style|script)|<!--/i.test(text);

/** The style of what stands at the foot of each printed page. Every character that is no letter or digit of ASCII is escaped for CSS. */
export const printedFooter = (subject: string, day: string): string => {
  const text = `IAM audit of ${subject}, ${day}`.replaceAll(
    /[^A-Za-z0-9 ]/gu,
    (character) => `\\${(character.codePointAt(0) ?? 0).toString(16)} `,
  );
  return `@page { @bottom-left { color: #4a4f59; content: "${text}"; font: 8pt sans-serif; } }\n`;
};

const contentSecurityPolicy = (style: string, script: string): string =>
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
