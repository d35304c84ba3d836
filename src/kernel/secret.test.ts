import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret, withoutSecrets } from './secret.ts';

const secret = new Secret('hunter2 "&"');

describe('Secret', () => {
  it.each([
    ['as text', String(secret)],
    ['in a template', `${secret}`],
    ['as JSON', JSON.stringify({ secret })],
    ['by the console', inspect({ deep: [{ secret }] }, { depth: 9, showHidden: true })],
    ['by its members', JSON.stringify(Object.entries(secret))],
  ])('does not show itself %s', (_, printed) => {
    expect(printed).not.toContain('hunter2');
  });

  it('gives itself to who asks', () => {
    expect(secret.reveal()).toBe('hunter2 "&"');
  });
});

describe('withoutSecrets', () => {
  it.each([
    ['as it is', 'the password hunter2 "&" is wrong', 'the password [redacted] is wrong'],
    ['in a URL', 'https://a/?p=hunter2%20%22%26%22', 'https://a/?p=[redacted]'],
    ['in JSON', '{"p":"hunter2 \\"&\\""}', '{"p":"[redacted]"}'],
  ])('takes a secret out %s', (_, text, expected) => {
    expect(withoutSecrets(text, [secret])).toBe(expected);
  });

  it('takes the longer of two secrets out whole, and leaves a text alone for an empty one', () => {
    expect(withoutSecrets('abc abcdef', [new Secret('abc'), new Secret('abcdef'), new Secret('')])).toBe(
      '[redacted] [redacted]',
    );
  });
});
