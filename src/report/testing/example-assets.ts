import type { CheckRule, MachineAssets } from '../machine/machine-assets.ts';

const rule = (differing: Pick<CheckRule, 'checkId' | 'category' | 'severity'> & Partial<CheckRule>): CheckRule => ({
  title: 'IAM user has an active access key older than the allowed age',
  what: 'Compares the age of every active access key with `maxAgeDays`.',
  risk: 'A leaked long-term key stays usable until somebody notices.',
  remediation: ['Create a second key and move the workload to it.', 'Deactivate the old key, then delete it.'],
  references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html'],
  options: { maxAgeDays: 90 },
  frameworks: [],
  ...differing,
});

/** What the program knows of some of the checks of the example; one broke, and one has findings and is no more. */
export const exampleAssets: MachineAssets = {
  rules: [
    rule({
      checkId: 'principal-escalates',
      category: 'escalation',
      severity: 'critical',
      title: 'Principal can become administrator',
      frameworks: ['cis-aws-7.0:2.12'],
      options: {},
    }),
    rule({ checkId: 'role-trusts-any-principal', category: 'external', severity: 'high', options: {} }),
    rule({
      checkId: 'root-user-without-mfa',
      category: 'credentials',
      severity: 'critical',
      title: 'Root user has no MFA device',
      frameworks: ['cis-aws-7.0:1.4', 'cis-aws-7.0:1.5'],
      options: {},
    }),
    rule({ checkId: 'user-access-key-not-rotated', category: 'credentials', severity: 'medium' }),
    rule({ checkId: 'user-broken-check', category: 'policy', severity: 'low' }),
    rule({ checkId: 'user-in-order', category: 'policy', severity: 'low' }),
    rule({ checkId: 'user-without-mfa', category: 'credentials', severity: 'high' }),
  ],
  controls: [
    {
      accountId: '123456789012',
      framework: 'cis-aws-7.0',
      control: '1.5',
      title: 'The root user has MFA',
      assessment: 'automated',
      status: 'fail',
      failed: 1,
      passed: 0,
      unknown: 0,
      checks: ['root-user-without-mfa'],
    },
  ],
  judged: new Map([
    [
      '123456789012',
      new Set([
        'principal-escalates',
        'role-trusts-any-principal',
        'root-user-without-mfa',
        'user-access-key-not-rotated',
        'user-in-order',
        'user-without-mfa',
      ]),
    ],
  ]),
};
