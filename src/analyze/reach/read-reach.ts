import type { AccountAccess } from '../../access/account-access.ts';
import { type PreparedQuestion, prepareQuestion } from '../../access/ask-pattern.ts';
import { grantsOnAll } from '../../access/granted-on-all.ts';
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

/** Who is granted some actions on all resources: by principal, what could be told of each. `isTold`: nobody asks again. */
export type ReachReader = (
  questions: readonly ReachQuestion[],
  isTold?: (principal: User | Role, action: string) => boolean,
) => ReadonlyMap<User | Role, readonly Reached[]>;

type IsTold = (principal: User | Role, action: string) => boolean;

/** Makes the reader of an account. Only principals that have a statement about an action are asked. */
export const createReachReader = (
  snapshot: AccountSnapshot,
  access: AccountAccess,
  reference: ServiceReference,
): ReachReader => {
  const account = { snapshot, access, reference };
  const ownAccount = { 'aws:ResourceAccount': snapshot.accountId };
  const prepare = (question: ReachQuestion): AskedReach => ({
    action: question.action,
    prepared: prepareQuestion(question, account),
    context: question.context === undefined ? ownAccount : { ...ownAccount, ...question.context },
  });
  // What is read of a principal's policies serves all questions that the account is asked.
  const askers = new Map<User | Role, ReturnType<typeof grantsOnAll>>();
  const askerOf = (principal: User | Role): ReturnType<typeof grantsOnAll> => {
    const asker = askers.get(principal) ?? grantsOnAll(principal, account);
    askers.set(principal, asker);
    return asker;
  };
  const administrators = new Map<User | Role, boolean>();
  const isAdministrator = (principal: User | Role): boolean => {
    const is = administrators.get(principal) ?? access.administrator(principal) === 'yes';
    administrators.set(principal, is);
    return is;
  };
  const read = (questions: readonly ReachQuestion[], isTold: IsTold) => {
    const byPrincipal = new Map<User | Role, readonly Reached[]>();
    for (const [principal, asked] of askedOf(questions.map(prepare), access)) {
      // Of administrators nobody asks what else they may do.
      if (isAdministrator(principal)) continue;
      const questionsLeft = asked.filter(({ action }) => !isTold(principal, action));
      if (questionsLeft.length > 0) byPrincipal.set(principal, answersOf(askerOf(principal), questionsLeft));
    }
    return byPrincipal;
  };
  const known = new Map<string, ReadonlyMap<User | Role, readonly Reached[]>>();
  return (questions, isTold) => {
    if (isTold !== undefined) return read(questions, isTold);
    const key = JSON.stringify(questions);
    const found = known.get(key) ?? read(questions, () => false);
    known.set(key, found);
    return found;
  };
};

/** A question as it is asked of each principal. */
interface AskedReach {
  readonly action: string;
  readonly prepared: PreparedQuestion;
  readonly context: RequestContext;
}

/** Which questions each principal is to be asked. */
const askedOf = (
  questions: readonly AskedReach[],
  access: AccountAccess,
): ReadonlyMap<User | Role, readonly AskedReach[]> => {
  const byPrincipal = new Map<User | Role, AskedReach[]>();
  for (const question of questions) {
    for (const principal of access.candidates(question.action, question.prepared.pattern)) {
      if (!('path' in principal)) continue;
      const others = byPrincipal.get(principal);
      if (others === undefined) byPrincipal.set(principal, [question]);
      else others.push(question);
    }
  }
  return byPrincipal;
};

const answersOf = (ask: ReturnType<typeof grantsOnAll>, questions: readonly AskedReach[]): readonly Reached[] =>
  questions.flatMap(({ action, prepared, context }): readonly Reached[] => {
    const { condition, doubts } = ask(prepared, context);
    const isReached = condition.kind !== 'false' && isAboutEveryResource(condition);
    return isReached || doubts.length > 0 ? [{ action, condition, doubts }] : [];
  });

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
