import type { Doubt } from '../evaluate/decision.ts';
import { anyOf, type Formula } from '../evaluate/formula.ts';
import { simplifyFormula } from '../evaluate/simplify-formula.ts';
import { requestedAction } from '../policy/compile-policy.ts';
import type { Principal } from './account-access.ts';
import {
  type AskedAccount,
  areaOfPattern,
  askPattern,
  type PatternQuestion,
  type PatternTerms,
} from './ask-pattern.ts';
import { covers } from './permissions/area-relations.ts';

/** Whether a principal's own side grants an action throughout. */
export interface GrantOnAll {
  /** When it grants the action on whatever the pattern matches; false where it does so on some of it at most. */
  readonly condition: Formula;
  /** What could not be read of its policies: more may be granted than is told, or less. */
  readonly doubts: readonly Doubt[];
}

/**
 * Answers whether the principal's own side (identity-based policies, boundary, SCPs) grants an action on all that a
 * pattern matches. Resources that a Deny names may be left out of it, and the resources' own policies are not asked.
 * Questions that no statement of the principal tells apart are asked once.
 */
export const grantsOnAll = (
  principal: Principal,
  account: AskedAccount,
): ((question: PatternQuestion) => GrantOnAll) => {
  const { policies } = account.access.asker(principal);
  const statements = [...policies.identity, ...(policies.boundary ?? []), ...(policies.scps ?? []).flat()].flatMap(
    ({ policy }) => [...policy.allows, ...policy.denies],
  );
  const known = new Map<string, GrantOnAll>();
  return (question) => {
    const action = requestedAction(account.reference, question.action);
    const about = statements.map(({ actions }) => (actions.matches(action) ? 1 : 0)).join('');
    const service = action.name.slice(0, action.name.indexOf(':'));
    const key = JSON.stringify([service, about, question.pattern, question.context]);
    const answer = known.get(key) ?? grantedOnAll(principal, account, question);
    known.set(key, answer);
    return answer;
  };
};

const grantedOnAll = (principal: Principal, account: AskedAccount, question: PatternQuestion): GrantOnAll => {
  const { asker } = account.access;
  const answer = askPattern(principal, { ...account, access: { asker, carriers: () => [] } }, question);
  const { extent, condition, granted, doubts } = answer;
  if (extent === 'every') return { condition, doubts };
  const area = areaOfPattern(question.pattern);
  const throughout = granted.filter(({ terms }) => covers(terms.area, area) && isLittleLimited(terms));
  return { condition: simplifyFormula(anyOf(throughout.map(({ terms }) => terms.condition))), doubts };
};

/** Whether nothing is taken away but what a Deny names. */
const isLittleLimited = ({ within, except }: PatternTerms['terms']): boolean =>
  within.every(({ limit }) => limit === 'question') && except.every(({ area }) => area.kind === 'resource');
