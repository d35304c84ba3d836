import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from './secret.ts';

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
