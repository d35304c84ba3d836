import { iamArn } from '../../../iam/arn.ts';
import { defineCheck } from '../../define-check.ts';

/** The account's password policy leaves out kinds of characters. */
export const accountPasswordPolicyWithoutCharacterRules = defineCheck({
  id: 'account-password-policy-without-character-rules',
  title: 'Account password policy does not ask for each kind of character',
  category: 'account',
  severity: 'info',
  resourceType: 'Account',
  reads: ['passwordPolicy'],
  doc: {
    what: 'Whether the password policy asks for upper case, lower case, digits and symbols, as older benchmarks and PCI DSS want it; newer ones rely on length. An account without any policy is left to `account-password-policy-weak`.',
    risk: 'Passwords of one kind of character are guessed sooner where they are short.',
    remediation: [
      'Ask for each kind of character in the password policy (`aws iam update-account-password-policy`), if a standard that you follow wants it.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html'],
  },
  frameworks: ['cis-aws-1.2:1.5', 'cis-aws-1.2:1.6', 'cis-aws-1.2:1.7', 'cis-aws-1.2:1.8'],
  defaults: {},

  *run({ partition, accountId, passwordPolicy }) {
    const arn = iamArn(partition, accountId, 'root');
    if (!passwordPolicy.known) {
      yield { subject: { arn }, outcome: 'unknown', gap: passwordPolicy.gap };
      return;
    }
    const policy = passwordPolicy.value;
    if (policy === null) return;
    const missing = CHARACTER_RULES.filter((rule) => !policy[rule]);
    yield { subject: { arn }, outcome: missing.length > 0 ? 'fail' : 'pass', evidence: { missing } };
  },

  summary: ({ missing }) => `The password policy leaves out ${missing.length} of the four kinds of characters.`,
});

const CHARACTER_RULES = [
  'requireUppercaseCharacters',
  'requireLowercaseCharacters',
  'requireSymbols',
  'requireNumbers',
] as const;
