import type { AccountAccess } from '../../access/account-access.ts';
import { grantedOnAll } from '../../access/granted-on-all.ts';
import { keysByDecider } from '../../evaluate/context-keys.ts';
import type { Doubt } from '../../evaluate/decision.ts';
import type { Formula } from '../../evaluate/formula.ts';
import type { RequestContext } from '../../evaluate/request-context.ts';
import type { ServiceReference } from '../../reference/service-reference.ts';
import type { AccountSnapshot, Role, User } from '../../snapshot/account-snapshot.ts';

/** An action on everything that a pattern matches. */
export interface ReachQuestion {
  readonly action: string;
  /** An ARN with wildcards, or `*` for an action that takes no resource. */
  readonly pattern: string;
  readonly context?: RequestContext;
}

/** An action that a principal is granted throughout, and when. */
export interface Reached {
  readonly action: string;
  readonly condition: Formula;
  /** What could not be read: it may be granted less, or where the condition is false, more. */
  readonly doubts: readonly Doubt[];
}

/** Who is granted some actions on all resources: by principal, what could be told of each. */
export type ReachReader = (questions: readonly ReachQuestion[]) => ReadonlyMap<User | Role, readonly Reached[]>;

/** Makes the reader of an account. Only principals that have a statement about an action are asked, and each once. */
export const createReachReader = (
  snapshot: AccountSnapshot,
  access: AccountAccess,
  reference: ServiceReference,
): ReachReader => {
  const account = { snapshot, access, reference };
  const known = new Map<string, ReadonlyMap<User | Role, Reached>>();
  const ask = (question: ReachQuestion): ReadonlyMap<User | Role, Reached> => {
    const key = JSON.stringify(question);
    const before = known.get(key);
    if (before !== undefined) return before;
    const { action, pattern } = question;
    const context = { 'aws:ResourceAccount': snapshot.accountId, ...question.context };
    const found = new Map<User | Role, Reached>();
    for (const principal of access.candidates(action, '*')) {
      // Of administrators nobody asks what else they may do.
      if (!('path' in principal) || access.administrator(principal) === 'yes') continue;
      const { condition, doubts } = grantedOnAll(principal, account, { action, pattern, context });
      const isReached = condition.kind !== 'false' && isAboutEveryResource(condition);
      if (isReached || doubts.length > 0) found.set(principal, { action, condition, doubts });
    }
    known.set(key, found);
    return found;
  };
  return (questions) => {
    const byPrincipal = new Map<User | Role, Reached[]>();
    for (const question of questions) {
      for (const [principal, reached] of ask(question)) {
        const others = byPrincipal.get(principal);
        if (others === undefined) byPrincipal.set(principal, [reached]);
        else others.push(reached);
      }
    }
    return byPrincipal;
  };
};

/** Whether a condition is about the caller and its surroundings only: tags and keys of a service choose resources. */
const isAboutEveryResource = (condition: Formula): boolean => {
  const deciders = keysByDecider(condition);
  const known = new Set([...deciders.values()].flat().map((key) => key.toLowerCase()));
  return !deciders.has('resource') && keysOf(condition).every((key) => known.has(key));
};

const keysOf = (formula: Formula): readonly string[] => {
  if ('of' in formula) return formula.of.flatMap(keysOf);
  if (formula.kind !== 'atom') return [];
  // A pattern with a variable is about some resources, and no key is called that.
  return [formula.atom.kind === 'condition' ? formula.atom.key.toLowerCase() : ''];
};
