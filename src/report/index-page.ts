import { createHash } from 'node:crypto';
import Handlebars from 'handlebars';
import type { IndexView } from './index-view.ts';

/** The texts of `templates/` that the index is made of. */
export interface IndexTemplates {
  readonly page: string;
  readonly style: string;
}

const STYLES = ['base', 'summary', 'tables', 'narrow', 'print', 'index'];

/** Gathers them by a function that gives the text of a file below `templates/`. */
export const toIndexTemplates = (textOf: (path: string) => string): IndexTemplates => ({
  page: textOf('index.hbs'),
  style: STYLES.map((name) => textOf(`style/${name}.css`)).join(''),
});

/** The page over all nights: no script, nothing from the network, every text of the view escaped. */
export const indexPage = (view: IndexView, { page, style }: IndexTemplates): string => {
  if (/<\/style|<!--/i.test(style)) throw new Error('the style of the index holds text that would end it early');
  const handlebars = Handlebars.create();
  const hash = createHash('sha256').update(style).digest('base64');
  handlebars.registerHelper('inlineStyle', () => new Handlebars.SafeString(`<style>${style}</style>`));
  handlebars.registerHelper(
    'contentSecurityPolicy',
    () => `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
  );
  const render = handlebars.compile<IndexView>(page, {
    strict: true,
    preventIndent: true,
    knownHelpersOnly: true,
    knownHelpers: { inlineStyle: true, contentSecurityPolicy: true },
  });
  return render(view, { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false });
};
