import { expect, test } from 'vitest';
import { parsePolicyDocument } from './parse-policy-document.ts';
import { unreadDocument } from './unread-document.ts';

const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };

test.each([
  ['is no JSON', '{', ''],
  ['has a version that nobody knows', { Version: '2030-01-01', Statement: allow }, '/Version'],
])('nothing is known of a document that %s', (_title, raw, pointer) => {
  expect(unreadDocument(parsePolicyDocument(raw))).toMatchObject({ pointer });
});

test.each([
  ['is whole', { Version: '2012-10-17', Statement: allow }],
  ['has no statement', { Version: '2012-10-17' }],
  ['has an element that nobody knows', { Version: '2012-10-17', Statements: [], Statement: allow }],
  ['has a statement whose effect nobody can read', { Statement: [{ ...allow, Effect: 'Forbid' }, allow] }],
])('something is known of a document that %s', (_title, raw) => {
  expect(unreadDocument(parsePolicyDocument(raw))).toBeNull();
});
