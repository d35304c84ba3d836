import { describe, expect, it } from 'vitest';
import { parseInstant } from '../kernel/time.ts';
import {
  counted,
  dayInWords,
  instantsInWords,
  listedInWords,
  nameInWords,
  numberInWords,
  timeInWords,
} from './words.ts';

describe('words', () => {
  it.each([
    ['maxPasswordAge', 'Max password age'],
    ['accessKeyId', 'Access key ID'],
    ['MFADevices', 'MFA devices'],
    ['mfaActive', 'MFA active'],
    ['ManagedPolicy', 'Managed policy'],
    ['ssh-public-keys', 'SSH public keys'],
    ['policyArns', 'Policy ARNs'],
    ['provider', 'Provider'],
    ['valid', 'Valid'],
  ])('says %s as %s', (name, words) => {
    expect(nameInWords(name)).toBe(words);
  });

  it('counts with commas and the right number', () => {
    expect([0, 999, 1000, 1234567].map(numberInWords)).toEqual(['0', '999', '1,000', '1,234,567']);
    expect([counted(1, 'finding'), counted(5000, 'finding'), counted(2, 'thing is', 'things are')]).toEqual([
      '1 finding',
      '5,000 findings',
      '2 things are',
    ]);
  });

  it('lists names, and counts those that are too many', () => {
    expect(listedInWords([], 2)).toBe('');
    expect(listedInWords(['alice'], 2)).toBe('alice');
    expect(listedInWords(['alice', 'bob', 'carol'], 2)).toBe('alice, bob and carol');
    expect(listedInWords(['alice', 'bob', 'carol', 'dave'], 2)).toBe('alice, bob and 2 more');
  });

  it('says times for people, in UTC', () => {
    const parsed = parseInstant('2026-01-02T03:04:59Z');
    if (!parsed.ok) throw new Error(parsed.error);
    expect(dayInWords(parsed.value)).toBe('2 Jan 2026');
    expect(timeInWords(parsed.value)).toBe('2 Jan 2026, 03:04 UTC');
  });
});

describe('instants amid a text', () => {
  it.each([
    ['read at 2026-11-22T03:00:00Z', 'read at 22 Nov 2026, 03:00 UTC'],
    ['2026-11-22T03:00:00Z, 2026-11-22T04:00:00Z', '22 Nov 2026, 03:00 UTC, 22 Nov 2026, 04:00 UTC'],
    ['2026-99-22T03:00:00Z is none', '2026-99-22T03:00:00Z is none'],
  ])('%s', (text, words) => {
    expect(instantsInWords(text)).toBe(words);
  });
});
