import { describe, expect, it } from 'vitest';
import { type CheckText, whatWithThresholds } from './check-text.ts';

const told = (what: string, options: CheckText['options']): string =>
  whatWithThresholds({ checkId: 'c', title: 'A check', what, risk: '', references: [], options });

describe('the text of a check', () => {
  it.each([
    ['Compares with `maxAgeDays`.', { maxAgeDays: 90 }, 'Compares with 90 days.'],
    ['Within the last `withinDays` days of it.', { withinDays: 1 }, 'Within the last 1 day of it.'],
    ['At least `minimumLength` characters.', { minimumLength: 1400 }, 'At least 1,400 characters.'],
    ['Confined by `aws:PrincipalOrgID`.', { aws: 1 }, 'Confined by `aws:PrincipalOrgID`.'],
    ['Older than `constructor`.', {}, 'Older than `constructor`.'],
    ['Any of `ports`.', { ports: ['a'] }, 'Any of `ports`.'],
  ])('names the thresholds of this audit: %s', (what, options, expected) => {
    expect(told(what, options)).toBe(expected);
  });
});
