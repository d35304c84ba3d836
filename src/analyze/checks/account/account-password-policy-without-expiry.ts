import { iamArn } from '../../../iam/arn.ts';
import { defineCheck } from '../../define-check.ts';

/** Passwords of the account never expire, or too late. */
export const accountPasswordPolicyWithoutExpiry = defineCheck({
  id: 'account-password-policy-without-expiry',
  title: 'Account password policy lets passwords live on',
  category: 'account',
  severity: 'info',
  resourceType: 'Account',
  reads: ['passwordPolicy'],
  doc: {
    what: 'Whether the password policy makes passwords expire within `maxAgeDays` days, as older benchmarks and PCI DSS (for passwords without MFA) want it. An account without any policy is left to `account-password-policy-weak`.',
    risk: 'A password that leaked works until its user happens to change it.',
    remediation: [
      'Have MFA on every user instead; where a standard asks for expiry, set it in the password policy (`--max-password-age`).',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html'],
  },
  frameworks: ['cis-aws-1.2:1.11'],
  defaults: { maxAgeDays: 90 },

  *run({ partition, accountId, passwordPolicy }, { options }) {
    const arn = iamArn(partition, accountId, 'root');
    if (!passwordPolicy.known) {
      yield { subject: { arn }, outcome: 'unknown', gap: passwordPolicy.gap };
      return;
    }
    if (passwordPolicy.value === null) return;
    const { maxPasswordAge } = passwordPolicy.value;
    yield {
      subject: { arn },
      outcome: maxPasswordAge === null || maxPasswordAge > options.maxAgeDays ? 'fail' : 'pass',
      evidence: { maxPasswordAge },
    };
  },

  summary: ({ maxPasswordAge }) =>
    maxPasswordAge === null ? 'Passwords never expire.' : `Passwords expire after ${maxPasswordAge} days.`,
});
