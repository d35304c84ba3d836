import { daysBetween } from '../../../kernel/time.ts';
import { defineCheck } from '../../define-check.ts';

/** The root user was used lately. */
export const rootUserUsedRecently = defineCheck({
  id: 'root-user-used-recently',
  title: 'Root user was used recently',
  category: 'credentials',
  severity: 'medium',
  resourceType: 'RootUser',
  reads: ['root'],
  doc: {
    what: 'Whether the password or a key of the root user was used within the last `withinDays` days.',
    risk: 'Daily work as the root user has no limits and leaves no person behind it; unexpected use may be an intruder.',
    remediation: [
      'Find out from CloudTrail who signed in as the root user and what for.',
      'Give that work a role; keep the root user for the few tasks that need it.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-tasks.html'],
  },
  frameworks: [
    'cis-aws-7.0:2.7',
    'cis-aws-6.0:2.6',
    'cis-aws-5.0:1.6',
    'cis-aws-4.0:1.7',
    'cis-aws-3.0:1.7',
    'cis-aws-2.0:1.7',
    'cis-aws-1.5:1.7',
    'cis-aws-1.4:1.7',
    'cis-aws-1.2:1.1',
  ],
  defaults: { withinDays: 30 },

  *run({ root: { arn, lastUsed } }, { now, options }) {
    if (!lastUsed.known) {
      yield { subject: { arn }, outcome: 'unknown', gap: lastUsed.gap };
      return;
    }
    const daysSinceUse = lastUsed.value === null ? null : daysBetween(lastUsed.value, now);
    yield {
      subject: { arn },
      outcome: daysSinceUse !== null && daysSinceUse <= options.withinDays ? 'fail' : 'pass',
      evidence: { lastUsed: lastUsed.value, daysSinceUse },
    };
  },

  summary: ({ daysSinceUse }) => `The root user was last used ${daysSinceUse} days ago.`,
});
