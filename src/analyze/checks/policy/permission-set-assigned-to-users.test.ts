import { permissionSet } from '../../../snapshot/testing/identity-center-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { assignedTo, having, SILENT, UNREAD, unreadAssignments } from '../../testing/permission-set-accounts.ts';
import { permissionSetAssignedToUsers } from './permission-set-assigned-to-users.ts';

const assignedSet = (...who: readonly string[]) => having([permissionSet('Ops', { assignments: assignedTo(...who) })]);

describeCheck(permissionSetAssignedToUsers, '2026-01-01T00:00:00Z', {
  fail: [
    [
      'a single user',
      assignedSet('user:ann'),
      { permissionSet: 'Ops', count: 1, users: ['Ann Example (ann)'], accounts: 1 },
    ],
    ['two of them beside a group', assignedSet('user:ann', 'user:bob', 'group:operators'), { count: 2 }],
  ],
  pass: [['a group alone', assignedSet('group:operators')], ['nobody', assignedSet()], ...SILENT],
  unknown: [...UNREAD, ['its assignments were not read', having([unreadAssignments])]],
});
