import { daysBetween } from '../../../kernel/time.ts';
import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';

/** A customer managed policy that nobody has. */
export const managedPolicyUnattached = defineCheck({
  id: 'managed-policy-unattached',
  title: 'Customer managed policy that is attached to nobody',
  category: 'unused',
  severity: 'info',
  resourceType: 'ManagedPolicy',
  reads: ACCESS_PARTS,
  doc: {
    what: 'Whether a customer managed policy is neither attached to a user, group or role nor the permissions boundary of any, and was not changed in the last `unusedDays` days.',
    risk: 'A policy that nobody watches is attached one day for its name, with whatever it grants by then.',
    remediation: [
      'Delete the policy, with its versions; keep its document in version control if it may be needed again.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-delete.html'],
  },
  frameworks: [],
  defaults: { unusedDays: 90 },

  *run({ managedPolicies }, { now, options }) {
    for (const { arn, awsManaged, attachmentCount, permissionsBoundaryUsageCount, updateDate } of managedPolicies) {
      if (awsManaged) continue;
      const unchangedDays = daysBetween(updateDate, now);
      const isUnattached = attachmentCount + permissionsBoundaryUsageCount === 0;
      yield {
        subject: { arn },
        outcome: isUnattached && unchangedDays >= options.unusedDays ? 'fail' : 'pass',
        evidence: { attachments: attachmentCount, asPermissionsBoundary: permissionsBoundaryUsageCount, unchangedDays },
      };
    }
  },

  summary: ({ unchangedDays }, { name }) =>
    `Policy ${name} is attached to nobody and was not changed for ${unchangedDays} days.`,
});
