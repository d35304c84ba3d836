import type { ApplicablePolicies } from '../evaluate/applicable-policies.ts';
import type { ActionMatcher, RequestedAction } from '../policy/compile-policy.ts';
import type { Role, User } from '../snapshot/account-snapshot.ts';

/** Tells which users and roles have an identity-based policy that may allow an action, in the order of the index. */
export type GrantIndex = (action: RequestedAction) => readonly (User | Role)[];

/**
 * Lists for each set of actions that some statement allows who has such a statement, so that only these need to be asked
 * who may perform an action: nobody else is allowed it but by a resource's policy.
 */
export const createGrantIndex = (
  principals: readonly (User | Role)[],
  policiesOf: (principal: User | Role) => ApplicablePolicies,
): GrantIndex => {
  const holders = new Map<ActionMatcher, Set<number>>();
  // Those of whom it is not known what they are allowed.
  const unsure: number[] = [];
  for (const [place, principal] of principals.entries()) {
    const { identity, unread } = policiesOf(principal);
    if (unread.identity.length > 0) unsure.push(place);
    for (const { policy } of identity) {
      for (const { actions } of policy.allows) {
        const places = holders.get(actions) ?? new Set();
        holders.set(actions, places.add(place));
      }
    }
  }
  return (action) => {
    const found = new Set(unsure);
    for (const [actions, places] of holders) {
      if (!actions.matches(action)) continue;
      for (const place of places) found.add(place);
    }
    return principals.filter((_, place) => found.has(place));
  };
};
