import { globalConditionKeys } from '../../evaluate/context-keys.ts';
import type { CompiledCondition } from '../../policy/compile-condition.ts';
import type { CompiledStatement } from '../../policy/compile-policy.ts';
import { type ConditionOperator, parseConditionOperator } from '../../policy/condition-operators.ts';
import type { ServiceReference } from '../../reference/service-reference.ts';
import { isNeverSent, matchedNames } from './idle-patterns.ts';

/** A condition of an Allow that keeps nobody out. */
export interface VoidCondition {
  readonly [fact: string]: string;
  readonly key: string;
  readonly operator: string;
  /**
   * `any-value`: every value will do, and the key is always there or need not be. `absent-key-passes`: whoever leaves the
   * key out gets in. `any-address`: every address will do. `key-never-sent`: no action of the statement sends the key.
   */
  readonly reason: 'any-value' | 'absent-key-passes' | 'any-address' | 'key-never-sent';
}

/** The conditions of a statement that hold for everybody, or for whoever sends nothing. */
export const voidConditions = (compiled: CompiledStatement, reference: ServiceReference): readonly VoidCondition[] =>
  compiled.conditions.flatMap((each) => {
    const reason = reasonOf(each, compiled, reference);
    const { key, operator } = each.condition;
    return reason === null ? [] : [{ key, operator, reason }];
  });

const reasonOf = (
  { condition, demand }: CompiledCondition,
  compiled: CompiledStatement,
  reference: ServiceReference,
): VoidCondition['reason'] | null => {
  const operator = parseConditionOperator(condition.operator);
  if (operator === null || demand === null) return null;
  const key = condition.key.toLowerCase();
  if (operator.base === 'IpAddress' && condition.values.some((value) => EVERY_ADDRESS.has(value))) return 'any-address';
  if (takesAnything(operator, condition.values) && (demand.whenAbsent || ALWAYS_SENT.has(key))) return 'any-value';
  const isAsked = compiled.conditions.some(
    (other) => other.condition.key.toLowerCase() === key && other.demand?.whenAbsent === false,
  );
  if (isAsked || !demand.whenAbsent) return null;
  if (operator.set === 'ForAllValues' && MAY_BE_ABSENT.has(key.replace(/\/.*$/s, '/'))) return 'absent-key-passes';
  const { action } = compiled.statement;
  // Global keys go with any action, and to look up which a pattern matches takes a while.
  if (action.kind === 'notAction' || key.startsWith('aws:')) return null;
  const actions = action.patterns.flatMap((pattern) => matchedNames(pattern, reference));
  return actions.length > 0 && isNeverSent(condition.key, actions, reference) ? 'key-never-sent' : null;
};

const takesAnything = ({ base }: ConditionOperator, values: readonly string[]): boolean => {
  if (base === 'StringLike') return values.includes('*');
  const texts = new Set(values.map((value) => value.toLowerCase()));
  return (base === 'Bool' || base === 'Null') && texts.has('true') && texts.has('false');
};

const EVERY_ADDRESS: ReadonlySet<string> = new Set(['0.0.0.0/0', '::/0']);

/** Keys that every signed request has. Source: "AWS global condition context keys", IAM User Guide. */
const ALWAYS_SENT: ReadonlySet<string> = new Set([
  'aws:currenttime',
  'aws:epochtime',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalisawsservice',
  'aws:principaltype',
  'aws:requestedregion',
  'aws:securetransport',
  'aws:userid',
  'aws:viaawsservice',
]);

/**
 * Global keys that a request may lack. Not those of the tags that it brings: `ForAllValues` on them is meant to let in
 * requests without tags ("Controlling access during AWS requests", IAM User Guide).
 */
const MAY_BE_ABSENT: ReadonlySet<string> = new Set(
  globalConditionKeys.filter(
    (key) => key.startsWith('aws:') && !ALWAYS_SENT.has(key) && key !== 'aws:tagkeys' && key !== 'aws:requesttag/',
  ),
);
