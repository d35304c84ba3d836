/** HTML that is safe to show: every value in it was escaped. */
export interface Markup {
  readonly kind: 'markup';
  readonly text: string;
}

/** Writes HTML: texts between the pieces are escaped, markup and lists of it go in as they are. */
export const html = (
  pieces: TemplateStringsArray,
  ...values: readonly (string | Markup | readonly Markup[])[]
): Markup => ({
  kind: 'markup',
  text: pieces.map((piece, index) => (index === 0 ? piece : `${markupOf(values[index - 1] ?? '')}${piece}`)).join(''),
});

const markupOf = (value: string | Markup | readonly Markup[]): string => {
  if (typeof value === 'string') return escaped(value);
  return 'kind' in value ? value.text : value.map(({ text }) => text).join('');
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
