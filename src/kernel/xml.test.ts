import { expect, it } from 'vitest';
import { parseXml } from './xml.ts';

it('reads elements, attributes, text and references, without prefixes and comments', () => {
  const parsed = parseXml(
    '<?xml version="1.0"?><!-- c --><n:a xmlns:n="urn:x" n:k=\'1 &lt; 2\'> x<b/>&amp;&#65;&#x42;<![CDATA[<&]]></n:a>\n',
  );
  const b = { name: 'b', attributes: new Map(), children: [], text: '', tag: 'b' };
  expect(parsed).toEqual({
    ok: true,
    value: {
      tag: 'n:a',
      name: 'a',
      attributes: new Map([
        ['n', 'urn:x'],
        ['k', '1 < 2'],
      ]),
      children: [b],
      text: ' x&AB<&',
    },
  });
});

it.each([
  ['', 'nothing'],
  ['text', 'no element'],
  ['<a>', 'an open element'],
  ['<a></b>', 'another end'],
  ['<a/><b/>', 'two roots'],
  ['<a>&x;</a>', 'an unknown entity'],
  ['<a>&</a>', 'a bare ampersand'],
  ['<a b="&x;"/>', 'an unknown entity in an attribute'],
  ['<!DOCTYPE a [<!ENTITY x "y">]><a/>', 'a document type'],
  ['<a>&#x110000;</a>', 'a number that is no character'],
  ['<a>'.repeat(500) + '</a>'.repeat(500), 'a tower of elements'],
])('refuses %s: %s', (text) => {
  expect(parseXml(text).ok).toBe(false);
});
