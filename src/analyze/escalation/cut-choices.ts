import type { CutChange } from '../../finding/escalation-cut.ts';
import { changesFor, mergedChanges } from './cut-changes.ts';
import { type CutGrant, grantsOf, hittingSet } from './cut-grants.ts';
import type { CutPolicies } from './cut-policies.ts';
import type { CutUseReader } from './cut-use.ts';
import type { EscalationPath } from './escalation-path.ts';

/** A change that is to be made, and how wide it has become. */
export interface Choice {
  /** From the narrowest. */
  readonly variants: readonly CutChange[];
  /** Which of them it is. */
  readonly at: number;
}

/** Changes that are to be made, by the key of what they are about: a grant, or the boundary of a principal. */
export type Choices = ReadonlyMap<string, Choice>;

/** What choosing needs. */
export interface ChoiceTools {
  readonly policies: CutPolicies;
  readonly useOf: CutUseReader;
  /** The keys of what a path needs: any of them taken away closes it, as far as nothing else does the same. */
  keysOf(path: EscalationPath): ReadonlySet<string>;
}

/** Makes the reader of the keys of paths. Each path is read once. */
export const createKeyReader = (policies: CutPolicies): ChoiceTools['keysOf'] => {
  const known = new WeakMap<EscalationPath, ReadonlySet<string>>();
  return (path) => {
    const keys = known.get(path) ?? new Set([...grantsOf([path], policies).keys(), boundaryKey(startOf(path))]);
    known.set(path, keys);
    return keys;
  };
};

const boundaryKey = (principal: string): string => `boundary ${principal}`;

const startOf = ({ steps }: EscalationPath): string => steps[0]?.from ?? '';

/** Who needs more changes than these is better given a permissions boundary. */
const MOST_GRANTS = 5;
/** Where more have the same policies these are mended, for all at once. */
const MOST_BOUNDARIES = 3;

/** The changes to be made, as few as say it. */
export const changesOf = (chosen: Choices, { policies }: ChoiceTools): readonly CutChange[] =>
  mergedChanges(
    [...chosen.values()].flatMap(({ variants, at }) => variants[at] ?? []),
    policies,
  );

