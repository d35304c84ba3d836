import { createHmac } from 'node:crypto';
import { fromBase32 } from './base32.ts';

/** The code that a device with a seed, in Base32, shows in a step of 30 seconds. Source: RFC 6238. */
export const totpCode = (seed: string, step: number): string => {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', fromBase32(seed)).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 15;
  return String((mac.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, '0');
};
