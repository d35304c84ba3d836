import { expect, test } from 'vitest';
import { createPolicyInterner } from './policy-interner.ts';

const allow = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };

test('documents of the same content are the same object, however they are spelled', () => {
  const intern = createPolicyInterner();
  const document = intern(allow);
  expect(intern(structuredClone(allow))).toBe(document);
  expect(intern(JSON.stringify(allow))).toBe(document);
  expect(intern(JSON.stringify(allow, null, 2))).toBe(document);
  expect(intern(encodeURIComponent(JSON.stringify(allow)))).toBe(document);
  expect(intern({ Statement: [{ Resource: '*', Action: 's3:*', Effect: 'Allow' }], Version: '2012-10-17' })).toBe(
    document,
  );
});

test('documents of other content are other objects', () => {
  const intern = createPolicyInterner();
  expect(intern({ ...allow, Id: 'x' })).not.toBe(intern(allow));
  expect(intern({ ...allow, Version: '2008-10-17' })).not.toBe(intern(allow));
});

test('a broken text is interned as well, apart from other broken texts', () => {
  const intern = createPolicyInterner();
  expect(intern('{')).toBe(intern('{'));
  expect(intern('{').hash).not.toBe(intern('[').hash);
  const deep = (inside: string) => `${'['.repeat(40)}${inside}${']'.repeat(40)}`;
  expect(intern(deep('1'))).toBe(intern(deep('1')));
  expect(intern(deep('1')).hash).not.toBe(intern(deep('2')).hash);
});

test('two interners know nothing of each other', () => {
  expect(createPolicyInterner()(allow)).not.toBe(createPolicyInterner()(allow));
});
