import { conditionHolds } from '../naive/naive-conditions.ts';
import { resourceMatches } from '../naive/naive-matching.ts';
import { contextOf, type NaiveRequest } from '../naive/naive-request.ts';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/**
 * Whether the conditions that `vigil decide` answers hold for a request whose context is whole, its atoms judged by the
 * naive evaluator.
 */
export const residualHolds = (formula: unknown, whole: NaiveRequest): boolean => {
  if (!isObject(formula)) throw new Error(`no formula: ${JSON.stringify(formula)}`);
  if ('constant' in formula) return formula['constant'] === true;
  if ('all' in formula) return listOf(formula['all']).every((member) => residualHolds(member, whole));
  if ('any' in formula) return listOf(formula['any']).some((member) => residualHolds(member, whole));
  if ('not' in formula) return !residualHolds(formula['not'], whole);
  return atomHolds(formula, whole);
};

const atomHolds = (atom: Json, whole: NaiveRequest): boolean => {
  const matches = (pattern: unknown) =>
    resourceMatches(String(pattern), true, whole.request.resource, contextOf(whole));
  if ('resource' in atom) return matches(atom['resource']) === true;
  if ('notResource' in atom) return matches(atom['notResource']) === false;
  const condition = {
    operator: String(atom['operator']),
    key: String(atom['key']),
    values: listOf(atom['values']).map(String),
  };
  return conditionHolds(condition, true, contextOf(whole));
};
