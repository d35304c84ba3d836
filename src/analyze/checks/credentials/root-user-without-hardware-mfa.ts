import { defineCheck } from '../../define-check.ts';

/** The root user's MFA is a virtual device. */
export const rootUserWithoutHardwareMfa = defineCheck({
  id: 'root-user-without-hardware-mfa',
  title: 'Root user has a virtual MFA device instead of hardware',
  category: 'credentials',
  severity: 'low',
  resourceType: 'RootUser',
  reads: ['root'],
  doc: {
    what: 'Whether a virtual MFA device belongs to the root user. A root user without any MFA is left to `root-user-without-mfa`.',
    risk: 'The secret of a virtual device can be copied with the phone or its backup, or phished; that of a security key cannot.',
    remediation: [
      'Register a passkey or security key for the root user, best two that are kept in different places.',
      'Then remove the virtual device.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/enable-mfa-for-root.html'],
  },
  frameworks: [
    'cis-aws-7.0:2.6',
    'cis-aws-6.0:2.5',
    'cis-aws-5.0:1.5',
    'cis-aws-4.0:1.6',
    'cis-aws-3.0:1.6',
    'cis-aws-2.0:1.6',
    'cis-aws-1.5:1.6',
    'cis-aws-1.4:1.6',
    'cis-aws-1.2:1.14',
  ],
  defaults: {},

  *run({ root: { arn, mfaKind } }) {
    if (!mfaKind.known) yield { subject: { arn }, outcome: 'unknown', gap: mfaKind.gap };
    else {
      yield {
        subject: { arn },
        outcome: mfaKind.value === 'virtual' ? 'fail' : 'pass',
        evidence: { mfaKind: mfaKind.value },
      };
    }
  },

  summary: () => 'The MFA of the root user is a virtual device.',
});
