import { createHash } from 'node:crypto';
import Handlebars from 'handlebars';
import { foldedRows } from './folded-rows.ts';

/** The style and the script of a page: static files of ours, never data. */
export interface PageFiles {
  readonly style: string;
  readonly script: string;
}

/** What templates can print beside the view: the page's own style and script, and the policy that lets these alone run. */
export const registerPageHelpers = (handlebars: typeof Handlebars, files: PageFiles): void => {
  handlebars.registerHelper('inlineStyle', () => inlined('style', files.style));
  handlebars.registerHelper('inlineScript', () => inlined('script', files.script));
  handlebars.registerHelper('contentSecurityPolicy', () => contentSecurityPolicy(files));
};

/** The names of what `registerPageHelpers` registers. */
export const PAGE_HELPERS = { inlineStyle: true, inlineScript: true, contentSecurityPolicy: true } as const;

/** Rows that the page carries folded up. Base64 needs no escaping, and a browser runs no script of this type. */
export const foldedHolder = (rows: readonly string[]): Handlebars.SafeString =>
  new Handlebars.SafeString(`<script type="application/gzip" class="folded">${foldedRows(rows)}</script>`);

/** The only unescaped text of a page. */
const inlined = (element: 'style' | 'script', text: string): Handlebars.SafeString => {
  if (endsElementEarly(text)) throw new Error(`the report's ${element} holds text that would end it early`);
  return new Handlebars.SafeString(`<${element}>${text}</${element}>`);
};

/** Whether text would end the `<style>` or `<script>` that it stands in. */
export const endsElementEarly = (text: string): boolean => /<\/(style|script)|<!--/i.test(text);

const contentSecurityPolicy = ({ style, script }: PageFiles): string =>
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
