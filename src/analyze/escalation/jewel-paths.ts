import type { Doubt } from '../../evaluate/decision.ts';
import type { Severity } from '../../finding/check-result.ts';
import { parseArn } from '../../iam/arn.ts';
import type { AccountSnapshot, Role, User } from '../../snapshot/account-snapshot.ts';
import type { CheckTools } from '../check-tools.ts';
import { isManagedByAws } from '../facts/managed-by-aws.ts';
import { createDesignReader } from './by-design.ts';
import type { CrownJewel } from './crown-jewels.ts';
import { comparePaths, type EscalationPath } from './escalation-path.ts';
import { type Goal, principalGoal } from './goal.ts';
import { resourceGoal } from './resource-goal.ts';

/** How somebody who is not granted it can reach a crown jewel. */
export interface JewelPath {
  readonly start: User | Role;
  readonly jewel: CrownJewel;
  readonly path: EscalationPath;
  /** The best path of each method that one can begin with, `path` first. */
  readonly paths: readonly EscalationPath[];
}

/** The best path of each principal to each crown jewel, and what could not be decided of principals. */
export interface JewelPaths {
  readonly paths: readonly JewelPath[];
  readonly doubts: ReadonlyMap<User | Role, readonly Doubt[]>;
  /** ARNs of whoever has any path to a jewel, told or not. */
  readonly reaching: ReadonlySet<string>;
}

/**
 * Searches for those who can reach crown jewels: no administrators and nobody who can become one, since those reach
 * everything. That a jewel is administrator is told by another finding.
 */
export const findJewelPaths = (
  jewels: readonly CrownJewel[],
  snapshot: AccountSnapshot,
  tools: Pick<CheckTools, 'access' | 'pathsTowards' | 'escalationOf'>,
): JewelPaths => {
  const isMeant = createDesignReader(snapshot, tools.access);
  const doubts = new Map<User | Role, Doubt[]>();
  const reaching = new Set<string>();
  const paths = jewels.flatMap((jewel): readonly JewelPath[] => {
    const goal = jewelGoal(jewel, snapshot, tools);
    if (goal === null) return [];
    const found = tools.pathsTowards(goal);
    for (const [principal, unsure] of found.doubts)
      if (tools.escalationOf(principal).kind !== 'found')
        doubts.set(principal, [...(doubts.get(principal) ?? []), ...unsure]);
    for (const { arn } of found.paths.keys()) reaching.add(arn);
    return [...found.paths].flatMap(([start, byMethod]) => {
      const own = [...byMethod.values()].sort(comparePaths);
      const [path] = own;
      const isNews = path !== undefined && !isKept(start) && !own.some(isMeant) && !found.there.has(start);
      return isNews ? [{ start, jewel, path, paths: own }] : [];
    });
  });
  return { paths, doubts, reaching };
};

/** To become a crown jewel, or to gain its use; null: it is administrator, or can become one, which another finding tells. */
export const jewelGoal = (
  jewel: CrownJewel,
  snapshot: AccountSnapshot,
  { access, escalationOf }: Pick<CheckTools, 'access' | 'escalationOf'>,
): Goal | null => {
  if (jewel.kind === 'principal') {
    const { principal } = jewel;
    const isMighty = access.administrator(principal) !== 'no' || escalationOf(principal).kind === 'found';
    return isMighty ? null : principalGoal(new Set([principal]));
  }
  const arn = parseArn(jewel.arn);
  return arn.ok ? resourceGoal(arn.value, snapshot, access) : null;
};

const isKept = (principal: User | Role): boolean => 'roleName' in principal && isManagedByAws(principal);

/** How bad it is that somebody reaches a crown jewel; `strangers`: outsiders whom nobody declared can be that somebody. */
export const jewelSeverity = (conditional: boolean, strangers: boolean): Severity => {
  if (conditional) return strangers ? 'high' : 'medium';
  return strangers ? 'critical' : 'high';
};
