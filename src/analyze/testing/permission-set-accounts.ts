import type { AccountSnapshot } from '../../snapshot/account-snapshot.ts';
import type { Assignment, PermissionSet } from '../../snapshot/identity-center.ts';
import { denied, skipped } from '../../snapshot/testing/collected-builder.ts';
import { assigned, identityCenter, permissionSet } from '../../snapshot/testing/identity-center-builder.ts';
import { type SnapshotParts, snapshot } from '../../snapshot/testing/snapshot-builder.ts';

/** A member account that permission sets are assigned in. */
const MEMBER = '222222222222';

/** Assignments in the member account: `user:ann`, `group:operators`. */
export const assignedTo = (...who: readonly string[]): readonly Assignment[] =>
  who.map((each) => {
    const [type = '', id = ''] = each.split(':');
    return assigned(MEMBER, type === 'user' ? 'USER' : 'GROUP', id);
  });

/** An account that is told of permission sets; of the users ann and bob, the groups operators (both), and empty. */
export const having = (sets: readonly PermissionSet[], parts: SnapshotParts = {}): AccountSnapshot =>
  snapshot({
    identityCenter: identityCenter({
      permissionSets: sets,
      users: { ann: ['ann', 'Ann Example'], bob: ['bob'] },
      groups: { operators: ['Operators', ['ann', 'bob']], empty: ['Empty', []] },
    }),
    ...parts,
  });

/** Accounts of which every check of permission sets has nothing to say. */
export const SILENT: readonly (readonly [string, AccountSnapshot])[] = [
  ['a member account, which is told of none', snapshot({ alias: 'member', identityCenter: null })],
  ['nobody looked', snapshot({ identityCenter: skipped('identity-center') })],
  ['an Identity Center without permission sets', having([])],
];

/** Accounts in which every check of permission sets cannot judge. */
export const UNREAD: readonly [readonly [string, AccountSnapshot], readonly [string, AccountSnapshot]] = [
  ['ListInstances was denied', snapshot({ identityCenter: denied('sso:ListInstances', 'identity-center') })],
  [
    'ListPermissionSets was denied',
    snapshot({
      identityCenter: {
        ...identityCenter(),
        permissionSets: denied('sso:ListPermissionSets', 'identity-center'),
      },
    }),
  ],
];

/** A permission set whose assignments could not be read. */
export const unreadAssignments: PermissionSet = permissionSet('Unread', {
  assignments: denied('sso:ListAccountsForProvisionedPermissionSet', 'identity-center'),
});
