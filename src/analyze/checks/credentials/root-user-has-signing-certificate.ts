import type { AccountSnapshot, CredentialReportRow } from '../../../snapshot/account-snapshot.ts';
import type { CollectionGap } from '../../../snapshot/collected.ts';
import { defineCheck } from '../../define-check.ts';

/** The root user has a signing certificate. */
export const rootUserHasSigningCertificate = defineCheck({
  id: 'root-user-has-signing-certificate',
  title: 'Root user has a signing certificate',
  category: 'credentials',
  severity: 'high',
  resourceType: 'RootUser',
  reads: ['root', 'accountSummary', 'credentialReport'],
  doc: {
    what: 'Whether the account summary, or else the credential report, tells of an X.509 signing certificate of the root user.',
    risk: 'The private key of the certificate signs requests of old APIs as the root user, which no policy of the account limits.',
    remediation: [
      'Find out whether anything still signs SOAP requests, and move it to the APIs of today.',
      'Deactivate the certificate while signed in as the root user, watch for failures, then delete it.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html'],
  },
  frameworks: [],
  defaults: {},

  *run(snapshot) {
    const { arn } = snapshot.root;
    const present = hasCertificate(snapshot);
    if (typeof present === 'object') yield { subject: { arn }, outcome: 'unknown', gap: present };
    else yield { subject: { arn }, outcome: present ? 'fail' : 'pass', evidence: { present } };
  },

  summary: () => 'The root user has a signing certificate, which no policy of the account can limit.',
});

const hasCertificate = ({ accountSummary, credentialReport, root }: AccountSnapshot): boolean | CollectionGap => {
  const count = accountSummary.known ? accountSummary.value.get('AccountSigningCertificatesPresent') : undefined;
  if (count !== undefined) return count > 0;
  const row = credentialReport.known ? credentialReport.value.rows.find(({ arn }) => arn === root.arn) : undefined;
  if (row !== undefined) return isActive(row.cert_1_active) || isActive(row.cert_2_active);
  if (!accountSummary.known) return accountSummary.gap;
  return {
    source: 'account-summary',
    action: 'iam:GetAccountSummary',
    reason: 'failed',
    detail: 'the account summary does not tell whether the root user has signing certificates',
    subject: null,
  };
};

const isActive = (cell: CredentialReportRow['cert_1_active']): boolean => cell.toLowerCase() === 'true';
