import { daysBetween } from '../../../kernel/time.ts';
import { defineCheck } from '../../define-check.ts';

/** A long-term API key of Bedrock or CloudWatch never expires. */
export const userServiceSpecificCredentialNeverExpires = defineCheck({
  id: 'user-service-specific-credential-never-expires',
  title: 'IAM user has a long-term API key that never expires',
  category: 'credentials',
  severity: 'medium',
  resourceType: 'User',
  reads: ['users'],
  doc: {
    what: 'Whether an active service-specific credential of a service of `services`, whose credentials can be given an end, has none.',
    risk: 'A long-term API key is a bearer secret without a signature: who finds it calls the service until somebody notices.',
    remediation: [
      'Use short-term API keys or temporary credentials of a role instead.',
      'Where a long-term key must be, make a new one with an expiration date and delete this one.',
    ],
    references: ['https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html'],
  },
  frameworks: [],
  defaults: { services: ['bedrock.amazonaws.com', 'logs.amazonaws.com'] },

  *run({ users }, { now, options }) {
    for (const { arn, serviceSpecificCredentials } of users) {
      if (!serviceSpecificCredentials.known) {
        yield { subject: { arn }, outcome: 'unknown', gap: serviceSpecificCredentials.gap };
        continue;
      }
      for (const { id, serviceName, status, createDate, expirationDate } of serviceSpecificCredentials.value) {
        if (status !== 'Active' || !options.services.includes(serviceName)) continue;
        yield {
          subject: { arn, part: id },
          outcome: expirationDate === null ? 'fail' : 'pass',
          evidence: { serviceName, expirationDate, ageDays: daysBetween(createDate, now) },
        };
      }
    }
  },

  summary: ({ serviceName }, { name, part }) =>
    `Long-term API key ${part} of user ${name} for ${serviceName} never expires.`,
});
