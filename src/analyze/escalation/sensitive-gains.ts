import type { Doubt } from '../../evaluate/decision.ts';
import type { AccountSnapshot, Role, User } from '../../snapshot/account-snapshot.ts';
import type { CheckTools } from '../check-tools.ts';
import { isManagedByAws } from '../facts/managed-by-aws.ts';
import type { Reached } from '../reach/read-reach.ts';
import { type SensitiveCategory, sensitiveCategories } from '../reach/sensitive-categories.ts';
import { createDesignReader } from './by-design.ts';
import { withoutChosenKeys } from './chosen-keys.ts';
import { comparePaths, type EscalationPath, isUnconditional } from './escalation-path.ts';
import { principalGoal } from './goal.ts';

/** Sensitive access that a principal lacks, and the best way to somebody who holds it. */
export interface SensitiveGain {
  readonly category: SensitiveCategory;
  readonly path: EscalationPath;
  /** The best path of each method that one can begin with, `path` first. */
  readonly paths: readonly EscalationPath[];
  /** ARNs of those who hold it. */
  readonly holders: ReadonlySet<string>;
}

/** What principals that cannot become administrator can gain by becoming others. */
export interface SensitiveGains {
  /** By principal: what it can gain, what matters most first and what needs no condition before what does. */
  readonly gains: ReadonlyMap<User | Role, readonly SensitiveGain[]>;
  /** What could not be decided of principals. */
  readonly doubts: ReadonlyMap<User | Role, readonly Doubt[]>;
  /** ARNs of whoever has any path to such access, told or not. */
  readonly reaching: ReadonlySet<string>;
}

/** Searches for each category of sensitive access among those who lack it. */
export const findSensitiveGains = (snapshot: AccountSnapshot, tools: CheckTools): SensitiveGains => {
  const isMeant = createDesignReader(snapshot, tools.access);
  const gains = new Map<User | Role, SensitiveGain[]>();
  const doubts = new Map<User | Role, Doubt[]>();
  const reaching = new Set<string>();
  for (const category of sensitiveCategories(snapshot, tools.reference)) {
    const reached = tools.reachOf(category.questions);
    const holders = holdersOf(reached, tools);
    if (holders.size === 0) continue;
    const holdsSome = (principal: User | Role): boolean => (reached.get(principal) ?? []).length > 0;
    const found = tools.pathsTowards(principalGoal(holders));
    const arns = new Set<string>([...holders].map(({ arn }) => arn));
    for (const [principal, byMethod] of found.paths) {
      reaching.add(principal.arn);
      const paths = [...byMethod.values()].sort(comparePaths);
      const [path] = paths;
      // Whoever was meant to have the access gains nothing by another way to it.
      if (path === undefined || holdsSome(principal) || !isStart(principal, tools) || paths.some(isMeant)) continue;
      gains.set(principal, [...(gains.get(principal) ?? []), { category, path, paths, holders: arns }]);
    }
    for (const [principal, unsure] of found.doubts)
      if (tools.escalationOf(principal).kind !== 'found')
        doubts.set(principal, [...(doubts.get(principal) ?? []), ...unsure]);
  }
  for (const [principal, found] of gains) gains.set(principal, found.sort(byCertainty));
  return { gains, doubts, reaching };
};

const byCertainty = (left: SensitiveGain, right: SensitiveGain): number =>
  Number(isUnconditional(right.path)) - Number(isUnconditional(left.path));

/** Those who surely hold it, unless they are administrators or AWS keeps them. */
const holdersOf = (
  reached: ReadonlyMap<User | Role, readonly Reached[]>,
  { access }: CheckTools,
): ReadonlySet<User | Role> =>
  new Set(
    [...reached].flatMap(([principal, granted]) =>
      granted.some(
        // The caller chooses the region.
        ({ action, condition, doubts }) => withoutChosenKeys(condition, action).kind === 'true' && doubts.length === 0,
      ) &&
      access.administrator(principal) === 'no' &&
      !('roleName' in principal && isManagedByAws(principal))
        ? [principal]
        : [],
    ),
  );

/** Whether anybody wants to know: no administrator, nobody who can become one, and no role that AWS keeps. */
const isStart = (principal: User | Role, { access, escalationOf }: CheckTools): boolean =>
  !('roleName' in principal && isManagedByAws(principal)) &&
  access.administrator(principal) === 'no' &&
  escalationOf(principal).kind !== 'found';
