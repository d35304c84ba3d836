import type { Instant } from '../../../kernel/time.ts';
import type { AccessKey } from '../../../snapshot/account-snapshot.ts';
import { defineCheck } from '../../define-check.ts';
import { minutesAfterUser } from '../../facts/made-together.ts';

/** A console user was given an access key together with the user. */
export const userAccessKeyMadeAtCreation = defineCheck({
  id: 'user-access-key-made-at-creation',
  title: 'Console user has an access key that was made together with the user',
  category: 'credentials',
  severity: 'low',
  resourceType: 'User',
  reads: ['users'],
  doc: {
    what: 'Whether a user with a console password has an active access key that was made within `withinMinutes` of the user itself.',
    risk: 'A key that came with the account, whether or not it was needed, is rarely rotated and often lies where it was first saved.',
    remediation: [
      'Ask the user whether the key is needed; have them make their own where it is.',
      'Deactivate the key that was made with the user, then delete it.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html'],
  },
  // CIS AWS 6.0 still had the control; 7.0 dropped it.
  frameworks: [
    'cis-aws-6.0:2.10',
    'cis-aws-5.0:1.10',
    'cis-aws-4.0:1.11',
    'cis-aws-3.0:1.11',
    'cis-aws-2.0:1.11',
    'cis-aws-1.5:1.11',
    'cis-aws-1.4:1.11',
    'cis-aws-1.2:1.21',
  ],
  defaults: { withinMinutes: 5 },

  *run({ users }, { options }) {
    for (const user of users) {
      const { arn, password, accessKeys } = user;
      if (password.known && !password.value.enabled) continue;
      if (!accessKeys.known) {
        yield { subject: { arn }, outcome: 'unknown', gap: accessKeys.gap };
        continue;
      }
      for (const key of accessKeys.value.filter(({ status }) => status === 'Active')) {
        const subject = { arn, part: key.accessKeyId };
        const minutes = minutesAfterUser(user, key);
        const together = minutes <= options.withinMinutes;
        // A key made later is no key of the first day, password or not.
        yield together && !password.known
          ? { subject, outcome: 'unknown', gap: password.gap }
          : {
              subject,
              outcome: together ? 'fail' : 'pass',
              evidence: { minutesAfterUser: minutes, lastUsed: lastUseDate(key) },
            };
      }
    }
  },

  summary: (_, { name, part }) => `Access key ${part} was made together with console user ${name}.`,
});

const lastUseDate = ({ lastUsed }: AccessKey): Instant | null =>
  lastUsed.known ? (lastUsed.value?.date ?? null) : null;
