import { denied } from '../../../snapshot/testing/collected-builder.ts';
import { snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { accountQuotaNearlyFull } from './account-quota-nearly-full.ts';

const counting = (counts: Readonly<Record<string, number>>) =>
  snapshot({ accountSummary: new Map(Object.entries(counts)) });

describeCheck(accountQuotaNearlyFull, '2026-01-01T00:00:00Z', {
  fail: [
    ['900 of 1,000 roles', counting({ Roles: 900, RolesQuota: 1000 }), { used: 900, quota: 1000 }],
    ['all of the certificates', counting({ ServerCertificates: 20, ServerCertificatesQuota: 20 })],
  ],
  pass: [
    ['899 of 1,000 roles', counting({ Roles: 899, RolesQuota: 1000 })],
    ['many users, and nobody tells the quota', counting({ Users: 4999 })],
    ['a quota for each user, which counts nothing', counting({ AccessKeysPerUserQuota: 2 })],
  ],
  unknown: [['GetAccountSummary was denied', snapshot({ accountSummary: denied('iam:GetAccountSummary') })]],
});
