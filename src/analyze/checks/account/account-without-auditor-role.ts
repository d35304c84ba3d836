import { defineCheck } from '../../define-check.ts';
import { ATTACHMENT_PARTS, judgeAttachedAnywhere } from '../../facts/attached-anywhere.ts';

/** Nobody is meant to review the security of the account. */
export const accountWithoutAuditorRole = defineCheck({
  id: 'account-without-auditor-role',
  title: 'Nobody has been given the access of an auditor',
  category: 'account',
  severity: 'info',
  resourceType: 'Account',
  reads: ATTACHMENT_PARTS,
  doc: {
    what: 'Whether the AWS managed policy `SecurityAudit` is attached to any user, group or role.',
    risk: 'Who reviews the account does so with more permissions than reading takes, or not at all.',
    remediation: ['Make a role for auditors with `SecurityAudit`, and let those who review the account assume it.'],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_job-functions.html'],
  },
  frameworks: [],
  defaults: {},

  *run(snapshot) {
    yield judgeAttachedAnywhere(snapshot, 'SecurityAudit');
  },

  summary: () => 'SecurityAudit is attached to nobody in the account.',
});
