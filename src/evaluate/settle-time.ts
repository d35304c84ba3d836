import { addDays, type Instant, parseInstant, toInstant } from '../kernel/time.ts';
import { type ConditionAtom, decideConditions } from './decide-conditions.ts';
import type { Formula } from './formula.ts';

/** When a request is made, and with what. */
export interface RequestTime {
  readonly now: Instant;
  /** Whether the credentials are sure to be temporary, as those of a role are. */
  readonly temporary: boolean;
}

/**
 * Decides what a formula says of time, for a request made now: `aws:CurrentTime` and `aws:EpochTime` are now, and
 * `aws:TokenIssueTime` is not long ago, where there is one.
 */
export const settleTime = (formula: Formula, time: RequestTime): Formula =>
  decideConditions(formula, (condition) => {
    const limits = condition.values.map(readTime).filter((limit) => limit !== null);
    const comparison = /^Date(LessThan|GreaterThan)(?:Equals)?$/.exec(condition.operator)?.[1];
    if (comparison === undefined || limits.length < condition.values.length) return null;
    return comparison === 'LessThan'
      ? anyDecided(limits.map((limit) => isBefore(condition.key, limit, time)))
      : anyDecided(limits.map((limit) => isAfter(condition.key, limit, time)));
  });

const isBefore = (key: string, limit: Instant, { now }: RequestTime): boolean | null => {
  if (isNow(key)) return now < limit;
  return isTokenIssueTime(key) && limit < oldestToken(now) ? false : null;
};

const isAfter = (key: string, limit: Instant, { now, temporary }: RequestTime): boolean | null => {
  if (isNow(key)) return now > limit;
  // Long-term credentials have no such key, so that "issued after" is not sure to hold for them.
  return isTokenIssueTime(key) && temporary && limit < oldestToken(now) ? true : null;
};

const isNow = (key: string): boolean => /^aws:(currenttime|epochtime)$/i.test(key);

const isTokenIssueTime = (key: string): boolean => key.toLowerCase() === 'aws:tokenissuetime';

// Temporary credentials live 36 hours at most (AWS STS API Reference, GetSessionToken): none is older than two days.
const oldestToken = (now: Instant): Instant => addDays(now, -2);

/** The values of a condition are alternatives. */
const anyDecided = (decisions: readonly (boolean | null)[]): boolean | null => {
  if (decisions.includes(true)) return true;
  return decisions.includes(null) ? null : false;
};

/** ISO 8601, or seconds since the UNIX epoch. */
const readTime = (value: ConditionAtom['values'][number]): Instant | null => {
  if (/^\d{1,11}$/.test(value)) return toInstant(Number(value) * 1000);
  const parsed = parseInstant(value);
  return parsed.ok ? parsed.value : null;
};
