import { type AccountAccess, createAccountAccess } from '../../access/account-access.ts';
import type { Doubt } from '../../evaluate/decision.ts';
import type { Instant } from '../../kernel/time.ts';
import type { ServiceReference } from '../../reference/service-reference.ts';
import type { AccountSnapshot, Role, User } from '../../snapshot/account-snapshot.ts';
import { escalationMethods } from './catalogue/index.ts';
import type { EscalationMethod } from './escalation-method.ts';
import { comparePaths, type EscalationPath, isUnconditional } from './escalation-path.ts';
import type { Goal } from './goal.ts';
import { createSearchContext } from './search-context.ts';
import { type FoundPaths, type PathSearch, type PathsTowards, searchPaths } from './search-paths.ts';

/** Whether a principal that is no administrator can become one. */
export type EscalationAnswer =
  | { readonly kind: 'none' }
  | { readonly kind: 'undetermined'; readonly doubts: readonly Doubt[] }
  | {
      readonly kind: 'found';
      /** The shortest path, one that needs no condition before one that does. */
      readonly path: EscalationPath;
      /** Ids of the other methods that a path can begin with; of those that need a condition only where all do. */
      readonly alternatives: readonly string[];
      /** Ids of the others that a path under conditions can begin with. */
      readonly conditionalAlternatives: readonly string[];
      /** The best path of each method that one can begin with, the best of all first. */
      readonly paths: readonly EscalationPath[];
    };

/** Answers for any user or role of an account. */
export type EscalationFinder = (self: User | Role) => EscalationAnswer;

/** What the search for the escalations of an account tells. */
export interface Escalations {
  /** Whether a principal can become administrator. */
  readonly escalationOf: EscalationFinder;
  /** Who can reach something else, but for administrators and those who can become one. */
  readonly pathsTowards: (goal: Goal) => PathsTowards;
}

/**
 * Makes what tells of an account's escalations: the first question searches for all of those to administrator. `asked`:
 * ARNs of those whose paths are asked for, absent: everybody's.
 */
export const createEscalations = (
  account: AccountSnapshot,
  access: AccountAccess,
  reference: ServiceReference,
  asked?: ReadonlySet<string>,
): Escalations => {
  let found: PathSearch | undefined;
  const search = (): PathSearch => {
    found ??= searchPaths(
      { ...createSearchContext(account, access, reference), ...(asked && { asked }) },
      SEEN_METHODS,
    );
    return found;
  };
  return {
    escalationOf: (self) => answer(self, search(), access),
    pathsTowards: (goal) => search().towards(goal),
  };
};

/** Makes the finder of an account's escalations to administrator alone. */
export const createEscalationFinder = (
  account: AccountSnapshot,
  access: AccountAccess,
  reference: ServiceReference,
): EscalationFinder => createEscalations(account, access, reference).escalationOf;

/**
 * Searches once more, in the account as changed, for paths of those principals alone that `asked` names by ARN: a change
 * that only takes access away opens none for others.
 */
export const findPathsAgain = (
  account: AccountSnapshot,
  reference: ServiceReference,
  asked: ReadonlySet<string>,
  now: Instant | null,
): ReadonlyMap<string, EscalationAnswer> => {
  const access = createAccountAccess(account, reference, now);
  const found = searchPaths({ ...createSearchContext(account, access, reference), asked }, SEEN_METHODS);
  const principals = [...account.users, ...account.roles].filter(({ arn }) => asked.has(arn));
  return new Map(principals.map((self) => [self.arn, answer(self, found, access)]));
};

/**
 * Of credentials that may lie in a function, secret or definition and that nobody has seen there nothing is told: whoever
 * reads the account could become anybody. What reads all of it is a finding of its own.
 */
const isGuess = ({ category, ways }: EscalationMethod): boolean =>
  category === 'credential-access' && ways.every(({ facts = [] }) => facts.some((fact) => typeof fact === 'object'));

const SEEN_METHODS = escalationMethods.filter((method) => !isGuess(method));

const NONE = { kind: 'none' } as const;

const answer = (self: User | Role, { paths, doubts }: FoundPaths, access: AccountAccess): EscalationAnswer => {
  const administrator = access.unlimited(self);
  if (administrator === 'yes') return NONE;
  // What an administrator under conditions can do under conditions is no news.
  const news = [...(paths.get(self) ?? [])].filter(([, path]) => administrator === 'no' || isUnconditional(path));
  const [first, ...others] = news.sort(([, left], [, right]) => comparePaths(left, right));
  if (first !== undefined) {
    const [, path] = first;
    const isAsGood = ([, other]: readonly [string, EscalationPath]): boolean =>
      isUnconditional(other) || !isUnconditional(path);
    return {
      kind: 'found',
      path,
      alternatives: others.filter(isAsGood).map(([id]) => id),
      conditionalAlternatives: others.filter((other) => !isAsGood(other)).map(([id]) => id),
      paths: [first, ...others].map(([, each]) => each),
    };
  }
  const unsure = doubts.get(self) ?? [];
  return unsure.length > 0 ? { kind: 'undetermined', doubts: unsure } : NONE;
};

/** How to close a path: what to do about its methods, the first one before all. */
export const remediationOf = ({ steps }: EscalationPath): readonly string[] => [
  ...new Set(steps.flatMap(({ method }) => escalationMethods.find(({ id }) => id === method)?.remediation ?? [])),
];
