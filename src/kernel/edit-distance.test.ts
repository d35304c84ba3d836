import { describe, expect, it } from 'vitest';
import { editDistance } from './edit-distance.ts';

describe('editDistance', () => {
  it('counts letters put in, left out and changed', () => {
    expect(editDistance('GetObject', 'GetObject', 2)).toBe(0);
    expect(editDistance('GetObjects', 'GetObject', 2)).toBe(1);
    expect(editDistance('GetObjcet', 'GetObject', 2)).toBe(2);
    expect(editDistance('kitten', 'sitting', 3)).toBe(3);
  });

  it('stops where there are more than asked for', () => {
    expect(editDistance('kitten', 'sitting', 1)).toBe(2);
    expect(editDistance('', 'abc', 2)).toBe(3);
  });
});
