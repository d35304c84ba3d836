import { createHash, createHmac } from 'node:crypto';
import type { Instant } from '../kernel/time.ts';
import { epochMillis } from '../kernel/time.ts';

// One-time passwords of virtual MFA devices. Source: RFC 6238, with SHA-1, 6 digits and steps of 30 seconds.

const STEP_MS = 30_000;
const BASE_32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Text in Base32, without padding. Source: RFC 4648. */
export const base32 = (bytes: Uint8Array): string => {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE_32[Number.parseInt(five.padEnd(5, '0'), 2)] ?? '').join('');
};

const fromBase32 = (text: string): Buffer => {
  const bits = [...text].map((letter) => BASE_32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
};

/** The seed of a device that the account file gives none for: the same device has the same one. */
export const seedOfSerialNumber = (serialNumber: string): string =>
  base32(createHash('sha512').update(serialNumber).digest().subarray(0, 40));

/** The step of 30 seconds that an instant lies in. */
export const totpStep = (instant: Instant): number => Math.floor(epochMillis(instant) / STEP_MS);

/** The code that a device with a seed shows in a step. */
export const totpCode = (seed: string, step: number): string => {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', fromBase32(seed)).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 15;
  return String((mac.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, '0');
};
