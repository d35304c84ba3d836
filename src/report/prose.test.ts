import { describe, expect, it } from 'vitest';
import { proseOf } from './prose.ts';

describe('prose', () => {
  it('tells names in backticks from words', () => {
    expect(proseOf('Require `aws:PrincipalOrgID` in it.')).toEqual([
      { text: 'Require ', code: false },
      { text: 'aws:PrincipalOrgID', code: true },
      { text: ' in it.', code: false },
    ]);
    expect(proseOf('`alice`')).toEqual([{ text: 'alice', code: true }]);
  });

  it.each(['', 'one ` alone', '`` nothing', 'a `line\nbreak`'])('keeps the text of %j', (text) => {
    expect(
      proseOf(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });

  it('spells out what is invisible', () => {
    expect(proseOf('`a\u202Eb`')).toEqual([{ text: 'a⟨U+202E⟩b', code: true }]);
  });
});
