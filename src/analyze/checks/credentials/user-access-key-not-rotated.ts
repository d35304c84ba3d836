import { daysBetween } from '../../../kernel/time.ts';
import { defineCheck } from '../../define-check.ts';

/** An active access key is older than the allowed age. */
export const userAccessKeyNotRotated = defineCheck({
  id: 'user-access-key-not-rotated',
  title: 'IAM user has an active access key older than the allowed age',
  category: 'credentials',
  severity: 'medium',
  resourceType: 'User',
  reads: ['users'],
  doc: {
    what: 'Compares the age of every active access key with `maxAgeDays`.',
    risk: 'A leaked long-term key stays usable until somebody notices.',
    remediation: [
      'Where the workload can use a role or IAM Identity Center, move it there and delete the key.',
      'Otherwise create a second key, move the workload to it, deactivate the old key, then delete it.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html'],
  },
  frameworks: [
    'cis-aws-7.0:2.12',
    'cis-aws-6.0:2.13',
    'cis-aws-5.0:1.13',
    'cis-aws-4.0:1.14',
    'cis-aws-3.0:1.14',
    'cis-aws-2.0:1.14',
    'cis-aws-1.5:1.14',
    'cis-aws-1.4:1.14',
    'cis-aws-1.2:1.4',
  ],
  defaults: { maxAgeDays: 90 },

  *run({ users }, { now, options }) {
    for (const { arn, accessKeys } of users) {
      if (!accessKeys.known) {
        yield { subject: { arn }, outcome: 'unknown', gap: accessKeys.gap };
        continue;
      }
      for (const key of accessKeys.value) {
        if (key.status !== 'Active') continue;
        const ageDays = daysBetween(key.createDate, now);
        yield {
          subject: { arn, part: key.accessKeyId },
          outcome: ageDays > options.maxAgeDays ? 'fail' : 'pass',
          evidence: { createDate: key.createDate, ageDays },
        };
      }
    }
  },

  summary: ({ ageDays }, { name, part }) => `Access key ${part} of user ${name} is ${ageDays} days old.`,
});
