/** An element of an XML document, by local names: the prefix of a name is left out. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** The text directly in it. */
  readonly text: string;
}

/** More levels than that are nobody's metadata. */
const DEEPEST = 100;

const NAME = /[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?/;
const TOKEN = new RegExp(
  [
    '<!--(?:(?!--)[^])*-->',
    '<\\?(?:(?!\\?>)[^])*\\?>',
    '<!\\[CDATA\\[(?<data>(?:(?!\\]\\]>)[^])*)\\]\\]>',
    `</(?<close>${NAME.source})\\s*>`,
    `<(?<open>${NAME.source})(?<attributes>(?:\\s+${NAME.source}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(?<empty>/?)>`,
    '(?<text>[^<]+)',
  ].join('|'),
  'y',
);
const ATTRIBUTE = new RegExp(`(?<name>${NAME.source})\\s*=\\s*(?:"(?<double>[^"]*)"|'(?<single>[^']*)')`, 'g');

interface OpenElement {
  readonly qualified: string;
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

/** Reads a document's root element; null where it is not well-formed, or declares a document type. */
export const parseXml = (text: string): XmlElement | null => {
  const top = opened('', '');
  const stack = [top];
  TOKEN.lastIndex = 0;
  const document = text.replace(/^\uFEFF/, '');
  while (TOKEN.lastIndex < document.length) {
    const token = TOKEN.exec(document);
    if (token === null) return null;
    if (!take(stack, token.groups ?? {})) return null;
  }
  const [root] = top.children;
  return stack.length === 1 && top.children.length === 1 && top.text.trim() === '' ? (root ?? null) : null;
};

/** Whether a token may stand where it does. */
const take = (stack: OpenElement[], token: Readonly<Record<string, string | undefined>>): boolean => {
  const current = stack.at(-1);
  if (current === undefined) return false;
  const { open, close, data, text, attributes = '', empty } = token;
  if (open !== undefined) {
    stack.push(opened(open, attributes));
    return stack.length <= DEEPEST && (empty !== '/' || closed(stack, open));
  }
  if (close !== undefined) return closed(stack, close);
  current.text += data ?? unescaped(text ?? '');
  return true;
};

const opened = (qualified: string, attributes: string): OpenElement => ({
  qualified,
  name: localName(qualified),
  attributes: new Map(
    [...attributes.matchAll(ATTRIBUTE)].map(({ groups = {} }) => [
      localName(groups['name'] ?? ''),
      unescaped(groups['double'] ?? groups['single'] ?? ''),
    ]),
  ),
  children: [],
  text: '',
});

const closed = (stack: OpenElement[], qualified: string): boolean => {
  if (stack.length < 2 || stack.at(-1)?.qualified !== qualified) return false;
  const element = stack.pop();
  const parent = stack.at(-1);
  if (element === undefined || parent === undefined) return false;
  const { name, attributes, children, text } = element;
  parent.children.push({ name, attributes, children, text });
  return true;
};

const localName = (qualified: string): string => qualified.slice(qualified.indexOf(':') + 1);

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

const unescaped = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(\w+));/g,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES.get(name) ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
    },
  );

/** Every element of a name in an element, the outermost first. */
export const elementsNamed = (root: XmlElement, name: string): XmlElement[] => {
  const found: XmlElement[] = [];
  const visit = (element: XmlElement): void => {
    if (element.name === name) found.push(element);
    element.children.forEach(visit);
  };
  visit(root);
  return found;
};
