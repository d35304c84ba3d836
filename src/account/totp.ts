import { createHash } from 'node:crypto';
import { epochMillis, type Instant } from '../kernel/time.ts';
import { base32 } from './base32.ts';
import type { MfaDeviceState } from './credential-state.ts';
import { totpCode } from './one-time-code.ts';

// One-time passwords of virtual MFA devices. Source: RFC 6238, with SHA-1, 6 digits and steps of 30 seconds.

const STEP_MS = 30_000;
/** The seed of a device that the account file gives none for: the same device has the same one. */
export const seedOfSerialNumber = (serialNumber: string): string =>
  base32(createHash('sha512').update(serialNumber).digest().subarray(0, 40));

/** The step of 30 seconds that an instant lies in. */
const totpStep = (instant: Instant): number => Math.floor(epochMillis(instant) / STEP_MS);

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
