import { expect, test } from 'vitest';
import { withContext } from './request-context.ts';

test('a key is looked up whatever its case, and one that is not told where else it may be known', () => {
  const context = withContext({ 'aws:SourceVpc': 'vpc-1', 'aws:TagKeys': ['a', 'b'], 'aws:username': null }, (key) =>
    key === 'aws:sourceip' ? ['10.0.0.1'] : 'unknown',
  );
  expect(context('aws:sourcevpc')).toEqual(['vpc-1']);
  expect(context('aws:tagkeys')).toEqual(['a', 'b']);
  expect(context('aws:username')).toBe('absent');
  expect(context('aws:sourceip')).toEqual(['10.0.0.1']);
  expect(context('aws:userid')).toBe('unknown');
});
