import { visibleText } from '../visible-text.ts';

/** An element of XML: its attributes in their order, and what it holds. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly content: readonly XmlElement[] | string;
}

/** The text of an XML document. Characters that XML forbids are spelled out, as are those that nobody would see. */
export const xmlDocument = (root: XmlElement): string => `<?xml version="1.0" encoding="UTF-8"?>\n${printed(root, '')}`;

const printed = ({ name, attributes, content }: XmlElement, indent: string): string => {
  const start = `${indent}<${name}${Object.entries(attributes).map(attribute).join('')}`;
  if (content.length === 0) return `${start}/>\n`;
  if (typeof content === 'string') return `${start}>${escaped(content)}</${name}>\n`;
  return `${start}>\n${content.map((child) => printed(child, `${indent}  `)).join('')}${indent}</${name}>\n`;
};

const attribute = ([name, value]: readonly [string, string | number]): string =>
  // A parser turns a line feed of an attribute into a blank, unless it is a reference.
  ` ${name}="${escaped(String(value)).replaceAll('\n', '&#10;')}"`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

const escaped = (text: string): string =>
  // XML 1.0 has no U+FFFE and no U+FFFF (production 2); `visibleText` spells the other forbidden ones out.
  visibleText(text)
    .replaceAll('\uFFFE', '⟨U+FFFE⟩')
    .replaceAll('\uFFFF', '⟨U+FFFF⟩')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
