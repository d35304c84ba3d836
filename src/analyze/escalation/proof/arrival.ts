import { createAccountAccess } from '../../../access/account-access.ts';
import type { Extent } from '../../../access/grants-everything.ts';
import { accountToDetails } from '../../../account/account-documents.ts';
import { type AccountState, nameKey } from '../../../account/account-state.ts';
import { OrderedMap } from '../../../account/ordered-map.ts';
import { friendlyName } from '../../../iam/arn.ts';
import type { Instant } from '../../../kernel/time.ts';
import type { PolicyDocument } from '../../../policy/policy-document.ts';
import type { ServiceReference } from '../../../reference/service-reference.ts';
import type { AccountSnapshot } from '../../../snapshot/account-snapshot.ts';
import { assembleSnapshot } from '../../../snapshot/assemble-snapshot.ts';

/** What an account is read with after a replay. */
export interface Reading {
  readonly reference: ServiceReference;
  readonly now: Instant;
  readonly intern: (raw: unknown) => PolicyDocument;
  /** What limits the account from above, as the replay left it. */
  readonly organization: AccountSnapshot['organization'];
}

/** Whether a principal of an account is administrator: allowed every action on every resource. */
export const isAdministratorIn = (state: AccountState, principal: string, reading: Reading): Extent => {
  if (principal.endsWith(':root')) return 'yes';
  const assembled = assembleSnapshot(accountToDetails(only(state, principal), reading.now), reading.intern);
  if (!assembled.ok) return 'no';
  const snapshot = { ...assembled.value, organization: reading.organization };
  const found = [...snapshot.users, ...snapshot.roles].find(({ arn }) => arn === principal);
  return found === undefined ? 'no' : createAccountAccess(snapshot, reading.reference, reading.now).unlimited(found);
};

/** The account with nobody but one principal and its groups, so that reading it costs what one principal costs. */
const only = (state: AccountState, principal: string): AccountState => {
  const name = nameKey(friendlyName(principal));
  const user = principal.includes(':user/') ? state.users.get(name) : undefined;
  const role = principal.includes(':role/') ? state.roles.get(name) : undefined;
  const groups = (user?.groups ?? []).flatMap((group) => state.groups.get(nameKey(group)) ?? []);
  const holders = [user, role, ...groups].filter((holder) => holder !== undefined);
  const held = new Set(
    holders.flatMap((holder) => [...holder.attachedPolicies, boundaryOf(holder)]).filter((arn) => arn !== null),
  );
  const { policyUses } = state.indexes;
  const uses = [...held].flatMap((arn) => [...policyUses.entriesWithPrefix(`${arn}\0`)]);
  return {
    ...state,
    users: OrderedMap.from(user === undefined ? [] : [[name, user] as const]),
    roles: OrderedMap.from(role === undefined ? [] : [[name, role] as const]),
    groups: OrderedMap.from(groups.map((group) => [nameKey(group.groupName), group] as const)),
    policies: OrderedMap.from(heldPolicies(state, held)),
    indexes: { ...state.indexes, policyUses: OrderedMap.from(uses) },
  };
};

const boundaryOf = (holder: object): string | null =>
  'permissionsBoundary' in holder && typeof holder.permissionsBoundary === 'string' ? holder.permissionsBoundary : null;

function* heldPolicies({ policies }: AccountState, held: ReadonlySet<string>) {
  for (const arn of held) {
    const name = nameKey(friendlyName(arn));
    const policy = policies.get(name);
    if (policy !== undefined) yield [name, policy] as const;
  }
}
