import { expect, it } from 'vitest';
import type { AccountId } from '../iam/account-id.ts';
import { openSession, type SealedSession, sealSession } from './session-token.ts';
import { sessionOf } from './testing/cloud-of-file.ts';

const sealed = (tags: Readonly<Record<string, string>> = {}): SealedSession => ({
  account: { accountId: '123456789012' as AccountId, partition: 'aws' },
  caller: { kind: 'role', nameKey: 'r', session: sessionOf({ tags, policy: '{"ü":1}' }) },
  entityId: 'AROA2345ABCDEFGHIJKLM',
});

it('a token gives back what it was made of, with the secret that goes with it', () => {
  const { sessionToken, secretAccessKey } = sealSession(sealed({ team: 'rød' }));
  expect(openSession(sessionToken)).toEqual({ sealed: sealed({ team: 'rød' }), secretAccessKey });
});

it('tags may be called like members of objects', () => {
  const tags = Object.fromEntries([
    ['__proto__', 'a'],
    ['constructor', 'b'],
  ]);
  const opened = openSession(sealSession(sealed(tags)).sessionToken);
  expect(Object.entries(opened?.sealed.caller.session.tags ?? {})).toEqual(Object.entries(tags));
});

it('two sessions never share a secret', () => {
  expect(sealSession(sealed()).secretAccessKey).not.toBe(sealSession(sealed({ a: 'b' })).secretAccessKey);
});

it('a token that somebody else made, or changed, is none', () => {
  const { sessionToken } = sealSession(sealed());
  const bytes = Buffer.from(sessionToken, 'base64');
  bytes.writeUInt8(bytes.readUInt8(60) ^ 1, 60);
  const texts = ['', 'x', 'IQoJb3JpZ2luX2Vj', `${'IQoJb3JpZ2luX2Vj'}${'A'.repeat(400)}`, bytes.toString('base64')];
  expect(texts.map(openSession)).toEqual(texts.map(() => null));
});
