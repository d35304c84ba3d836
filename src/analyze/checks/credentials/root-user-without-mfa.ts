import type { AccountSnapshot } from '../../../snapshot/account-snapshot.ts';
import { defineCheck } from '../../define-check.ts';

/** The root user can sign in with its password alone. */
export const rootUserWithoutMfa = defineCheck({
  id: 'root-user-without-mfa',
  title: 'Root user has no MFA',
  category: 'credentials',
  severity: 'critical',
  resourceType: 'RootUser',
  reads: ['root', 'accountSummary', 'credentialReport'],
  doc: {
    what: 'Whether an MFA device is active on the root user. A root user without password and access keys passes.',
    risk: 'Whoever learns or resets the root password owns the account, and no policy of it can stop them.',
    remediation: [
      'Sign in as the root user and register at least one MFA device, best a hardware key or passkey.',
      'In an organization, manage root access centrally and delete the root credentials of member accounts.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/enable-mfa-for-root.html'],
  },
  frameworks: [
    'cis-aws-7.0:2.5',
    'cis-aws-7.0:2.6',
    'cis-aws-6.0:2.4',
    'cis-aws-6.0:2.5',
    'cis-aws-5.0:1.4',
    'cis-aws-5.0:1.5',
    'cis-aws-4.0:1.5',
    'cis-aws-4.0:1.6',
    'cis-aws-3.0:1.5',
    'cis-aws-3.0:1.6',
    'cis-aws-2.0:1.5',
    'cis-aws-2.0:1.6',
    'cis-aws-1.5:1.5',
    'cis-aws-1.5:1.6',
    'cis-aws-1.4:1.5',
    'cis-aws-1.4:1.6',
    'cis-aws-1.2:1.13',
    'cis-aws-1.2:1.14',
  ],
  defaults: {},

  *run(snapshot) {
    const { arn, mfaActive, accessKeyCount } = snapshot.root;
    if (!mfaActive.known) {
      yield { subject: { arn }, outcome: 'unknown', gap: mfaActive.gap };
      return;
    }
    const hasPassword = rootHasPassword(snapshot);
    const hasAccessKey = accessKeyCount.known ? accessKeyCount.value > 0 : null;
    const hasNoCredentials = hasPassword === false && hasAccessKey === false;
    yield {
      subject: { arn },
      outcome: mfaActive.value || hasNoCredentials ? 'pass' : 'fail',
      evidence: { mfaActive: mfaActive.value, hasPassword, hasAccessKey },
    };
  },

  summary: ({ hasPassword }) =>
    hasPassword === false
      ? 'The root user has access keys and no MFA.'
      : 'The root user can sign in with a password alone.',
});

// `AccountPasswordPresent` is newer than the summary itself. In the credential report `FALSE` means that there is no
// root password; `not_supported` says nothing. Source: "Get credential reports", IAM User Guide.
const rootHasPassword = ({ accountSummary, credentialReport, root }: AccountSnapshot): boolean | null => {
  const present = accountSummary.known ? accountSummary.value.get('AccountPasswordPresent') : undefined;
  if (present !== undefined) return present > 0;
  const row = credentialReport.known ? credentialReport.value.rows.find(({ arn }) => arn === root.arn) : undefined;
  const enabled = row?.password_enabled.toLowerCase();
  return enabled === 'true' || enabled === 'false' ? enabled === 'true' : null;
};
