import { daysBetween } from '../../../kernel/time.ts';
import { defineCheck } from '../../define-check.ts';

/** A user has an active signing certificate. */
export const userHasSigningCertificate = defineCheck({
  id: 'user-has-signing-certificate',
  title: 'IAM user has an active signing certificate',
  category: 'credentials',
  severity: 'low',
  resourceType: 'User',
  reads: ['users'],
  doc: {
    what: 'Whether a user has active X.509 signing certificates. They signed the SOAP requests of services that have since dropped them.',
    risk: 'A long-term credential that hardly anything needs, whose use IAM does not record and whose theft nobody would notice.',
    remediation: ['Find out whether anything still signs with it.', 'Deactivate the certificate, then delete it.'],
    references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSigningCertificates.html'],
  },
  frameworks: [],
  defaults: {},

  *run({ users }, { now }) {
    for (const { arn, signingCertificates } of users) {
      if (!signingCertificates.known) {
        yield { subject: { arn }, outcome: 'unknown', gap: signingCertificates.gap };
        continue;
      }
      const active = signingCertificates.value.filter(({ status }) => status === 'Active');
      yield {
        subject: { arn },
        outcome: active.length > 0 ? 'fail' : 'pass',
        evidence: {
          certificates: active.map(({ id, uploadDate }) => ({
            id,
            ageDays: uploadDate === null ? null : daysBetween(uploadDate, now),
          })),
        },
      };
    }
  },

  summary: ({ certificates }, { name }) =>
    `User ${name} has ${certificates.length === 1 ? 'an active signing certificate' : `${certificates.length} active signing certificates`}.`,
});
