import { iamArn } from '../../../iam/arn.ts';
import { defineCheck } from '../../define-check.ts';

/** The account's password policy is absent or lets weak passwords through. */
export const accountPasswordPolicyWeak = defineCheck({
  id: 'account-password-policy-weak',
  title: 'Account password policy is absent or weak',
  category: 'account',
  severity: 'medium',
  resourceType: 'Account',
  reads: ['passwordPolicy'],
  doc: {
    what: 'Whether the password policy asks for `minimumLength` characters and forbids the last `reusePrevention` passwords. An account without a policy has neither.',
    risk: 'Users choose short passwords, and return to ones that have leaked.',
    remediation: [
      'Set a password policy with a minimum length of 14 and a reuse prevention of 24 (`aws iam update-account-password-policy`).',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html'],
  },
  frameworks: [
    'cis-aws-7.0:2.8',
    'cis-aws-7.0:2.9',
    'cis-aws-6.0:2.7',
    'cis-aws-6.0:2.8',
    'cis-aws-5.0:1.7',
    'cis-aws-5.0:1.8',
    'cis-aws-4.0:1.8',
    'cis-aws-4.0:1.9',
    'cis-aws-3.0:1.8',
    'cis-aws-3.0:1.9',
    'cis-aws-2.0:1.8',
    'cis-aws-2.0:1.9',
    'cis-aws-1.5:1.8',
    'cis-aws-1.5:1.9',
    'cis-aws-1.4:1.8',
    'cis-aws-1.4:1.9',
    'cis-aws-1.2:1.5',
    'cis-aws-1.2:1.6',
    'cis-aws-1.2:1.7',
    'cis-aws-1.2:1.8',
    'cis-aws-1.2:1.9',
    'cis-aws-1.2:1.10',
    'cis-aws-1.2:1.11',
  ],
  defaults: { minimumLength: 14, reusePrevention: 24 },

  *run({ partition, accountId, passwordPolicy }, { options }) {
    const subject = { arn: iamArn(partition, accountId, 'root') };
    if (!passwordPolicy.known) {
      yield { subject, outcome: 'unknown', gap: passwordPolicy.gap };
      return;
    }
    const policy = passwordPolicy.value;
    const weaknesses = [
      ...((policy?.minimumPasswordLength ?? 0) < options.minimumLength ? ['minimumPasswordLength'] : []),
      ...((policy?.passwordReusePrevention ?? 0) < options.reusePrevention ? ['passwordReusePrevention'] : []),
    ];
    yield {
      subject,
      outcome: weaknesses.length > 0 ? 'fail' : 'pass',
      evidence: {
        present: policy !== null,
        minimumPasswordLength: policy?.minimumPasswordLength ?? null,
        passwordReusePrevention: policy?.passwordReusePrevention ?? null,
        weaknesses,
      },
    };
  },

  summary: ({ present, minimumPasswordLength, passwordReusePrevention }) =>
    present
      ? `The password policy asks for ${minimumPasswordLength} characters and forbids the last ${passwordReusePrevention ?? 0} passwords.`
      : 'The account has no password policy of its own.',
});
