import { denied } from '../../../snapshot/testing/collected-builder.ts';
import { identityCenter, permissionSet } from '../../../snapshot/testing/identity-center-builder.ts';
import { snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { assignedTo, having, SILENT, UNREAD, unreadAssignments } from '../../testing/permission-set-accounts.ts';
import { permissionSetAssignedToNobody } from './permission-set-assigned-to-nobody.ts';

const assignedSet = (...who: readonly string[]) => having([permissionSet('Ops', { assignments: assignedTo(...who) })]);

describeCheck(permissionSetAssignedToNobody, '2026-01-01T00:00:00Z', {
  fail: [
    ['without assignments', assignedSet(), { permissionSet: 'Ops', assignments: 0 }],
    ['to a group that nobody is in', assignedSet('group:empty'), { assignments: 1, accounts: 1 }],
    ['to a user and a group that were deleted', assignedSet('user:gone', 'group:gone')],
  ],
  pass: [
    ['to a user', assignedSet('user:ann')],
    ['to a group with members', assignedSet('group:operators')],
    [
      'to a group whose members nobody could read',
      snapshot({
        identityCenter: identityCenter({
          permissionSets: [permissionSet('Ops', { assignments: assignedTo('group:operators') })],
          groups: { operators: ['Operators', denied('identitystore:ListGroupMemberships', 'identity-center')] },
        }),
      }),
    ],
    [
      'in an account whose assignments nobody could read',
      having([permissionSet('Ops', { assignments: [], unreadAccounts: ['222222222222'] })]),
    ],
    ...SILENT,
  ],
  unknown: [...UNREAD, ['its assignments were not read', having([unreadAssignments])]],
});
