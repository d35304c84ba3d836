import { daysBetween, type Instant } from '../../../kernel/time.ts';
import type { Password, User } from '../../../snapshot/account-snapshot.ts';
import { defineCheck } from '../../define-check.ts';

/** A console password has not been used for long. */
export const userPasswordUnused = defineCheck({
  id: 'user-password-unused',
  title: 'IAM user has a console password that nobody uses',
  category: 'unused',
  severity: 'medium',
  resourceType: 'User',
  reads: ['users'],
  doc: {
    what: 'Days since an enabled console password was last used, or set where that is later, against `unusedDays`.',
    risk: 'A password that nobody uses is one whose theft nobody notices.',
    remediation: [
      'Delete the password (`aws iam delete-login-profile`).',
      'Delete the user where it has no other credentials in use.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_finding-unused.html'],
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
    for (const user of users) {
      const subject = { arn: user.arn };
      if (!user.password.known) {
        yield { subject, outcome: 'unknown', gap: user.password.gap };
      } else if (user.password.value.enabled) {
        const { lastUsed } = user.password.value;
        const idleDays = daysBetween(lastTouched(user, user.password.value), now);
        yield {
          subject,
          outcome: idleDays >= options.unusedDays ? 'fail' : 'pass',
          evidence: { lastUsed, idleDays, ageDays: daysBetween(user.createDate, now) },
        };
      }
    }
  },

  summary: ({ lastUsed, idleDays }, { name }) =>
    lastUsed === null
      ? `The console password of user ${name} was not used in the ${idleDays} days since it was set.`
      : `The console password of user ${name} has been idle for ${idleDays} days.`,
});

// A password that was reset last week is new, however long ago the old one was used.
const lastTouched = ({ createDate }: User, { lastUsed, lastChanged }: Password): Instant =>
  [lastUsed, lastChanged].reduce<Instant>(
    (latest, time) => (time !== null && time > latest ? time : latest),
    createDate,
  );
