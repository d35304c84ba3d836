import { defineCheck } from '../../define-check.ts';
import { ATTACHMENT_PARTS, judgeAttachedAnywhere } from '../../facts/attached-anywhere.ts';

/** Nobody is meant to open cases with AWS Support. */
export const accountWithoutSupportRole = defineCheck({
  id: 'account-without-support-role',
  title: 'Nobody has been given access to AWS Support',
  category: 'account',
  severity: 'low',
  resourceType: 'Account',
  reads: ATTACHMENT_PARTS,
  doc: {
    what: 'Whether the AWS managed policy `AWSSupportAccess` is attached to any user, group or role.',
    risk: 'When the account is under attack, nobody but an administrator or the root user can reach AWS.',
    remediation: ['Make a role for incidents, attach `AWSSupportAccess`, and let the responders assume it.'],
    references: ['https://docs.aws.amazon.com/awssupport/latest/user/accessing-support.html'],
  },
  frameworks: [
    'cis-aws-7.0:2.15',
    'cis-aws-6.0:2.16',
    'cis-aws-5.0:1.16',
    'cis-aws-4.0:1.17',
    'cis-aws-3.0:1.17',
    'cis-aws-2.0:1.17',
    'cis-aws-1.5:1.17',
    'cis-aws-1.4:1.17',
    'cis-aws-1.2:1.20',
  ],
  defaults: {},

  *run(snapshot) {
    yield judgeAttachedAnywhere(snapshot, 'AWSSupportAccess');
  },

  summary: () => 'AWSSupportAccess is attached to nobody in the account.',
});
