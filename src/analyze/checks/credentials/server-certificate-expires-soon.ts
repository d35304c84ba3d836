import { iamArn } from '../../../iam/arn.ts';
import { daysBetween } from '../../../kernel/time.ts';
import { defineCheck } from '../../define-check.ts';

/** A server certificate kept in IAM is about to expire. */
export const serverCertificateExpiresSoon = defineCheck({
  id: 'server-certificate-expires-soon',
  title: 'Server certificate in IAM expires soon',
  category: 'credentials',
  severity: 'low',
  resourceType: 'ServerCertificate',
  reads: ['serverCertificates'],
  doc: {
    what: 'Whether the validity of a TLS server certificate that is kept in IAM ends within `withinDays` days. One that has ended is left to `server-certificate-expired`.',
    risk: 'What uses the certificate stops working on that day; IAM renews nothing and tells nobody.',
    remediation: [
      'Move to a certificate of AWS Certificate Manager, which renews itself, or upload a new one.',
      'Delete the old certificate when nothing uses it any more.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_server-certs.html'],
  },
  frameworks: [],
  defaults: { withinDays: 30 },

  *run({ partition, accountId, serverCertificates }, { now, options }) {
    if (!serverCertificates.known) {
      const subject = { arn: iamArn(partition, accountId, 'root') };
      yield { subject, outcome: 'unknown', gap: serverCertificates.gap };
      return;
    }
    for (const { arn, expiration } of serverCertificates.value) {
      if (expiration <= now) continue;
      const daysLeft = daysBetween(now, expiration);
      yield {
        subject: { arn },
        outcome: daysLeft < options.withinDays ? 'fail' : 'pass',
        evidence: { expiration, daysLeft },
      };
    }
  },

  summary: ({ daysLeft }, { name }) => `Server certificate ${name} expires in ${daysLeft} days.`,
});
