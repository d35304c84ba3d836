import { describeCheck } from '../../testing/describe-check.ts';
import { delegating, UNREAD_ORGANIZATION, UNTOLD } from '../../testing/organization-accounts.ts';
import { organizationWithoutDelegatedAdministrator } from './organization-without-delegated-administrator.ts';

const SECURITY = { accountId: '222222222222', name: 'security', services: ['guardduty.amazonaws.com'] };

describeCheck(organizationWithoutDelegatedAdministrator, '2026-01-01T00:00:00Z', {
  fail: [['there is none', delegating([]), { organization: 'o-abcde12345', administrators: [] }]],
  pass: [['an account for security', delegating([SECURITY]), { administrators: [SECURITY] }], ...UNTOLD],
  unknown: [UNREAD_ORGANIZATION],
});
