import type { Arn } from '../../iam/arn.ts';
import type { ActionIndex } from '../../reference/action-index.ts';
import { addBit, type Bitset, emptyBitset, isEmpty, unite } from '../../reference/bitset.ts';
import { type ActionList, listActions, writableParts } from './action-list.ts';
import { type ActionUniverse, createActionUniverse, firstOf, partition } from './action-universe.ts';
import { termsKey } from './combine-clauses.ts';
import {
  askingFor,
  coveredByRcps,
  createGranted,
  type Permission,
  rcpPatterns,
  statementsOf,
} from './list-permissions.ts';
import type { Terms } from './permission-terms.ts';
import {
  type Asker,
  type Carrier,
  type PolicyCarrier,
  type ReadPolicies,
  readCarrier,
  readPolicies,
} from './read-clauses.ts';
import type { Area } from './resource-area.ts';
import { needsAgreement, termsOfAction, termsOnCarrier } from './said-of-action.ts';

/** What is granted on resources together with their own policies. */
export interface CarrierPermission extends Permission {
  readonly carriers: readonly Arn[];
}

/** Actions that the own side grants on a resource and the resource's policy denies. */
export interface Refusal extends ActionList {
  readonly carrier: Arn;
}

/** What the policies of resources change in what an asker is granted. */
export interface OnCarriers {
  /** What holds on these resources instead of what the own side grants; of actions that it is not told of, nothing changes. */
  readonly permissions: readonly CarrierPermission[];
  readonly refusals: readonly Refusal[];
}

/** Finds what the policies of resources that are about an asker change in what it is granted. */
export const listOnCarriers = (
  asker: Asker,
  carriers: readonly PolicyCarrier[],
  reference: ActionIndex,
  service: string | null,
): OnCarriers => {
  const policies = readPolicies(asker);
  const byService = new Map<string, Carrier[]>();
  for (const each of carriers) {
    const carrier = readCarrier(each, asker);
    const of = serviceOf(carrier);
    if (carrier.allows.length + carrier.denies.length === 0 || (service !== null && of !== service)) continue;
    byService.set(of, [...(byService.get(of) ?? []), carrier]);
  }
  const found = [...byService].map(([of, some]) => listOnService({ asker, policies, carriers: some }, reference, of));
  return {
    permissions: joinCarriers(found.flatMap(({ permissions }) => permissions)),
    refusals: found.flatMap(({ refusals }) => refusals),
  };
};

/** Roles are asked by STS when they are to be assumed. */
const serviceOf = ({ arn, isRole }: Carrier): string => (isRole ? 'sts' : (arn.split(':')[2] ?? ''));

interface Side {
  readonly asker: Asker;
  readonly policies: readonly ReadPolicies[];
  readonly carriers: readonly Carrier[];
}

const listOnService = ({ asker, policies, carriers }: Side, reference: ActionIndex, service: string): OnCarriers => {
  const own = statementsOf(policies);
  const theirs = carriers.flatMap(({ allows, denies }) => [...allows, ...denies].map(({ compiled }) => compiled));
  const universe = createActionUniverse([...own, ...theirs], rcpPatterns(asker, reference), reference, service);
  const common = new Set([...own.map(universe.matchedBy), coveredByRcps(universe)]);
  const listed = carriers.map((carrier) => {
    const granted = createGranted(universe);
    const refused = emptyBitset(universe.size);
    const sets = new Set([...common, needing(carrier, universe), ...setsOf(carrier, universe)]);
    for (const actions of partition(universe, sets)) {
      const asking = askingFor(firstOf(actions), universe, asker);
      const before = termsOfAction(policies, { ...asking, areas: [carrier.area], owner: 'account' });
      const terms = termsOnCarrier(policies, carrier, asking);
      const needs = needsAgreement(asking.action, carrier);
      if (!needs && isSame(before, terms)) continue;
      for (const each of terms) granted.add(each, actions);
      if (!needs && terms.length === 0) unite(refused, actions);
    }
    return {
      permissions: granted.list().map((permission) => ({ ...permission, carriers: [carrier.arn] })),
      refusals: isEmpty(refused)
        ? []
        : writableParts(refused, universe).map((part) => ({ ...listActions(part, universe), carrier: carrier.arn })),
    };
  });
  return {
    permissions: listed.flatMap(({ permissions }) => permissions),
    refusals: listed.flatMap(({ refusals }) => refusals),
  };
};

const setsOf = ({ allows, denies }: Carrier, universe: ActionUniverse): readonly Bitset[] =>
  [...allows, ...denies].map(({ compiled }) => universe.matchedBy(compiled));

/** The actions that the policy of a resource must agree to. */
const needing = (carrier: Carrier, universe: ActionUniverse): Bitset => {
  const set = emptyBitset(universe.size);
  for (let element = 0; element < universe.size; element++) {
    if (needsAgreement(universe.nameOf(element), carrier)) addBit(set, element);
  }
  return set;
};

const isSame = (some: readonly Terms[], others: readonly Terms[]): boolean =>
  some.length === others.length && some.every((terms, at) => termsKey(terms) === keyOf(others[at]));

const keyOf = (terms: Terms | undefined): string | null => (terms === undefined ? null : termsKey(terms));

/** Permissions that differ in their resources only, as one. */
const joinCarriers = (permissions: readonly CarrierPermission[]): readonly CarrierPermission[] => {
  const joined = new Map<string, CarrierPermission>();
  for (const permission of permissions) {
    const { actions, notActions, terms, carriers } = permission;
    const own = terms.area.kind === 'notResource' ? carriers : [];
    const key = JSON.stringify([own, actions, notActions, termsKey({ ...terms, area: NOWHERE })]);
    const other = joined.get(key);
    const area: Area = { ...terms.area, patterns: [...(other?.terms.area.patterns ?? []), ...terms.area.patterns] };
    joined.set(
      key,
      other === undefined
        ? permission
        : { ...other, carriers: [...other.carriers, ...carriers], terms: { ...terms, area } },
    );
  }
  return [...joined.values()];
};

const NOWHERE: Area = { kind: 'resource', patterns: [] };
