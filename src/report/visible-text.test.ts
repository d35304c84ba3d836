import { describe, expect, it } from 'vitest';
import { visibleText } from './visible-text.ts';

describe('visible text', () => {
  it.each([
    ['a bidirectional override', 'a\u202Eb', 'a⟨U+202E⟩b'],
    ['an isolate', 'a\u2066b', 'a⟨U+2066⟩b'],
    ['a zero-width space', 'ad\u200Bmin', 'ad⟨U+200B⟩min'],
    ['a byte order mark', '\uFEFFadmin', '⟨U+FEFF⟩admin'],
    ['a control character', 'a\u0000\u001Bb', 'a⟨U+0000⟩⟨U+001B⟩b'],
    ['a lone surrogate', 'a\uD800b', 'a⟨U+D800⟩b'],
    ['a tag character beyond the first plane', 'a\u{E0041}b', 'a⟨U+E0041⟩b'],
    ['a line separator', 'a\u2028b', 'a⟨U+2028⟩b'],
  ])('spells out %s', (_what, text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  it.each(['alice', 'Åsa Öberg', '山田', 'two\nlines', '<b>&amp;</b>', '😀', 'مدير'])('leaves %j as it is', (text) => {
    expect(visibleText(text)).toBe(text);
  });
});
