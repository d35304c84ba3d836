import { iamArn } from '../../../iam/arn.ts';
import { daysBetween } from '../../../kernel/time.ts';
import { defineCheck } from '../../define-check.ts';

/** A server certificate kept in IAM has expired. */
export const serverCertificateExpired = defineCheck({
  id: 'server-certificate-expired',
  title: 'Server certificate in IAM has expired',
  category: 'credentials',
  severity: 'medium',
  resourceType: 'ServerCertificate',
  reads: ['serverCertificates'],
  doc: {
    what: 'Whether the validity of a TLS server certificate that is kept in IAM has ended.',
    risk: 'Put on a load balancer or distribution, by mistake or because it still is, it breaks the site or teaches its users to ignore warnings.',
    remediation: [
      'See that nothing uses the certificate, then delete it (`aws iam delete-server-certificate`).',
      'Keep certificates in AWS Certificate Manager, which renews them.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_server-certs.html'],
  },
  frameworks: [
    'cis-aws-7.0:2.17',
    'cis-aws-6.0:2.18',
    'cis-aws-5.0:1.18',
    'cis-aws-4.0:1.19',
    'cis-aws-3.0:1.19',
    'cis-aws-2.0:1.19',
    'cis-aws-1.5:1.19',
    'cis-aws-1.4:1.19',
  ],
  defaults: {},

  *run({ partition, accountId, serverCertificates }, { now }) {
    if (!serverCertificates.known) {
      const subject = { arn: iamArn(partition, accountId, 'root') };
      yield { subject, outcome: 'unknown', gap: serverCertificates.gap };
      return;
    }
    for (const { arn, expiration } of serverCertificates.value) {
      yield {
        subject: { arn },
        outcome: expiration <= now ? 'fail' : 'pass',
        evidence: { expiration, expiredDays: daysBetween(expiration, now) },
      };
    }
  },

  summary: ({ expiredDays }, { name }) => `Server certificate ${name} expired ${expiredDays} days ago.`,
});
