import { denied } from '../../../snapshot/testing/collected-builder.ts';
import { permissionSet } from '../../../snapshot/testing/identity-center-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { having, SILENT, UNREAD } from '../../testing/permission-set-accounts.ts';
import { permissionSetSessionTooLong } from './permission-set-session-too-long.ts';

const lasting = (sessionHours: number) => having([permissionSet('Ops', { sessionHours })]);

describeCheck(permissionSetSessionTooLong, '2026-01-01T00:00:00Z', {
  fail: [
    ['twelve hours, the most there is', lasting(12), { permissionSet: 'Ops', sessionHours: 12 }],
    ['eight and a half', lasting(8.5), { sessionHours: 8.5 }],
  ],
  pass: [['one hour', lasting(1)], ['exactly eight', lasting(8)], ...SILENT],
  unknown: [
    ...UNREAD,
    [
      'nobody told how long',
      having([{ ...permissionSet('Ops'), sessionSeconds: denied('sso:DescribePermissionSet', 'identity-center') }]),
    ],
  ],
});
