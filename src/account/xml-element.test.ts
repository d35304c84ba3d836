import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementsNamed, parseXml } from './xml-element.ts';

describe('parseXml', () => {
  it('reads elements, attributes and text by their local names', () => {
    const root = parseXml(
      `<?xml version="1.0"?><!-- c --><a:b xmlns:a="u" x='1 &lt; 2'>t &amp; <![CDATA[<raw>]]><c/><c y="&#x41;&#66;"/></a:b>`,
    );
    expect(root?.name).toBe('b');
    expect(root?.attributes.get('x')).toBe('1 < 2');
    expect(root?.text).toBe('t & <raw>');
    expect(root === null ? [] : elementsNamed(root, 'c').map(({ attributes }) => attributes.get('y'))).toEqual([
      undefined,
      'AB',
    ]);
  });

  it.each([
    '',
    'text',
    '<a>',
    '</a>',
    '<a></b>',
    '<a/><b/>',
    '<a x=1/>',
    '<!DOCTYPE a><a/>',
    '<a><!-- -- --></a>',
    '<a',
    `${'<a>'.repeat(200)}${'</a>'.repeat(200)}`,
  ])('gives null for what is not well-formed: %#', (text) => {
    expect(parseXml(text)).toBeNull();
  });

  it('ends on any text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('<', '>', '/', 'a', '"', '=', ' ', '&', ';', '!--', '[CDATA[', '?')),
        (parts) => {
          const root = parseXml(parts.join(''));
          expect(root === null || typeof root.name === 'string').toBe(true);
        },
      ),
      { numRuns: 1000, seed: 7 },
    );
  });
});
