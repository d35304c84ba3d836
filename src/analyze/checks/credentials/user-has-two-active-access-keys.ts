import { daysBetween } from '../../../kernel/time.ts';
import { defineCheck } from '../../define-check.ts';

/** A user has more than one active access key for longer than a rotation takes. */
export const userHasTwoActiveAccessKeys = defineCheck({
  id: 'user-has-two-active-access-keys',
  title: 'IAM user has two active access keys',
  category: 'credentials',
  severity: 'low',
  resourceType: 'User',
  reads: ['users'],
  doc: {
    what: 'Whether a user has more than one active access key, once the newest is older than `rotationDays`: before that, a rotation is under way.',
    risk: 'Each further key is one more to leak, and a rotation that was never finished.',
    remediation: ['Move what uses the older key to the newer one.', 'Deactivate the older key, then delete it.'],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id-credentials-access-keys-update.html'],
  },
  // CIS AWS 6.0 still had the control (2.12); 7.0 dropped it.
  frameworks: [
    'cis-aws-6.0:2.12',
    'cis-aws-5.0:1.12',
    'cis-aws-4.0:1.13',
    'cis-aws-3.0:1.13',
    'cis-aws-2.0:1.13',
    'cis-aws-1.5:1.13',
    'cis-aws-1.4:1.13',
  ],
  defaults: { rotationDays: 7 },

  *run({ users }, { now, options }) {
    for (const { arn, accessKeys } of users) {
      if (!accessKeys.known) {
        yield { subject: { arn }, outcome: 'unknown', gap: accessKeys.gap };
        continue;
      }
      const active = accessKeys.value.filter(({ status }) => status === 'Active');
      const newestAgeDays = Math.min(...active.map(({ createDate }) => daysBetween(createDate, now)));
      yield {
        subject: { arn },
        outcome: active.length > 1 && newestAgeDays > options.rotationDays ? 'fail' : 'pass',
        evidence: {
          accessKeys: active.map(({ accessKeyId, createDate }) => ({
            accessKeyId,
            ageDays: daysBetween(createDate, now),
          })),
        },
      };
    }
  },

  summary: ({ accessKeys }, { name }) => `User ${name} has ${accessKeys.length} active access keys.`,
});
