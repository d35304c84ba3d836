import { createHash } from 'node:crypto';
import type { Random } from './call.ts';

/** The prefixes of IAM's unique ids. Source: "IAM identifiers", IAM User Guide. */
export type UniqueIdPrefix = 'AIDA' | 'AROA' | 'AGPA' | 'AIPA' | 'ANPA' | 'ASCA' | 'AKIA' | 'APKA' | 'ACCA';

const BASE_32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * A unique id that follows from where the entity stands, such as `['123456789012', 'user', 'alice']`: the same place
 * gives the same id. 21 characters; 20 for access keys.
 */
export const uniqueId = (prefix: UniqueIdPrefix, place: readonly string[]): string => {
  const digest = createHash('sha256')
    .update(JSON.stringify([prefix, ...place]))
    .digest();
  const letters = [...digest].map((byte) => BASE_32[byte % 32]).join('');
  return prefix + letters.slice(0, prefix === 'AKIA' ? 16 : 17);
};

/** Whether text has the form of a unique id with this prefix. */
export const isUniqueId = (prefix: UniqueIdPrefix, text: string): boolean =>
  new RegExp(`^${prefix}[A-Z2-7]{${prefix === 'AKIA' ? 16 : 17}}$`).test(text);

/** A unique id made of chance: two entities never get the same, not even one after the other with the same name. */
export const newUniqueId = (prefix: UniqueIdPrefix, random: Random): string =>
  prefix + [...random(17)].map((byte) => BASE_32[byte % 32]).join('');

/** A UUID (version 4, RFC 9562) made of chance. */
export const newUuid = (random: Random): string => {
  const bytes = [...random(16)];
  const hex = bytes
    .map((byte, at) => (at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte))
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};
