import { describe, expect, it } from 'vitest';
import { parseInstant } from '../kernel/time.ts';
import { atomFormula } from './formula.ts';
import { settleTime } from './settle-time.ts';

const parsed = parseInstant('2026-01-01T00:00:00Z');
if (!parsed.ok) throw new Error(parsed.error);
const now = parsed.value;

describe('settleTime', () => {
  const settle = (operator: string, key: string, value: string, temporary = false) =>
    settleTime(atomFormula({ kind: 'condition', variables: false, operator, key, values: [value] }), { now, temporary })
      .kind;

  it.each([
    ['DateLessThan', 'aws:CurrentTime', '2026-01-02T00:00:00Z', 'true'],
    ['DateLessThan', 'aws:CurrentTime', '2025-12-31T00:00:00Z', 'false'],
    ['DateGreaterThan', 'aws:CurrentTime', '2025-12-31', 'true'],
    ['DateGreaterThanEquals', 'aws:EpochTime', '1798761600', 'false'],
    ['DateLessThan', 'aws:TokenIssueTime', '2020-01-01T00:00:00Z', 'false'],
    ['DateLessThan', 'aws:TokenIssueTime', '2025-12-31T12:00:00Z', 'atom'],
    ['DateGreaterThan', 'aws:TokenIssueTime', '2020-01-01T00:00:00Z', 'atom'],
    ['DateLessThan', 'aws:CurrentTime', 'tomorrow', 'false'],
    ['DateNotEquals', 'aws:CurrentTime', '2025-12-31', 'true'],
    ['NumericLessThan', 'aws:EpochTime', '1798761600', 'true'],
    ['Null', 'aws:CurrentTime', 'true', 'false'],
    ['NumericLessThan', 'aws:MultiFactorAuthAge', '3600', 'atom'],
  ])('takes %s %s %s for %s', (operator, key, value, kind) => {
    expect(settle(operator, key, value)).toBe(kind);
  });

  it('knows that temporary credentials were issued lately', () => {
    expect(settle('DateGreaterThan', 'aws:TokenIssueTime', '2020-01-01T00:00:00Z', true)).toBe('true');
  });
});
