import type { AccountState } from './account-state.ts';
import { type ResourcePlace, type ResourceState, resourceKey } from './resource-state.ts';

/** A resource of an account; undefined: it has none there. */
export const resourceAt = ({ resources }: AccountState, place: ResourcePlace): ResourceState | undefined =>
  resources.get(resourceKey(place));

/** The resources of a type in a region whose name begins as asked, from a name on, with their names. */
export const resourcesFrom = ({ resources }: AccountState, place: ResourcePlace) =>
  function* (from: string): Generator<readonly [string, ResourceState]> {
    const prefix = resourceKey({ ...place, name: '' });
    const start = from > place.name ? from : place.name;
    for (const [key, resource] of resources.entriesFrom(prefix + start)) {
      if (!key.startsWith(prefix + place.name)) return;
      yield [resource.name, resource];
    }
  };

/** The account with a resource added or replaced. */
export const withResource = (state: AccountState, resource: ResourceState): AccountState => ({
  ...state,
  resources: state.resources.set(resourceKey(resource), resource),
});

/** The account without a resource. */
export const withoutResource = (state: AccountState, place: ResourcePlace): AccountState => ({
  ...state,
  resources: state.resources.delete(resourceKey(place)),
});
