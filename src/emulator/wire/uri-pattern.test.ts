import { expect, it } from 'vitest';
import { matchPath, matchQuery, precision, readUriPattern } from './uri-pattern.ts';

it.each<[string, string, Record<string, string> | undefined]>([
  ['/functions/{Name}/policy', '/functions/resize/policy', { Name: 'resize' }],
  ['/functions/{Name}/policy', '/functions/arn%3Aaws%3Alambda/policy/', { Name: 'arn:aws:lambda' }],
  ['/functions/{Name}/policy', '/functions//policy', undefined],
  ['/functions/{Name}', '/functions/a/policy', undefined],
  ['/tags/{Arn}', '/tags/a%2Fb', { Arn: 'a/b' }],
  ['/{Key+}', '/a/b%20c', { Key: 'a/b c' }],
  ['/{Key+}', '/', undefined],
  ['/', '/', {}],
  ['/{Name}', '/%E0%A4%A', undefined],
])('%s and %s give %o', (pattern, path, labels) => {
  const given = matchPath(readUriPattern(pattern), path);
  expect(given && Object.fromEntries(given)).toEqual(labels);
});

it('a query must hold what the pattern asks for, but for the name of the operation', () => {
  const pattern = readUriPattern('/?policy&x-id=GetBucketPolicy');
  const fits = (query: string) => matchQuery(pattern, new URLSearchParams(query));
  expect([fits('policy'), fits('policy=&x-id=GetBucketPolicy'), fits(''), fits('policy&x-id=Other')]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(precision(pattern)).toBeGreaterThan(precision(readUriPattern('/')));
});
