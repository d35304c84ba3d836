import type { CutChange } from '../../finding/escalation-cut.ts';
import { changesFor, mergedChanges } from './cut-changes.ts';
import { type CutGrant, grantsOf, hittingSet } from './cut-grants.ts';
import type { CutPolicies } from './cut-policies.ts';
import type { CutUseReader } from './cut-use.ts';
import type { EscalationPath } from './escalation-path.ts';
import type { GrantedRequest } from './match-way.ts';

/** A change that is to be made, and how wide it has become. */
export interface Choice {
  /** From the narrowest. */
  readonly variants: readonly CutChange[];
  /** Which of them it is. */
  readonly at: number;
  /** Whether a path needs what it takes. */
  isOn(path: EscalationPath): boolean;
}

/** Changes that are to be made, by what they are about. */
export type Choices = ReadonlyMap<string, Choice>;

/** What choosing needs. */
export interface ChoiceTools {
  readonly policies: CutPolicies;
  readonly useOf: CutUseReader;
}

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

/** Those of the choices that some paths need. */
export const fewestOf = (chosen: Choices, paths: readonly EscalationPath[]): Choices => {
  const left = new Set(paths);
  const fewest = new Map<string, Choice>();
  const countOf = ({ isOn }: Choice): number => [...left].filter(isOn).length;
  for (;;) {
    const [best] = [...chosen]
      .map(([key, choice]) => ({ key, choice, count: countOf(choice) }))
      .sort((one, other) => other.count - one.count);
    if (best === undefined || best.count === 0) return fewest;
    fewest.set(best.key, best.choice);
    for (const path of left) if (best.choice.isOn(path)) left.delete(path);
  }
};

/** The choices, and with them what the paths need cut besides; the very same where nothing more can be done. */
export const withChoicesFor = (paths: readonly EscalationPath[], chosen: Choices, tools: ChoiceTools): Choices => {
  const next = new Map(chosen);
  const left = new Set(paths);
  widen(next, left);
  bound(next, left, tools);
  for (const [grant, variants] of chosenGrants([...left], chosen, tools))
    next.set(grant.key, choiceOf(grant, variants, tools));
  const isSame = [...next].every(([key, choice]) => chosen.get(key) === choice);
  return isSame ? chosen : next;
};

const choiceOf = (
  { policy, statement, action, holder }: CutGrant,
  variants: readonly CutChange[],
  { policies }: ChoiceTools,
): Choice => {
  const isHeldBy = (from: string): boolean => holder === '' || policies.attachedTo(policy, from) === holder;
  const isGranted = (request: GrantedRequest): boolean =>
    request.action === action &&
    request.grantedBy.some((granting) => granting.policy === policy && granting.statement === statement);
  return {
    variants,
    at: 0,
    isOn: ({ steps }) => steps.some(({ from, requests }) => isHeldBy(from) && requests.some(isGranted)),
  };
};

/** Where a path is left of a choice that can be wider, it becomes so. */
const widen = (next: Map<string, Choice>, left: Set<EscalationPath>): void => {
  for (const [key, choice] of next) {
    if (choice.at + 1 >= choice.variants.length) continue;
    const again = [...left].filter(choice.isOn);
    if (again.length === 0) continue;
    next.set(key, { ...choice, at: choice.at + 1 });
    for (const path of again) left.delete(path);
  }
};

/** Gives a boundary to those who would need many changes that nobody else needs, or a narrower one than they got. */
const bound = (next: Map<string, Choice>, left: Set<EscalationPath>, tools: ChoiceTools): void => {
  for (const [principal, paths] of byPrincipal(left)) {
    const key = `boundary ${principal}`;
    const before = next.get(key)?.variants[0];
    if (before === undefined && !isForBoundary(principal, paths, [...left], tools)) continue;
    const denied = before?.kind === 'set-boundary' ? before.denies : [];
    const denies = [...new Set([...denied, ...paths.flatMap((path) => ownAction(principal, path))])].sort();
    if (denies.length === denied.length) continue;
    next.set(key, {
      variants: [{ kind: 'set-boundary', principal, denies }],
      at: 0,
      isOn: ({ steps }) => steps[0]?.from === principal,
    });
    for (const path of paths) left.delete(path);
  }
};

const byPrincipal = (paths: Iterable<EscalationPath>): ReadonlyMap<string, readonly EscalationPath[]> => {
  const grouped = new Map<string, EscalationPath[]>();
  for (const path of paths) {
    const from = path.steps[0]?.from ?? '';
    grouped.set(from, [...(grouped.get(from) ?? []), path]);
  }
  return grouped;
};

const isForBoundary = (
  arn: string,
  paths: readonly EscalationPath[],
  all: readonly EscalationPath[],
  tools: ChoiceTools,
): boolean => {
  const principal = tools.policies.principalOf(arn);
  if (paths.length <= MOST_GRANTS || principal === null || principal.permissionsBoundary !== null) return false;
  if (tools.policies.isKeptByAws(arn)) return false;
  const grants = chosenGrants(paths, new Map(), tools);
  if (grants.length <= MOST_GRANTS) return false;
  const on = grants.map(([grant, variants]) => choiceOf(grant, variants, tools));
  const others = new Set(
    all.filter((path) => on.some(({ isOn }) => isOn(path))).map(({ steps }) => steps[0]?.from ?? ''),
  );
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
