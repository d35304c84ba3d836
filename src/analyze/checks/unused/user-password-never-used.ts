import { daysBetween } from '../../../kernel/time.ts';
import { defineCheck } from '../../define-check.ts';

/** A console password was set some weeks ago and not used since. */
export const userPasswordNeverUsed = defineCheck({
  id: 'user-password-never-used',
  title: 'IAM user has a console password that was never used',
  category: 'unused',
  severity: 'low',
  resourceType: 'User',
  reads: ['users'],
  doc: {
    what: 'Whether an enabled console password that was set at least `afterDays` days ago was never used. From `untilDays` on `user-password-unused` tells it, and this check no more.',
    risk: 'A first password that waits to be used is known to whoever sent it, and to whoever reads that message.',
    remediation: [
      'Ask whether the user needs the console.',
      'Delete the password where not (`aws iam delete-login-profile`); set a new one when it is needed.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_finding-unused.html'],
  },
  frameworks: [],
  defaults: { afterDays: 30, untilDays: 45 },

  *run({ users }, { now, options }) {
    for (const { arn, createDate, password } of users) {
      if (!password.known) {
        yield { subject: { arn }, outcome: 'unknown', gap: password.gap };
        continue;
      }
      const { enabled, lastUsed, lastChanged } = password.value;
      const ageDays = daysBetween(lastChanged ?? createDate, now);
      if (!enabled || ageDays >= options.untilDays) continue;
      yield {
        subject: { arn },
        outcome: ageDays >= options.afterDays && lastUsed === null ? 'fail' : 'pass',
        evidence: { ageDays, lastUsed },
      };
    }
  },

  summary: ({ ageDays }, { name }) =>
    `The console password of user ${name} was set ${ageDays} days ago and never used.`,
});
