import { describe, expect, it } from 'vitest';
import type { Instant } from '../kernel/time.ts';
import { base32 } from './base32.ts';
import { totpCode } from './one-time-code.ts';
import { clockShownBy, seedOfSerialNumber, stepOfCode } from './totp.ts';

/** `12345678901234567890`, the secret of RFC 6238's test vectors. */
const seed = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('the codes of a virtual MFA device', () => {
  // The last six digits of the vectors for SHA-1 in RFC 6238, appendix B.
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('are RFC 6238’s: at second %i', (second, code) => {
    expect(totpCode(seed, Math.floor(second / 30))).toBe(code);
  });

  it('come of a seed in Base32', () => {
    expect(base32(Buffer.from('12345678901234567890'))).toBe(seed);
    expect(base32(Buffer.from('foobar'))).toBe('MZXW6YTBOI');
    expect(seedOfSerialNumber('arn:aws:iam::123456789012:mfa/a')).toMatch(/^[A-Z2-7]{64}$/);
  });
});

describe('the clock of a virtual MFA device', () => {
  const now = '2026-01-31T12:00:00Z' as Instant;
  const present = Date.parse(now) / 30_000;
  const codes = (step: number) => [totpCode(seed, step), totpCode(seed, step + 1)] as const;

  it('is shown by two codes that follow each other, and by nothing else', () => {
    expect(clockShownBy(seed, codes(present - 1), now, 'enable')).toEqual({ driftSteps: 0, lastStep: present });
    expect(clockShownBy(seed, codes(present + 3), now, 'enable')).toEqual({ driftSteps: 4, lastStep: present + 4 });
    const [first, second] = codes(present);
    expect(clockShownBy(seed, [second, first], now, 'enable')).toBeNull();
    expect(clockShownBy(seed, [first, first], now, 'enable')).toBeNull();
    expect(clockShownBy(seed, [first, totpCode(seed, present + 2)], now, 'enable')).toBeNull();
  });

  it('may be an hour off when it is put right, but not when the device is enabled', () => {
    expect(clockShownBy(seed, codes(present - 120), now, 'enable')).toBeNull();
    expect(clockShownBy(seed, codes(present - 120), now, 'resync')).toEqual({
      driftSteps: -119,
      lastStep: present - 119,
    });
  });

  it('tells which codes are good: one step off, and each once', () => {
    const clock = { driftSteps: 0, lastStep: present - 5 };
    expect(stepOfCode(seed, clock, totpCode(seed, present), now)).toBe(present);
    expect(stepOfCode(seed, clock, totpCode(seed, present - 1), now)).toBe(present - 1);
    expect(stepOfCode(seed, clock, totpCode(seed, present + 2), now)).toBeNull();
    expect(stepOfCode(seed, { driftSteps: 2, lastStep: 0 }, totpCode(seed, present + 2), now)).toBe(present + 2);
    expect(stepOfCode(seed, { driftSteps: 0, lastStep: present }, totpCode(seed, present), now)).toBeNull();
  });
});
