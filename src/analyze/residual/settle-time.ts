import type { Formula } from '../../evaluate/formula.ts';
import { addDays, type Instant, parseInstant, toInstant } from '../../kernel/time.ts';
import { type ConditionAtom, decideConditions } from './decide-conditions.ts';

/**
 * Decides what a formula says of time, for a request made now: `aws:CurrentTime` and `aws:EpochTime` are now, and
 * `aws:TokenIssueTime` is not long ago, where there is one.
 */
export const settleTime = (formula: Formula, now: Instant): Formula =>
  decideConditions(formula, (condition) => {
    const limits = condition.values.map(readTime);
    const comparison = /^Date(LessThan|GreaterThan)(?:Equals)?$/.exec(condition.operator)?.[1];
    const known = limits.filter((limit) => limit !== null);
    if (comparison === undefined || known.length < limits.length) return null;
    switch (condition.key.toLowerCase()) {
      case 'aws:currenttime':
      case 'aws:epochtime':
        return known.some((limit) => (comparison === 'LessThan' ? now < limit : now > limit));
      // Temporary credentials live 36 hours at most (STS API Reference, GetSessionToken): none is older than two days.
      // Long-term credentials have no such key, so that "issued after" is never sure to hold.
      case 'aws:tokenissuetime':
        return comparison === 'LessThan' && known.every((limit) => limit < addDays(now, -2)) ? false : null;
      default:
        return null;
    }
  });

/** ISO 8601, or seconds since the UNIX epoch. */
const readTime = (value: ConditionAtom['values'][number]): Instant | null => {
  if (/^\d{1,11}$/.test(value)) return toInstant(Number(value) * 1000);
  const parsed = parseInstant(value);
  return parsed.ok ? parsed.value : null;
};
