import type { ApplicablePolicies } from '../evaluate/applicable-policies.ts';
import type { ActionMatcher, CompiledPolicy, CompiledStatement, RequestedAction } from '../policy/compile-policy.ts';
import type { Role, User } from '../snapshot/account-snapshot.ts';
import { beginAlike, literalStart } from './literal-start.ts';

/**
 * Tells which users and roles have an identity-based policy that may allow an action on resources whose ARNs begin with a
 * text, or where that is empty, on no resource; in the order of the index.
 */
export type GrantIndex = (action: RequestedAction, start: string) => readonly (User | Role)[];

/**
 * Lists for each set of actions that some statement allows where it does and who has such a statement, so that only these
 * need to be asked who may perform an action: nobody else is allowed it but by a resource's policy.
 */
export const createGrantIndex = (
  principals: readonly (User | Role)[],
  policiesOf: (principal: User | Role) => ApplicablePolicies,
): GrantIndex => {
  const holders = new Map<CompiledPolicy, number[]>();
  // Those of whom it is not known what they are allowed.
  const unsure: number[] = [];
  for (const [place, principal] of principals.entries()) {
    const { identity, unread } = policiesOf(principal);
    if (unread.identity.length > 0) unsure.push(place);
    for (const { policy } of identity) {
      const places = holders.get(policy);
      if (places === undefined) holders.set(policy, [place]);
      else places.push(place);
    }
  }
  const grants = groupGrants(holders);
  return (action, wanted) => {
    const lists = [...grants].flatMap(([actions, byStart]) =>
      actions.matches(action) ? listsAbout(byStart, wanted) : [],
    );
    const found = new Set([unsure, ...lists].flat());
    return principals.filter((_, place) => found.has(place));
  };
};

const listsAbout = (byStart: PlacesByStart, wanted: string): readonly (readonly number[])[] =>
  [...byStart].flatMap(([start, lists]) => (start === '' || (wanted !== '' && beginAlike(start, wanted)) ? lists : []));

/** Lists of places, by what the resources begin with on which something is granted. */
type PlacesByStart = ReadonlyMap<string, readonly (readonly number[])[]>;

/** By the actions of a statement, and by its resources: whoever has a policy with such a statement. */
const groupGrants = (
  holders: ReadonlyMap<CompiledPolicy, readonly number[]>,
): ReadonlyMap<ActionMatcher, PlacesByStart> => {
  const grants = new Map<ActionMatcher, Map<string, (readonly number[])[]>>();
  for (const [policy, places] of holders) {
    for (const statement of policy.allows) {
      const byStart = grants.get(statement.actions) ?? new Map<string, (readonly number[])[]>();
      grants.set(statement.actions, byStart);
      for (const start of startsOf(statement)) {
        const lists = byStart.get(start);
        if (lists === undefined) byStart.set(start, [places]);
        else lists.push(places);
      }
    }
  }
  return grants;
};

const startsOf = ({ statement: { resource } }: CompiledStatement): readonly string[] =>
  resource?.kind === 'resource' ? [...new Set(resource.patterns.map(literalStart))] : [''];
