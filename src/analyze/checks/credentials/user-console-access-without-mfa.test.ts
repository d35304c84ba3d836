import { denied } from '../../../snapshot/testing/collected-builder.ts';
import { noMfa, password, virtualMfa } from '../../../snapshot/testing/credential-builder.ts';
import { snapshot, type UserParts, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { userConsoleAccessWithoutMfa } from './user-console-access-without-mfa.ts';

const alice = (parts: UserParts) => snapshot({ users: [user('alice', parts)] });
const noReport = denied('iam:GetCredentialReport');

describeCheck(userConsoleAccessWithoutMfa, '2026-01-01T00:00:00Z', {
  fail: [
    [
      'a password and no MFA',
      alice({ password: password({ lastUsed: '2025-12-01T00:00:00Z' }), mfa: noMfa() }),
      { passwordLastUsed: '2025-12-01T00:00:00Z' },
    ],
    ['a password that was never used', alice({ password: password(), mfa: noMfa() }), { passwordLastUsed: null }],
  ],
  pass: [
    ['a password and MFA', alice({ password: password(), mfa: virtualMfa() })],
    ['no password, so nothing to guard', alice({ password: password({ enabled: false }), mfa: noMfa() })],
    ['no password, MFA unknown', alice({ password: password({ enabled: false }), mfa: noReport })],
    ['MFA, password unknown', alice({ password: noReport, mfa: virtualMfa() })],
  ],
  unknown: [
    ['a password, and MFA could not be read', alice({ password: password(), mfa: noReport })],
    ['no MFA, and the password could not be read', alice({ password: noReport, mfa: noMfa() })],
  ],
});
