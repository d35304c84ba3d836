import { iamArn } from '../../../iam/arn.ts';
import { defineCheck } from '../../define-check.ts';
import { holdersByPolicy } from '../../facts/policy-holders.ts';

/** AWS's policy for all of CloudShell is attached to somebody. */
export const cloudshellFullAccessAttached = defineCheck({
  id: 'cloudshell-full-access-attached',
  title: 'AWSCloudShellFullAccess is attached',
  category: 'policy',
  severity: 'low',
  resourceType: 'ManagedPolicy',
  reads: ['users', 'groups', 'roles'],
  doc: {
    what: 'Whether the AWS managed policy `AWSCloudShellFullAccess` is attached to a user, group or role. Roles that AWS manages (under `/aws-service-role/` and `/aws-reserved/`) are left out.',
    risk: 'CloudShell with file transfer and access to the internet is a way for data to leave the account past its networks.',
    remediation: [
      'Detach the policy from those who do not need CloudShell.',
      'Give the others a policy without `cloudshell:GetFileDownloadUrls` and `cloudshell:GetFileUploadUrls`.',
    ],
    references: ['https://docs.aws.amazon.com/cloudshell/latest/userguide/sec-auth-with-identities.html'],
  },
  frameworks: [
    'cis-aws-7.0:2.20',
    'cis-aws-6.0:2.21',
    'cis-aws-5.0:1.21',
    'cis-aws-4.0:1.22',
    'cis-aws-3.0:1.22',
    'cis-aws-2.0:1.22',
  ],
  defaults: {},

  *run(snapshot) {
    const arn = iamArn(snapshot.partition, 'aws', 'policy/AWSCloudShellFullAccess');
    const attachedTo = (holdersByPolicy(snapshot).get(arn) ?? []).map((holder) => holder.arn);
    yield { subject: { arn }, outcome: attachedTo.length > 0 ? 'fail' : 'pass', evidence: { attachedTo } };
  },

  summary: ({ attachedTo }) =>
    `AWSCloudShellFullAccess is attached to ${attachedTo.length} ${attachedTo.length === 1 ? 'principal or group' : 'principals and groups'}.`,
});
