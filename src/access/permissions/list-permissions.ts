import { skippedDenies } from '../../evaluate/decide.ts';
import type { Doubt } from '../../evaluate/decision.ts';
import type { CompiledStatement, RequestedAction } from '../../policy/compile-policy.ts';
import type { ActionIndex } from '../../reference/action-index.ts';
import { addBit, type Bitset, emptyBitset, hasBit, numbersIn, unite } from '../../reference/bitset.ts';
import { type ActionList, listActions, writableParts } from './action-list.ts';
import { type ActionUniverse, createActionUniverse, firstOf, partition } from './action-universe.ts';
import { termsKey } from './combine-clauses.ts';
import type { Terms } from './permission-terms.ts';
import { type Asker, misplacedDenies, type PolicyCarrier, type ReadPolicies, readPolicies } from './read-clauses.ts';
import { type Asking, isUnderRcps, termsOfAction } from './said-of-action.ts';

/** Actions that are granted on the same terms. */
export interface Permission extends ActionList {
  /** The known ones among the actions, in AWS's spelling. */
  readonly known: readonly string[];
  readonly terms: Terms;
}

/** What is granted to an asker by its own side, of all services or of one. */
export const listPermissions = (
  asker: Asker,
  reference: ActionIndex,
  service: string | null,
): readonly Permission[] => {
  const policies = readPolicies(asker);
  const statements = statementsOf(policies);
  const universe = createActionUniverse(statements, rcpPatterns(asker, reference), reference, service);
  const granted = createGranted(universe);
  // Where there are RCPs, their actions are told apart from others; else that is work for nothing.
  const covered = asker.policies.rcps === undefined ? [] : [coveredByRcps(universe)];
  const sets = new Set([...statements.map(universe.matchedBy), ...covered]);
  for (const actions of partition(universe, sets)) {
    const asking = askingFor(firstOf(actions), universe, asker);
    for (const terms of termsOfAction(policies, asking)) granted.add(terms, actions);
  }
  return granted.list();
};

/** The statements that policies have about an asker, each once. */
export const statementsOf = (policies: readonly ReadPolicies[]): readonly CompiledStatement[] => {
  const clauses = policies.flatMap(({ allows, denies }) => [...allows, ...denies]);
  return [...new Set(clauses.map(({ compiled }) => compiled))];
};

/** The question about an element of a universe, wherever. */
export const askingFor = (element: number, universe: ActionUniverse, { caller }: Asker): Asking => ({
  action: universe.nameOf(element),
  isAbout: (compiled) => hasBit(universe.matchedBy(compiled), element),
  root: caller.kind === 'root',
  areas: [],
  owner: 'anybody',
});

/** Gathers what is granted, by terms. */
export const createGranted = (universe: ActionUniverse) => {
  const granted = new Map<string, { readonly terms: Terms; readonly actions: Bitset }>();
  return {
    add: (terms: Terms, actions: Bitset): void => {
      const key = termsKey(terms);
      const known = granted.get(key) ?? { terms, actions: emptyBitset(universe.size) };
      granted.set(key, known);
      unite(known.actions, actions);
    },
    list: (): readonly Permission[] =>
      [...granted.values()].flatMap(({ terms, actions }) =>
        writableParts(actions, universe).map((part) => ({
          ...listActions(part, universe),
          known: numbersIn(part).flatMap((position) => universe.knownNames[position] ?? []),
          terms,
        })),
      ),
  };
};

/**
 * What could not be read of an asker's policies and those of resources about an action, or any: more may be granted than
 * is known, or less.
 */
export const doubtsAbout = (
  asker: Asker,
  carriers: readonly PolicyCarrier[],
  action?: RequestedAction,
): readonly Doubt[] => {
  const { identity, boundary, session, scps = [], rcps = [], unread } = asker.policies;
  const all = [...scps.flat(), ...rcps.flat(), ...(boundary ?? []), ...(session ?? []), ...identity];
  const theirs = carriers.map(({ policy }) => policy);
  return [
    ...unread.identity,
    ...unread.boundary,
    ...misplacedDenies(asker, action),
    ...skippedDenies([...all, ...theirs], action),
  ];
};

/** RCPs are about all actions of a service, those included that nobody told us of. */
export const rcpPatterns = ({ policies }: Asker, { names }: ActionIndex): readonly string[] => {
  if (policies.rcps === undefined) return [];
  const services = new Set(names.map((name) => `${name.slice(0, name.indexOf(':'))}:*`));
  return [...services].filter(isUnderRcps);
};

/** The elements that RCPs are about. */
export const coveredByRcps = (universe: ActionUniverse): Bitset => {
  const covered = emptyBitset(universe.size);
  for (let element = 0; element < universe.size; element++) {
    if (isUnderRcps(universe.nameOf(element))) addBit(covered, element);
  }
  return covered;
};
