import { defineCheck } from '../../define-check.ts';

/** A user signs in to the console with a password alone. */
export const userConsoleAccessWithoutMfa = defineCheck({
  id: 'user-console-access-without-mfa',
  title: 'IAM user has a console password and no MFA',
  category: 'credentials',
  severity: 'high',
  resourceType: 'User',
  reads: ['users'],
  doc: {
    what: 'Whether every user with an enabled console password has an active MFA device.',
    risk: 'A guessed, reused or phished password is enough to sign in as the user.',
    remediation: [
      'Have the user register an MFA device, best a passkey or security key.',
      'Where the user never signs in to the console, delete the password (`aws iam delete-login-profile`).',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html'],
  },
  frameworks: [
    'cis-aws-7.0:2.10',
    'cis-aws-6.0:2.9',
    'cis-aws-5.0:1.9',
    'cis-aws-4.0:1.10',
    'cis-aws-3.0:1.10',
    'cis-aws-2.0:1.10',
    'cis-aws-1.5:1.10',
    'cis-aws-1.4:1.10',
    'cis-aws-1.2:1.2',
  ],
  defaults: {},

  *run({ users }) {
    for (const { arn, password, mfa } of users) {
      const subject = { arn };
      // Either fact alone settles it: no password needs no MFA, and active MFA guards any password.
      const safe = (password.known && !password.value.enabled) || (mfa.known && mfa.value.active);
      if (!safe && !password.known) yield { subject, outcome: 'unknown', gap: password.gap };
      else if (!safe && !mfa.known) yield { subject, outcome: 'unknown', gap: mfa.gap };
      else {
        const passwordLastUsed = password.known ? password.value.lastUsed : null;
        yield { subject, outcome: safe ? 'pass' : 'fail', evidence: { passwordLastUsed } };
      }
    }
  },

  summary: (_, { name }) => `User ${name} signs in to the console with a password alone.`,
});
