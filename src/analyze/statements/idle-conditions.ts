import { globalConditionKeys } from '../../evaluate/context-keys.ts';
import type { RequestTime } from '../../evaluate/settle-time.ts';
import { simplifyFormula } from '../../evaluate/simplify-formula.ts';
import { conditionsFormula } from '../../evaluate/statement-formula.ts';
import { editDistance } from '../../kernel/edit-distance.ts';
import type { Instant } from '../../kernel/time.ts';
import type { CompiledStatement } from '../../policy/compile-policy.ts';
import type { Condition } from '../../policy/policy-document.ts';
import { conditionKeyNames } from '../../reference/condition-key-names.ts';

/** Why the conditions of a statement can never hold. */
export interface IdleConditions {
  readonly cause: 'unknown-condition-key' | 'conditions-contradict' | 'time-is-over';
  /** The condition keys that it is about. */
  readonly keys: readonly string[];
  /** The name that was probably meant. */
  readonly meant: string | null;
}

/** Says why the conditions of a statement never hold, or from now on no more, whatever the request; null where they may. */
export const idleConditions = (compiled: CompiledStatement, now: Instant): IdleConditions | null => {
  for (const { condition, demand } of compiled.conditions) {
    // No request has a key that does not exist.
    const meant = demand === null || demand.whenAbsent ? null : meantKey(condition.key);
    if (meant !== null) return { cause: 'unknown-condition-key', keys: [condition.key], meant };
  }
  const keys = [...new Set(compiled.conditions.map(({ condition }) => condition.key))];
  if (isNever(compiled, null)) return { cause: 'conditions-contradict', keys, meant: null };
  const ends = compiled.conditions.filter(({ condition }) => isEnd(condition));
  if (ends.length === 0 || !isNever({ ...compiled, conditions: ends }, { now, temporary: false })) return null;
  return { cause: 'time-is-over', keys: [...new Set(ends.map(({ condition }) => condition.key))], meant: null };
};

const isNever = (compiled: CompiledStatement, time: RequestTime | null): boolean =>
  simplifyFormula(conditionsFormula(compiled, () => 'unknown', time)).kind === 'false';

/** What only begins later is no less than is written. */
const isEnd = ({ key, operator }: Condition): boolean =>
  TIME.has(key.toLowerCase()) && /^(?:Date|Numeric)LessThan/.test(operator);

const TIME: ReadonlySet<string> = new Set(['aws:currenttime', 'aws:epochtime']);

/** The key that a misspelled one stands for; null where it is one, or no slip of the pen. */
const meantKey = (key: string): string | null => {
  const slash = key.indexOf('/');
  const name = (slash < 0 ? key : key.slice(0, slash + 1)).toLowerCase();
  if (globalConditionKeys.includes(name) || conditionKeyNames().has(key)) return null;
  const prefix = name.slice(0, name.indexOf(':') + 1);
  const alike = [...globalConditionKeys, ...conditionKeyNames().names].filter((each) => each.startsWith(prefix));
  return alike.find((each) => editDistance(each, name, FARTHEST_SLIP) <= FARTHEST_SLIP) ?? null;
};

const FARTHEST_SLIP = 2;
