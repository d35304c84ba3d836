import { describe, expect, it } from 'vitest';
import { xmlDocument } from './xml.ts';

const textOf = (content: string): string => xmlDocument({ name: 'a', attributes: {}, content }).split('\n')[1] ?? '';

describe('XML', () => {
  it('nests elements, and writes one that holds nothing short', () => {
    const child = { name: 'b', attributes: { n: 1 }, content: [] };
    expect(xmlDocument({ name: 'a', attributes: {}, content: [child] })).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<a>\n  <b n="1"/>\n</a>\n',
    );
  });

  it('escapes what would be markup, in text and in attributes', () => {
    expect(textOf(`<b>&"'`)).toBe('<a>&lt;b&gt;&amp;&quot;&apos;</a>');
    expect(textOf(']]>')).toBe('<a>]]&gt;</a>');
    const attributes = { n: '"><script>\n' };
    expect(xmlDocument({ name: 'a', attributes, content: '' })).toContain('<a n="&quot;&gt;&lt;script&gt;&#10;"/>');
  });

  it.each([
    ['\u0000', '⟨U+0000⟩'],
    ['\u001B[31m', '⟨U+001B⟩[31m'],
    ['\uD800', '⟨U+D800⟩'],
    ['\uFFFF', '⟨U+FFFF⟩'],
    ['\u202E', '⟨U+202E⟩'],
  ])('spells out a character that XML forbids, or that nobody sees', (hostile, spelled) => {
    expect(textOf(hostile)).toBe(`<a>${spelled}</a>`);
  });
});
