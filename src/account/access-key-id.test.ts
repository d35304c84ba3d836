import { expect, it } from 'vitest';
import type { AccountId } from '../iam/account-id.ts';
import { accountOfAccessKeyId, newAccessKeyId } from './access-key-id.ts';

const zeros = (size: number) => new Uint8Array(size);
const ones = (size: number) => new Uint8Array(size).fill(255);

it.each(['000000000000', '000000000001', '123456789012', '999999999999'])('says which account it is of: %s', (id) => {
  for (const chance of [zeros, ones]) {
    const made = newAccessKeyId('ASIA', id as AccountId, chance);
    expect(made).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(accountOfAccessKeyId(made)).toBe(id);
  }
});

it('is read as AWS’s are', () => {
  // From "A short note on AWS key IDs" (Tal Be'ery, 2023), which shows how ids carry their account.
  expect(accountOfAccessKeyId('ASIAQNZGKIQY56JQ7WML')).toBe('029608264753');
});

it.each(['', 'AKIAIOSFODNN7EXAMPLE', 'AKIA', 'AKIAQNZGKIQY56JQ7WM!', '123456789012', 'AKIAVIGILEMULATEROOT1'])(
  'names no account where it is of another form: `%s`',
  (text) => expect(accountOfAccessKeyId(text)).toBeNull(),
);
