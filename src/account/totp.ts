import { createHash, createHmac } from 'node:crypto';
import { epochMillis, type Instant } from '../kernel/time.ts';
import type { MfaDeviceState } from './credential-state.ts';

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
const totpStep = (instant: Instant): number => Math.floor(epochMillis(instant) / STEP_MS);

/** The code that a device with a seed shows in a step. */
export const totpCode = (seed: string, step: number): string => {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', fromBase32(seed)).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 15;
  return String((mac.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, '0');
};

/** Both ways, in steps: what a device may be off when it is enabled, and when it is put right again. */
const ENABLE_WINDOW = 20;
const RESYNC_WINDOW = 2880;

/** Where a device's clock stands, as two codes that follow each other show; null where they are none of its codes. */
export const clockShownBy = (
  seed: string,
  [first, second]: readonly [string, string],
  now: Instant,
  purpose: 'enable' | 'resync',
): Pick<MfaDeviceState, 'driftSteps' | 'lastStep'> | null => {
  const present = totpStep(now);
  const window = purpose === 'enable' ? ENABLE_WINDOW : RESYNC_WINDOW;
  for (let off = 0; off <= window; off += 1) {
    for (const step of [present - off, present + off]) {
      if (totpCode(seed, step) === first && totpCode(seed, step + 1) === second) {
        return { driftSteps: step + 1 - present, lastStep: step + 1 };
      }
    }
  }
  return null;
};

/** The step of a code that a device shows now, or one step off; null where it shows another, or showed it before. */
export const stepOfCode = (
  seed: string,
  { driftSteps, lastStep }: Pick<MfaDeviceState, 'driftSteps' | 'lastStep'>,
  code: string,
  now: Instant,
): number | null => {
  const present = totpStep(now) + driftSteps;
  const steps = [present, present - 1, present + 1];
  return steps.find((step) => step > lastStep && totpCode(seed, step) === code) ?? null;
};
