import { daysBetween } from '../../../kernel/time.ts';
import { defineCheck } from '../../define-check.ts';

/** A service-specific credential is older than allowed. */
export const userServiceSpecificCredentialNotRotated = defineCheck({
  id: 'user-service-specific-credential-not-rotated',
  title: 'IAM user has a service-specific credential older than the allowed age',
  category: 'credentials',
  severity: 'medium',
  resourceType: 'User',
  reads: ['users'],
  doc: {
    what: 'Compares the age of every active service-specific credential (CodeCommit, Keyspaces, Bedrock, CloudWatch) with `maxAgeDays`. AWS keeps no record of their use. API keys of the services of `expiring` that have no end are left to `user-service-specific-credential-never-expires`.',
    risk: 'Such a password stays usable until somebody notices that it leaked, and nothing of IAM shows its use.',
    remediation: [
      'Make a second credential, move the workload to it, and deactivate this one.',
      'Delete it where nobody needs it: signed requests of a role need no such password.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServiceSpecificCredentials.html'],
  },
  frameworks: [],
  defaults: {
    maxAgeDays: 90,
    expiring: ['bedrock.amazonaws.com', 'logs.amazonaws.com'],
  },

  *run({ users }, { now, options }) {
    for (const { arn, serviceSpecificCredentials } of users) {
      if (!serviceSpecificCredentials.known) {
        yield { subject: { arn }, outcome: 'unknown', gap: serviceSpecificCredentials.gap };
        continue;
      }
      for (const { id, serviceName, status, createDate, expirationDate } of serviceSpecificCredentials.value) {
        const isOver = expirationDate !== null && expirationDate <= now;
        const neverExpires = expirationDate === null && options.expiring.includes(serviceName);
        if (status !== 'Active' || isOver || neverExpires) continue;
        const ageDays = daysBetween(createDate, now);
        yield {
          subject: { arn, part: id },
          outcome: ageDays > options.maxAgeDays ? 'fail' : 'pass',
          evidence: { serviceName, ageDays, expirationDate },
        };
      }
    }
  },

  summary: ({ serviceName, ageDays }, { name, part }) =>
    `Credential ${part} of user ${name} for ${serviceName} is ${ageDays} days old.`,
});
