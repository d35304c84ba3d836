import { denied } from '../../../snapshot/testing/collected-builder.ts';
import { passwordPolicy } from '../../../snapshot/testing/credential-builder.ts';
import { snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { accountPasswordPolicyWithoutExpiry } from './account-password-policy-without-expiry.ts';

const expiring = (maxPasswordAge: number | null) => snapshot({ passwordPolicy: passwordPolicy({ maxPasswordAge }) });

describeCheck(accountPasswordPolicyWithoutExpiry, '2026-01-01T00:00:00Z', {
  fail: [
    ['passwords never expire', expiring(null), { maxPasswordAge: null }],
    ['passwords expire after 91 days', expiring(91), { maxPasswordAge: 91 }],
  ],
  pass: [
    ['passwords expire after 90 days', expiring(90)],
    ['no policy at all, which another check tells', snapshot({ passwordPolicy: null })],
  ],
  unknown: [
    ['GetAccountPasswordPolicy was denied', snapshot({ passwordPolicy: denied('iam:GetAccountPasswordPolicy') })],
  ],
});