/** Those of the choices that some paths need, as few as hit all that any hits. */
export const fewestOf = (chosen: Choices, paths: readonly EscalationPath[], { keysOf }: ChoiceTools): Choices => {
  const fewest = new Map<string, Choice>();
  let left = paths;
  for (;;) {
    const counts = new Map<string, number>();
    for (const path of left) {
      for (const key of keysOf(path)) if (chosen.has(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const [best] = [...counts].sort(([, one], [, other]) => other - one);
    const choice = best && chosen.get(best[0]);
    if (best === undefined || choice === undefined) return fewest;
    fewest.set(best[0], choice);
    left = left.filter((path) => !keysOf(path).has(best[0]));
  }
};

/** The choices, and with them what the paths need cut besides; the very same where nothing more can be done. */
export const withChoicesFor = (paths: readonly EscalationPath[], chosen: Choices, tools: ChoiceTools): Choices => {
  const next = new Map(chosen);
  const left = new Set(paths);
  widen(next, left, tools);
  bound(next, left, tools);
  for (const [{ key }, variants] of chosenGrants([...left], chosen, tools)) next.set(key, { variants, at: 0 });
  const isSame = [...next].every(([key, choice]) => chosen.get(key) === choice);
  return isSame ? chosen : next;
};

/** Where a path is left of a choice that can be wider, it becomes so. */
const widen = (next: Map<string, Choice>, left: Set<EscalationPath>, { keysOf }: ChoiceTools): void => {
  const widened = new Set<string>();
  for (const path of left) {
    for (const key of keysOf(path)) {
      const choice = next.get(key);
      if (widened.has(key)) left.delete(path);
      else if (choice !== undefined && choice.at + 1 < choice.variants.length) {
        next.set(key, { ...choice, at: choice.at + 1 });
        widened.add(key);
        left.delete(path);
      }
    }
  }
};

/** Gives a boundary to those who would need many changes that nobody else needs, or a narrower one than they got. */
const bound = (next: Map<string, Choice>, left: Set<EscalationPath>, tools: ChoiceTools): void => {
  const startsOn = startsByKey(left, tools);
  for (const [principal, paths] of byPrincipal(left)) {
    const key = boundaryKey(principal);
    const before = next.get(key)?.variants[0];
    if (before === undefined && !isForBoundary(principal, paths, startsOn, tools)) continue;
    const denied = before?.kind === 'set-boundary' ? before.denies : [];
    const denies = [...new Set([...denied, ...paths.flatMap((path) => ownAction(principal, path))])].sort();
    if (denies.length === denied.length) continue;
    next.set(key, {
      variants: [{ kind: 'set-boundary', principal, denies }],
      at: 0,
    });
    for (const path of paths) left.delete(path);
  }
};

const byPrincipal = (paths: Iterable<EscalationPath>): ReadonlyMap<string, readonly EscalationPath[]> => {
  const grouped = new Map<string, EscalationPath[]>();
  for (const path of paths) grouped.set(startOf(path), [...(grouped.get(startOf(path)) ?? []), path]);
  return grouped;
};

/** Whose paths need what, by its key. */
const startsByKey = (
  paths: Iterable<EscalationPath>,
  { keysOf }: ChoiceTools,
): ReadonlyMap<string, ReadonlySet<string>> => {
  const starts = new Map<string, Set<string>>();
  for (const path of paths) {
    for (const key of keysOf(path)) starts.set(key, (starts.get(key) ?? new Set()).add(startOf(path)));
  }
  return starts;
};

const isForBoundary = (
  arn: string,
  paths: readonly EscalationPath[],
  startsOn: ReadonlyMap<string, ReadonlySet<string>>,
  tools: ChoiceTools,
): boolean => {
  const principal = tools.policies.principalOf(arn);
  if (paths.length <= MOST_GRANTS || principal === null || principal.permissionsBoundary !== null) return false;
  if (tools.policies.isKeptByAws(arn)) return false;
  const grants = chosenGrants(paths, new Map(), tools);
  if (grants.length <= MOST_GRANTS) return false;
  const others = new Set(grants.flatMap(([{ key }]) => [...(startsOn.get(key) ?? [])]));
  return others.size <= MOST_BOUNDARIES;
};

/** One request of a path that the principal makes itself: the path does not work without. */
const ownAction = (principal: string, { steps }: EscalationPath): readonly string[] => {
  const actions = steps
    .filter(({ from }) => from === principal)
    .flatMap(({ requests }) => requests.map(({ action }) => action));
  const action = actions.find((each) => /^(?:iam|sts):/.test(each)) ?? actions[0];
  return action === undefined ? [] : [action];
};

/** Few grants that the paths need, with what can be done about each, of those that nothing is done about yet. */
const chosenGrants = (
  paths: readonly EscalationPath[],
  chosen: Choices,
  { policies, useOf }: ChoiceTools,
): readonly (readonly [CutGrant, readonly CutChange[]])[] => {
  const possible = new Map<CutGrant, readonly CutChange[]>();
  for (const grant of grantsOf(paths, policies).values()) {
    const variants = chosen.has(grant.key) ? [] : changesFor(grant, policies, useOf);
    if (variants.length > 0) possible.set(grant, variants);
  }
  return hittingSet(possible.keys(), (grant) => rankOf(grant, possible.get(grant), useOf)).map((grant) => [
    grant,
    possible.get(grant) ?? [],
  ]);
};

/** What costs people least comes first: what nobody uses, and what has to do with IAM alone; trust policies last. */
const rankOf = ({ action, policy }: CutGrant, [change]: readonly CutChange[] = [], useOf: CutUseReader): number => {
  if (policy.endsWith('#trust')) return 3;
  const { status } = change === undefined ? { status: 'unknown' } : useOf(change);
  if (status === 'used') return 2;
  return status === 'unused' || /^(?:iam|sts):/.test(action) ? 0 : 1;
};
