import { iamArn } from '../../../iam/arn.ts';
import { defineCheck } from '../../define-check.ts';

/** The organization leaves the root users of its member accounts to themselves. */
export const organizationRootAccessNotCentralized = defineCheck({
  id: 'organization-root-access-not-centralized',
  title: 'Organization does not manage the root users of its accounts',
  category: 'account',
  severity: 'low',
  resourceType: 'Account',
  reads: ['organization'],
  doc: {
    what: 'Whether the organization manages the root credentials of its member accounts centrally (`RootCredentialsManagement`). AWS tells that to the management account and to delegated administrators alone: of other accounts nothing is said.',
    risk: 'Every member account has a root user with a password of its own, which somebody can ask to be reset.',
    remediation: [
      'Enable central root access in the management account (`aws iam enable-organizations-root-credentials-management`).',
      'Then delete the root passwords and keys of the member accounts.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html'],
  },
  frameworks: ['cis-aws-7.0:2.1.1'],
  defaults: {},

  *run({ organization, partition, accountId }) {
    const subject = { arn: iamArn(partition, accountId, 'root') };
    if (!organization.known) {
      if (organization.gap.reason !== 'skipped') yield { subject, outcome: 'unknown', gap: organization.gap };
      return;
    }
    const features = organization.value?.features;
    if (features === undefined) return;
    yield {
      subject,
      outcome: features.includes('RootCredentialsManagement') ? 'pass' : 'fail',
      evidence: { organization: organization.value?.id ?? '', features },
    };
  },

  summary: ({ organization }) => `Organization ${organization} does not manage the root users of its accounts.`,
});
