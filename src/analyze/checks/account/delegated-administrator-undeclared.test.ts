import { describeCheck } from '../../testing/describe-check.ts';
import { delegating, UNREAD_ORGANIZATION, UNTOLD } from '../../testing/organization-accounts.ts';
import { delegatedAdministratorUndeclared } from './delegated-administrator-undeclared.ts';

const administrator = (accountId: string, ...services: readonly string[]) =>
  delegating([{ accountId, name: 'identity', services }]);

describeCheck(
  delegatedAdministratorUndeclared,
  '2026-01-01T00:00:00Z',
  {
    fail: [
      [
        'of Identity Center',
        administrator('222222222222', 'guardduty.amazonaws.com', 'sso.amazonaws.com'),
        { administrator: '222222222222', ruling: ['sso.amazonaws.com'] },
      ],
      ['of root access', administrator('222222222222', 'iam.amazonaws.com')],
      ['of StackSets', administrator('222222222222', 'member.org.stacksets.cloudformation.amazonaws.com')],
    ],
    pass: [
      ['of services that only look', administrator('222222222222', 'guardduty.amazonaws.com')],
      ['an account that is declared', administrator('555555555555', 'sso.amazonaws.com')],
      ['nobody', delegating([])],
      ...UNTOLD,
    ],
    unknown: [UNREAD_ORGANIZATION],
  },
  { trustedAccounts: [{ id: '555555555555', name: 'identity', owner: 'platform', expires: null }] },
);
