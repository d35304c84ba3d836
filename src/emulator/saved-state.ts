import { z } from 'zod';
import { emptyAccount } from '../account/account-edits.ts';
import type { CallEvent } from '../account/call-event.ts';
import type { CloudState } from '../account/cloud-state.ts';
import { OrderedMap } from '../account/ordered-map.ts';
import { emptyOrganization } from '../account/organization-state.ts';
import { isJsonObject } from '../kernel/json.ts';

/** What an emulator keeps, as it stands at a moment. */
export interface SavedState {
  readonly cloud: CloudState;
  /** Whether accounts of other partitions are still as in the beginning, and not empty as after a reset. */
  readonly isInitial: boolean;
  /** The newest last. */
  readonly events: readonly CallEvent[];
}

/**
 * The number of the form that states have. It goes up where a member gets another meaning or form; a member that is new
 * beside those of an account or an organization needs no new number, since it begins as in an empty one.
 */
export const STATE_FORM = 1;

/** A state as JSON text on one line. Maps and what would be taken for them are marked with a member `~`. */
export const printState = (state: SavedState): string => JSON.stringify(state, (_key, value: unknown) => marked(value));

const marked = (value: unknown): unknown => {
  if (value instanceof OrderedMap) return { '~': 'ordered', of: [...value.entriesFrom('')] };
  if (value instanceof Map) return { '~': 'map', of: [...value] };
  return isJsonObject(value) && Object.hasOwn(value, '~') ? { '~': 'object', of: Object.entries(value) } : value;
};

/** The state that a text was printed from; null: it is none. */
export const parseState = (text: string): SavedState | null => {
  const parsed = savedState.safeParse(unmarked(JSON.parse(text)));
  return parsed.success ? withNewMembers(parsed.data) : null;
};

const unmarked = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(unmarked);
  if (!isJsonObject(value)) return value;
  const mark = Object.hasOwn(value, '~') ? value['~'] : undefined;
  if (mark === undefined)
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, unmarked(part)]));
  const entries = entriesSchema.parse(value['of']).map(([name, part]) => [name, unmarked(part)] as const);
  return mark === 'ordered'
    ? OrderedMap.from(entries)
    : mark === 'map'
      ? new Map(entries)
      : Object.fromEntries(entries);
};

const entriesSchema = z.array(z.tuple([z.string(), z.unknown()]));

/** What this program printed under the number of the form is taken at its word. */
const savedState = z.object({
  cloud: z.custom<CloudState>(
    (cloud) =>
      isJsonObject(cloud) &&
      [cloud['accounts'], cloud['organizations'], cloud['memberships']].every(
        (map: unknown) => map instanceof OrderedMap,
      ),
  ),
  isInitial: z.boolean(),
  events: z.array(z.custom<CallEvent>(isJsonObject)),
});

/** The state with what accounts and organizations did not have when it was printed. */
const withNewMembers = (state: SavedState): SavedState => {
  const accounts = [...state.cloud.accounts.entriesFrom('')].map(([key, account]) => {
    const empty = emptyAccount(account, account.root.createDate);
    return [key, { ...empty, ...account, indexes: { ...empty.indexes, ...account.indexes } }] as const;
  });
  const organizations = [...state.cloud.organizations.entriesFrom('')].map(
    ([key, organization]) => [key, { ...emptyOrganization(organization), ...organization }] as const,
  );
  const cloud = {
    ...state.cloud,
    accounts: OrderedMap.from(accounts),
    organizations: OrderedMap.from(organizations),
  };
  return { ...state, cloud };
};
