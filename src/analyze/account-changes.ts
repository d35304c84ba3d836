import type { Principal } from '../access/account-access.ts';
import { type AccountChange, CHANGE_KINDS, type NotCompared } from '../finding/account-change.ts';
import { compareText } from '../kernel/compare-text.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import { accountPartChanges } from './changes/account-part-changes.ts';
import type { Change } from './changes/entity-changes.ts';
import { listedChanges } from './changes/listed-changes.ts';
import { partsNotCompared } from './changes/not-compared.ts';
import { type ChangeTools, idOf, type PermissionChanges, permissionChanges } from './changes/permission-changes.ts';

/** What of an account is not as it was, and of what that is not known. */
export interface AccountChanges {
  /** By kind, subject and part; who made them is not known yet. */
  readonly changes: readonly AccountChange[];
  readonly notCompared: readonly NotCompared[];
}

/**
 * Compares an account with what it was at an earlier audit. Told is only what both could read: what one of them could not is
 * neither created nor deleted, but not compared. An entity is the same by its unique id: deleted and made anew it is both.
 */
export const accountChanges = (before: AccountSnapshot, after: AccountSnapshot, tools: ChangeTools): AccountChanges => {
  const permissions = permissionChanges(before, after, tools);
  const others = [...listedChanges(before, after), ...accountPartChanges(before, after)];
  return {
    changes: withPermissions(others, permissions)
      .map((change) => ({ accountId: after.accountId, ...change, by: [] }))
      .sort(compareChanges),
    notCompared: [...partsNotCompared(before, after), ...permissions.notCompared],
  };
};

/** Of who came or went, the permissions stand with that. */
const withPermissions = (
  changes: readonly Change[],
  { changes: permissions }: PermissionChanges,
): readonly Change[] => {
  const byId = new Map(permissions.map(([principal, change]) => [idOf(principal), change]));
  const told = new Set<string>();
  const others = changes.map((change) => {
    const found = isComingOrGoing(change) ? byId.get(change.subject.id) : undefined;
    if (found === undefined) return change;
    told.add(change.subject.id);
    return { ...change, permissions: found };
  });
  const rest = permissions.filter(([principal]) => !told.has(idOf(principal)));
  return [
    ...others,
    ...rest.map(
      ([principal, found]): Change => ({
        kind: 'permissions',
        subject: { arn: principal.arn, type: typeOf(principal), id: idOf(principal), part: null },
        before: null,
        after: null,
        permissions: found,
      }),
    ),
  ];
};

const isComingOrGoing = ({ kind, subject: { type } }: Change): boolean =>
  (kind === 'created' || kind === 'deleted') && (type === 'User' || type === 'Role');

const typeOf = (principal: Principal): 'User' | 'Role' | 'RootUser' => {
  if ('userName' in principal) return 'User';
  return 'roleName' in principal ? 'Role' : 'RootUser';
};

const compareChanges = (one: AccountChange, other: AccountChange): number =>
  CHANGE_KINDS.indexOf(one.kind) - CHANGE_KINDS.indexOf(other.kind) ||
  compareText(one.subject.arn, other.subject.arn) ||
  compareText(one.subject.part ?? '', other.subject.part ?? '') ||
  compareText(one.subject.id, other.subject.id);
