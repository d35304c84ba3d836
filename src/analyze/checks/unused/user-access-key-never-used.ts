import { daysBetween } from '../../../kernel/time.ts';
import type { AccessKey } from '../../../snapshot/account-snapshot.ts';
import { defineCheck } from '../../define-check.ts';

/** An access key was made some weeks ago and not used since. */
export const userAccessKeyNeverUsed = defineCheck({
  id: 'user-access-key-never-used',
  title: 'IAM user has an active access key that was never used',
  category: 'unused',
  severity: 'low',
  resourceType: 'User',
  reads: ['users'],
  doc: {
    what: 'Whether an active access key that was made at least `afterDays` days ago was never used. From `untilDays` on `user-access-key-unused` tells it, and this check no more.',
    risk: 'A key that was made and never needed lies wherever it was saved.',
    remediation: ['Ask who made the key and what for.', 'Delete it where there is no answer; nothing uses it.'],
    references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html'],
  },
  frameworks: [],
  defaults: { afterDays: 30, untilDays: 45 },

  *run({ users }, { now, options }) {
    for (const { arn, accessKeys } of users) {
      if (!accessKeys.known) {
        yield { subject: { arn }, outcome: 'unknown', gap: accessKeys.gap };
        continue;
      }
      for (const { accessKeyId, createDate, lastUsed } of accessKeys.value.filter(isActive)) {
        const subject = { arn, part: accessKeyId };
        const ageDays = daysBetween(createDate, now);
        const isDue = ageDays >= options.afterDays && ageDays < options.untilDays;
        // A key that is not due passes, whatever its last use.
        if (isDue && !lastUsed.known) yield { subject, outcome: 'unknown', gap: lastUsed.gap };
        else {
          const neverUsed = lastUsed.known && lastUsed.value === null;
          yield { subject, outcome: isDue && neverUsed ? 'fail' : 'pass', evidence: { ageDays } };
        }
      }
    }
  },

  summary: ({ ageDays }, { name, part }) =>
    `Access key ${part} of user ${name} was made ${ageDays} days ago and never used.`,
});

const isActive = ({ status }: AccessKey): boolean => status === 'Active';
