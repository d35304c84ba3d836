import { type AccountId, parseAccountId } from '../iam/account-id.ts';
import type { Random } from './call.ts';

const BASE_32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * A new access key id: `AKIA` for long-term keys, `ASIA` for those of sessions. As in AWS's since 2019 the account stands
 * in it: of the 80 bits after the prefix the first is 1, the account id follows in 40.
 */
export const newAccessKeyId = (prefix: 'AKIA' | 'ASIA', accountId: AccountId, random: Random): string => {
  const chance = [...random(5)].reduce((bits, byte) => (bits << 8n) | BigInt(byte), 0n) & ((1n << 39n) - 1n);
  const bits = (1n << 79n) | (BigInt(accountId) << 39n) | chance;
  const letters = Array.from({ length: 16 }, (_, at) => BASE_32[Number((bits >> BigInt(5 * (15 - at))) & 31n)] ?? '');
  return prefix + letters.join('');
};

/** The account that stands in an access key id; null where none does, as in ids of the old form. */
export const accountOfAccessKeyId = (accessKeyId: string): AccountId | null => {
  if (!/^A[A-Z]{3}[Q-Z2-7][A-Z2-7]{15}$/.test(accessKeyId)) return null;
  const bits = [...accessKeyId.slice(4)].reduce((sum, letter) => (sum << 5n) | BigInt(BASE_32.indexOf(letter)), 0n);
  const account = parseAccountId(String((bits >> 39n) & ((1n << 40n) - 1n)).padStart(12, '0'));
  return account.ok ? account.value : null;
};
