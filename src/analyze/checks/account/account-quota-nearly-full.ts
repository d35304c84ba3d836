import { iamArn } from '../../../iam/arn.ts';
import { defineCheck } from '../../define-check.ts';

/** IAM entities of the account are close to a quota. */
export const accountQuotaNearlyFull = defineCheck({
  id: 'account-quota-nearly-full',
  title: 'Quota of IAM is nearly used up',
  category: 'account',
  severity: 'low',
  resourceType: 'Account',
  reads: ['accountSummary'],
  doc: {
    what: 'Compares the numbers of users, groups, roles, customer managed policies, policy versions, instance profiles and server certificates with the quotas that the account summary tells; `usedPercent` of one or more is too much.',
    risk: 'At the quota nothing new can be made: deployments fail, and so does the role that an incident needs.',
    remediation: [
      'Delete what nobody uses; the checks of the family `unused` name it.',
      'Ask for a higher quota in Service Quotas where IAM has one.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html'],
  },
  frameworks: [],
  defaults: { usedPercent: 90 },

  *run({ partition, accountId, accountSummary }, { options }) {
    const arn = iamArn(partition, accountId, 'root');
    if (!accountSummary.known) {
      yield { subject: { arn }, outcome: 'unknown', gap: accountSummary.gap };
      return;
    }
    for (const entity of COUNTED) {
      const used = accountSummary.value.get(entity);
      const quota = accountSummary.value.get(`${entity}Quota`);
      if (used === undefined || quota === undefined || quota === 0) continue;
      yield {
        subject: { arn, part: `${entity}Quota` },
        outcome: (used / quota) * 100 >= options.usedPercent ? 'fail' : 'pass',
        evidence: { used, quota },
      };
    }
  },

  summary: ({ used, quota }, { part }) => `Of the ${quota} that ${part} allows, ${used} are used.`,
});

/** What the account summary counts beside a quota of the same name. */
const COUNTED = [
  'Users',
  'Groups',
  'Roles',
  'Policies',
  'PolicyVersionsInUse',
  'InstanceProfiles',
  'ServerCertificates',
] as const;
