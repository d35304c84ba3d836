import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import type { AccountAccess } from './account-access.ts';
import type { ResourceSide } from './across-accounts.ts';
import type { AdmittedOutsider } from './outside-access.ts';

/** An account that was read, be it together with others. */
export interface ReadAccount {
  readonly snapshot: AccountSnapshot;
  readonly access: AccountAccess;
}

/** Whose policies decide about a principal and a resource. */
export type AskedSides =
  /** Those of one account, as far as anybody can tell who read no other. */
  | { readonly kind: 'own' }
  | { readonly kind: 'both'; readonly principal: string; readonly theirs: ResourceSide }
  /** Those of the principal's account, though the resource is another's. `owner` null: nobody knows whose it is. */
  | { readonly kind: 'principal'; readonly owner: string | null; readonly isOwnerRead: boolean };

/** Finds whose policies decide, where accounts were read together: those of the resource's too where they are known. */
export const askedSides = (
  { snapshot: { accountId } }: ReadAccount,
  accounts: readonly ReadAccount[],
  { action, resource }: { readonly action: string; readonly resource: string },
): AskedSides => {
  if (resource === '*' || isOfAws(resource)) return OWN;
  if (accounts.every(({ snapshot }) => snapshot.accountId === accountId)) return OWN;
  const [owner = null] = accounts.flatMap(({ access }) => access.ownerOf(resource) ?? []);
  if (owner === accountId) return OWN;
  const owners = accounts.filter(({ snapshot }) => snapshot.accountId === owner);
  const [theirs] = owners.flatMap(({ access }) => access.resourceSide(action, resource) ?? []);
  return theirs === undefined
    ? { kind: 'principal', owner, isOwnerRead: owners.length > 0 }
    : { kind: 'both', principal: accountId, theirs };
};

const OWN: AskedSides = { kind: 'own' };

/** Managed policies of AWS are there for every account. */
const isOfAws = (resource: string): boolean => resource.split(':', 5)[4] === 'aws';

/** What the account of the resource says, where it is asked. */
export const theirsOf = (sides: AskedSides): ResourceSide | null => (sides.kind === 'both' ? sides.theirs : null);

/** Outsiders without the users, roles and root users of accounts that were read, who are asked one by one. */
export const withoutAsked = <T extends Pick<AdmittedOutsider, 'outsider'>>(
  outsiders: readonly T[],
  accounts: readonly ReadAccount[],
): readonly T[] =>
  outsiders.filter(
    ({ outsider }) =>
      outsider.kind !== 'principal' || !accounts.some(({ snapshot }) => principalArns(snapshot).has(outsider.arn)),
  );

const arnsOf = new WeakMap<AccountSnapshot, ReadonlySet<string>>();

const principalArns = (snapshot: AccountSnapshot): ReadonlySet<string> => {
  const { root, users, roles } = snapshot;
  const arns = arnsOf.get(snapshot) ?? new Set([root, ...users, ...roles].map(({ arn }) => arn));
  arnsOf.set(snapshot, arns);
  return arns;
};
