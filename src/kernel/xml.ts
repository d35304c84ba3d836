import { err, ok, type Result } from './result.ts';

/** An element of an XML document, its names without their prefixes. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** All character data that stands directly in it. */
  readonly text: string;
}

interface OpenElement extends XmlElement {
  readonly tag: string;
  readonly children: XmlElement[];
  text: string;
}

const MAX_DEPTH = 200;

/** What can stand between two pieces of character data; a document type is none of it, so no entity can be declared. */
const MARKUP =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<\/([^\s<>/]+)\s*>|<([^\s<>/!?]+)((?:\s+[^\s<>=/]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;

const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** Reads an XML document to its root element. Documents with a document type are refused. The error is in house form. */
export const parseXml = (text: string): Result<XmlElement, string> => {
  const document: OpenElement = { tag: '', name: '', attributes: new Map(), children: [], text: '' };
  const open = [document];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  while (at < text.length) {
    const top = open.at(-1) ?? document;
    const next = text.indexOf('<', at);
    const end = next < 0 ? text.length : next;
    const characters = unescaped(text.slice(at, end));
    if (characters === null) return err(`an unknown entity stands before character ${end}`);
    top.text += characters;
    if (next < 0) break;
    MARKUP.lastIndex = next;
    const match = MARKUP.exec(text);
    if (match === null) return err(`broken markup at character ${next}`);
    const problem = take(open, match);
    if (problem !== null) return err(`${problem} at character ${next}`);
    at = MARKUP.lastIndex;
  }
  const [root, ...others] = document.children;
  if (root === undefined || others.length > 0 || open.length > 1 || document.text.trim() !== '') {
    return err('the text is not one closed element');
  }
  return ok(root);
};

/** Takes one piece of markup; gives what is wrong with it. */
const take = (
  open: OpenElement[],
  [, cdata, closing, opening, attributeText = '', empty]: RegExpExecArray,
): string | null => {
  const top = open.at(-1);
  if (top === undefined) return 'nothing is open';
  if (cdata !== undefined) top.text += cdata;
  if (closing !== undefined) {
    if (top.tag !== closing) return `\`${closing}\` closes nothing`;
    open.pop();
  }
  if (opening !== undefined) {
    if (open.length > MAX_DEPTH) return 'elements are nested too deeply';
    const attributes = attributesOf(attributeText);
    if (attributes === null) return 'an attribute holds an unknown entity';
    const element: OpenElement = { tag: opening, name: localName(opening), attributes, children: [], text: '' };
    top.children.push(element);
    if (empty !== '/') open.push(element);
  }
  return null;
};

const attributesOf = (text: string): Map<string, string> | null => {
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE)) {
    const value = unescaped(double ?? single ?? '');
    if (value === null) return null;
    attributes.set(localName(name), value);
  }
  return attributes;
};

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Text with its references replaced; null where one is unknown. */
const unescaped = (text: string): string | null => {
  if (!text.includes('&')) return text;
  let broken = false;
  const replaced = text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));|&/g, (_, hex, decimal, name) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
    const sign = name === undefined ? codePoint(code) : NAMED.get(String(name));
    if (sign === undefined) broken = true;
    return sign ?? '';
  });
  return broken ? null : replaced;
};

const codePoint = (code: number): string | undefined => (code <= 0x10ffff ? String.fromCodePoint(code) : undefined);
