import type { ActionIndex } from '../reference/action-index.ts';
import { addBit, type Bitset, emptyBitset, hasBit, isEmpty, numbersIn, overlaps, unite } from '../reference/bitset.ts';
import { firstOf, partition } from './permissions/action-universe.ts';
import { changedActions } from './permissions/changed-actions.ts';
import { compareTerms, type TermsDifference } from './permissions/compare-terms.ts';
import { doubtsAbout, statementsOf } from './permissions/list-permissions.ts';
import type { Terms } from './permissions/permission-terms.ts';
import { type Asker, type ReadPolicies, readPolicies } from './permissions/read-clauses.ts';
import { isUnderRcps, termsOfAction } from './permissions/said-of-action.ts';
import { statementFacts } from './permissions/statement-facts.ts';

/** Actions that the service reference knows, and how what is granted of each differs between two nights. */
export interface PermissionDifference extends TermsDifference {
  /** In AWS's spelling, in the order of the service reference. */
  readonly actions: readonly string[];
}

/**
 * Compares what one principal's own side grants it on two nights: its identity-based policies within boundary, SCPs and
 * RCPs, less what is denied. The policies of resources are not asked. `null`: the principal does not exist then. The answer
 * is null where some policy could be read on one of the nights only.
 */
export type PermissionComparison = (
  before: Asker | null,
  after: Asker | null,
) => readonly PermissionDifference[] | null;

/**
 * Makes a comparison that looks only at what some changed statement is about, and once at principals that have the same
 * policies and, of what these ask of the context, the same facts: they get the same list.
 */
export const createPermissionComparison = (reference: ActionIndex): PermissionComparison => {
  const underRcps = once(() => actionsUnderRcps(reference));
  const keyOf = askerKeys();
  const found = new Map<string, readonly PermissionDifference[]>();
  return (before, after) => {
    const changed = changedActions(before, after, reference);
    if (isEmpty(changed)) return NOTHING;
    if (doubtsOf(before) !== doubtsOf(after)) return null;
    const key = JSON.stringify([before && keyOf(before), after && keyOf(after)]);
    const known = found.get(key) ?? compareOn(changed, { before, after, reference, underRcps });
    found.set(key, known);
    return known;
  };
};

const doubtsOf = (asker: Asker | null): string => JSON.stringify(asker === null ? [] : doubtsAbout(asker, []));

const NOTHING: readonly PermissionDifference[] = [];

interface Compared {
  readonly before: Asker | null;
  readonly after: Asker | null;
  readonly reference: ActionIndex;
  readonly underRcps: () => Bitset;
}

const compareOn = (
  changed: Bitset,
  { before, after, reference, underRcps }: Compared,
): readonly PermissionDifference[] => {
  const were = readAbout(before, changed);
  const are = readAbout(after, changed);
  const hasRcps = [before, after].some((asker) => asker?.policies.rcps !== undefined);
  const sets = new Set(statementsOf([...were, ...are]).map(({ actions }) => actions.covers()));
  const size = reference.positionCount;
  const differences = new Map<string, { readonly difference: TermsDifference; readonly actions: Bitset }>();
  for (const part of partition({ size, asked: changed }, hasRcps ? [...sets, underRcps()] : sets)) {
    const position = firstOf(part);
    for (const difference of compareTerms(
      termsOf(were, before, position, reference),
      termsOf(are, after, position, reference),
    )) {
      const key = JSON.stringify(difference);
      const known = differences.get(key) ?? { difference, actions: emptyBitset(size) };
      unite(known.actions, part);
      differences.set(key, known);
    }
  }
  return [...differences.values()].map(({ difference, actions }) => ({
    ...difference,
    actions: numbersIn(actions).flatMap((position) => reference.names[position] ?? []),
  }));
};

const readAbout = (asker: Asker | null, actions: Bitset): readonly ReadPolicies[] =>
  asker === null ? [] : readPolicies(asker, (compiled) => overlaps(compiled.actions.covers(), actions));

const termsOf = (
  policies: readonly ReadPolicies[],
  asker: Asker | null,
  position: number,
  { names }: ActionIndex,
): readonly Terms[] =>
  asker === null
    ? []
    : termsOfAction(policies, {
        action: names[position] ?? '',
        isAbout: ({ actions }) => hasBit(actions.covers(), position),
        root: asker.caller.kind === 'root',
        areas: [],
        owner: 'anybody',
      });

const actionsUnderRcps = ({ names, positionCount }: ActionIndex): Bitset => {
  const set = emptyBitset(positionCount);
  for (const [position, name] of names.entries()) if (isUnderRcps(name)) addBit(set, position);
  return set;
};

/** What the answer about an asker hangs on, as text. */
const askerKeys = (): ((asker: Asker) => string) => {
  const ids = new WeakMap<object, number>();
  let last = 0;
  const idOf = (thing: object): number => {
    const id = ids.get(thing) ?? ++last;
    ids.set(thing, id);
    return id;
  };
  return ({ policies: { identity, boundary, scps = [], rcps = [] }, context, caller }) => {
    const all = [...identity, ...(boundary ?? []), ...scps.flat(), ...rcps.flat()];
    const keys = new Set(all.flatMap(({ policy }) => statementFacts(policy).flatMap(({ contextKeys }) => contextKeys)));
    const isNamed = rcps
      .flat()
      .some(({ policy }) => policy.denies.some(({ principal }) => principal?.everybody !== true));
    const idsOf = (some: readonly { readonly policy: object }[]) => some.map(({ policy }) => idOf(policy));
    return JSON.stringify([
      caller.kind,
      isNamed ? caller : null,
      idsOf(identity).sort((a, b) => a - b),
      boundary && idsOf(boundary),
      scps.map(idsOf),
      rcps.map(idsOf),
      [...keys].sort().map((key) => [key, context(key)]),
    ]);
  };
};

const once = <Value>(make: () => Value): (() => Value) => {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};
