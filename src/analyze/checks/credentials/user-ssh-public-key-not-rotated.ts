import { daysBetween } from '../../../kernel/time.ts';
import { defineCheck } from '../../define-check.ts';

/** An SSH public key of a user is older than allowed. */
export const userSshPublicKeyNotRotated = defineCheck({
  id: 'user-ssh-public-key-not-rotated',
  title: 'IAM user has an SSH public key older than the allowed age',
  category: 'credentials',
  severity: 'low',
  resourceType: 'User',
  reads: ['users'],
  doc: {
    what: 'Compares the days since the upload of every active SSH public key with `maxAgeDays`. AWS keeps no record of their use.',
    risk: 'Whoever copied the private key reads and changes the repositories of CodeCommit that the user may.',
    remediation: ['Upload a new key and move to it.', 'Deactivate the old key, then delete it.'],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_ssh-keys.html'],
  },
  frameworks: [],
  defaults: { maxAgeDays: 365 },

  *run({ users }, { now, options }) {
    for (const { arn, sshPublicKeys } of users) {
      if (!sshPublicKeys.known) {
        yield { subject: { arn }, outcome: 'unknown', gap: sshPublicKeys.gap };
        continue;
      }
      for (const { id, status, uploadDate } of sshPublicKeys.value) {
        if (status !== 'Active' || uploadDate === null) continue;
        const ageDays = daysBetween(uploadDate, now);
        yield {
          subject: { arn, part: id },
          outcome: ageDays > options.maxAgeDays ? 'fail' : 'pass',
          evidence: { ageDays },
        };
      }
    }
  },

  summary: ({ ageDays }, { name, part }) => `SSH public key ${part} of user ${name} is ${ageDays} days old.`,
});
