import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readableReason } from './readable-reason.ts';

const reasonOf = (action: () => unknown): string => {
  try {
    action();
    return 'nothing went wrong';
  } catch (error) {
    return readableReason(error);
  }
};

it('says why a file cannot be read without repeating its path', () => {
  expect(reasonOf(() => readFileSync('/does/not/exist, really'))).toBe('no such file or directory');
  expect(reasonOf(() => readFileSync('/'))).toBe('illegal operation on a directory');
});
