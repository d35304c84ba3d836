import { needsNoPermission } from '../evaluate/decide.ts';
import type { Doubt } from '../evaluate/decision.ts';
import { anyOf, FALSE, type Formula } from '../evaluate/formula.ts';
import type { RequestContext } from '../evaluate/request-context.ts';
import { simplifyFormula } from '../evaluate/simplify-formula.ts';
import type { Role, User } from '../snapshot/account-snapshot.ts';
import {
  type AskedAccount,
  answerPattern,
  type PatternTerms,
  type PreparedQuestion,
  type ReadAsker,
  readAsker,
} from './ask-pattern.ts';
import { covers } from './permissions/area-relations.ts';
import { doubtsAbout } from './permissions/list-permissions.ts';
import type { ReadClause } from './permissions/read-clauses.ts';

/** Whether a principal's own side grants an action throughout. */
export interface GrantOnAll {
  /** When it grants the action on whatever the pattern matches; false where it does so on some of it at most. */
  readonly condition: Formula;
  /** What could not be read of its policies: more may be granted than is told, or less. */
  readonly doubts: readonly Doubt[];
}

/**
 * Answers whether the own side of a user or role (identity-based policies, boundary, SCPs) grants an action on all that a
 * pattern matches. Resources that a Deny names may be left out of it, and the resources' own policies are not asked.
 * Questions that no statement of the principal tells apart are asked once.
 */
export const grantsOnAll = (
  principal: User | Role,
  account: AskedAccount,
): ((question: PreparedQuestion, context: RequestContext) => GrantOnAll) => {
  const { asker } = account.access;
  const withoutCarriers = { ...account, access: { asker, carriers: () => [] } };
  const sides = new Map<RequestContext, ReturnType<typeof ownSide>>();
  return (question, context) => {
    const side = sides.get(context) ?? ownSide(readAsker(principal, withoutCarriers, context), withoutCarriers);
    sides.set(context, side);
    return side(question);
  };
};

const ownSide = (read: ReadAsker, account: AskedAccount): ((question: PreparedQuestion) => GrantOnAll) => {
  const grants = read.policies.flatMap(({ limit, allows }) => (limit === 'identity' ? allows : []));
  const statements = read.policies.flatMap(({ allows, denies }) => [...allows, ...denies]);
  const isDoubtful = doubtsAbout(read.asker, []).length > 0;
  const known = new Map<string, GrantOnAll>();
  return (question) => {
    const { requested, pattern, area } = question;
    // What a statement grants, others can only take from: together they grant no more than each by itself.
    const isGranting = ({ compiled, area: own }: ReadClause): boolean =>
      compiled.actions.matches(requested) && covers(own, area);
    if (!grants.some(isGranting) && !needsNoPermission(requested))
      return { condition: FALSE, doubts: isDoubtful ? doubtsAbout(read.asker, [], requested) : [] };
    const about = statements.map(({ compiled }) => (compiled.actions.matches(requested) ? 1 : 0)).join('');
    const service = requested.name.slice(0, requested.name.indexOf(':'));
    const key = `${service} ${about} ${pattern}`;
    const answer = known.get(key) ?? grantedOnAll(read, account, question);
    known.set(key, answer);
    return answer;
  };
};

const grantedOnAll = (read: ReadAsker, account: AskedAccount, question: PreparedQuestion): GrantOnAll => {
  const { extent, condition, granted, doubts } = answerPattern(read, account, question);
  if (extent === 'every') return { condition, doubts };
  const throughout = granted.filter(({ terms }) => covers(terms.area, question.area) && isLittleLimited(terms));
  return { condition: simplifyFormula(anyOf(throughout.map(({ terms }) => terms.condition))), doubts };
};

/** Whether nothing is taken away but what a Deny names. */
const isLittleLimited = ({ within, except }: PatternTerms['terms']): boolean =>
  within.every(({ limit }) => limit === 'question') && except.every(({ area }) => area.kind === 'resource');
