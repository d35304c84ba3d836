import { iamArn } from '../../../iam/arn.ts';
import { daysBetween } from '../../../kernel/time.ts';
import { defineCheck } from '../../define-check.ts';

/** An instance profile that holds no role. */
export const instanceProfileWithoutRole = defineCheck({
  id: 'instance-profile-without-role',
  title: 'Instance profile without a role',
  category: 'unused',
  severity: 'info',
  resourceType: 'InstanceProfile',
  reads: ['instanceProfiles'],
  doc: {
    what: 'Whether an instance profile holds no role and was made at least `graceDays` days ago. A profile whose role nobody uses is told of by the check of the role.',
    risk: 'It grants nothing until somebody puts a role into it, which then reaches every instance that has the profile.',
    remediation: ['Delete the instance profile (`aws iam delete-instance-profile`).'],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html',
    ],
  },
  frameworks: [],
  defaults: { graceDays: 7 },

  *run({ instanceProfiles, accountId, partition }, { now, options }) {
    if (!instanceProfiles.known) {
      const arn = iamArn(partition, accountId, 'root');
      yield { subject: { arn }, outcome: 'unknown', gap: instanceProfiles.gap };
      return;
    }
    for (const { arn, roles, createDate } of instanceProfiles.value) {
      const ageDays = daysBetween(createDate, now);
      yield {
        subject: { arn },
        outcome: roles.length === 0 && ageDays >= options.graceDays ? 'fail' : 'pass',
        evidence: { roles, ageDays },
      };
    }
  },

  summary: ({ ageDays }, { name }) => `Instance profile ${name}, made ${ageDays} days ago, holds no role.`,
});
