import { daysBetween, type Instant } from '../../../kernel/time.ts';
import type { LastUse } from '../../../snapshot/account-snapshot.ts';
import type { Collected } from '../../../snapshot/collected.ts';
import { defineCheck } from '../../define-check.ts';

/** An active access key has not been used for long. */
export const userAccessKeyUnused = defineCheck({
  id: 'user-access-key-unused',
  title: 'IAM user has an active access key that nobody uses',
  category: 'unused',
  severity: 'medium',
  resourceType: 'User',
  reads: ['users'],
  doc: {
    what: 'Days since the last use of every active access key, or since its creation where it was never used, against `unusedDays`.',
    risk: 'A key that nobody uses is a key whose theft nobody notices.',
    remediation: ['Deactivate the key.', 'When nothing has broken for some weeks, delete it.'],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_finding-unused.html',
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html',
    ],
  },
  frameworks: [
    'cis-aws-7.0:2.11',
    'cis-aws-6.0:2.11',
    'cis-aws-5.0:1.11',
    'cis-aws-4.0:1.12',
    'cis-aws-3.0:1.12',
    'cis-aws-2.0:1.12',
    'cis-aws-1.5:1.12',
    'cis-aws-1.4:1.12',
    'cis-aws-1.2:1.3',
  ],
  defaults: { unusedDays: 45 },

  *run({ users }, { now, options }) {
    for (const { arn, accessKeys } of users) {
      if (!accessKeys.known) {
        yield { subject: { arn }, outcome: 'unknown', gap: accessKeys.gap };
        continue;
      }
      for (const { accessKeyId, status, createDate, lastUsed } of accessKeys.value) {
        if (status !== 'Active') continue;
        const subject = { arn, part: accessKeyId };
        const ageDays = daysBetween(createDate, now);
        // A key younger than the threshold cannot have been idle for longer, whatever its last use.
        if (!lastUsed.known && ageDays >= options.unusedDays) {
          yield { subject, outcome: 'unknown', gap: lastUsed.gap };
          continue;
        }
        const lastUsedDate = useDate(lastUsed);
        const idleDays = lastUsedDate === null ? ageDays : daysBetween(lastUsedDate, now);
        yield {
          subject,
          outcome: idleDays >= options.unusedDays ? 'fail' : 'pass',
          evidence: { lastUsed: lastUsedDate, idleDays, ageDays },
        };
      }
    }
  },

  summary: ({ lastUsed, idleDays }, { name, part }) =>
    lastUsed === null
      ? `Access key ${part} of user ${name} was never used in the ${idleDays} days since it was made.`
      : `Access key ${part} of user ${name} was last used ${idleDays} days ago.`,
});

const useDate = (lastUsed: Collected<LastUse | null>): Instant | null =>
  lastUsed.known ? (lastUsed.value?.date ?? null) : null;
