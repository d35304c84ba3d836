import { defineCheck } from '../../define-check.ts';
import { judgeOrganization } from '../../facts/organization-tree.ts';

/** An organization whose management account does everything itself. */
export const organizationWithoutDelegatedAdministrator = defineCheck({
  id: 'organization-without-delegated-administrator',
  title: 'Organization has delegated the administration of no service',
  category: 'account',
  severity: 'low',
  resourceType: 'Account',
  reads: ['organization'],
  doc: {
    what: 'Whether any member account administers services for the organization (`ListDelegatedAdministrators`), and which does what. AWS tells that to the management account and to delegated administrators alone.',
    risk: 'Whoever runs the security services works in the management account, where no SCP limits anybody and a mistake is one in all accounts.',
    remediation: [
      'Register an account for security tooling as delegated administrator of the services that it runs: GuardDuty, Security Hub, IAM Access Analyzer.',
      'Register an account for identity as delegated administrator of IAM Identity Center.',
    ],
    references: [
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_delegated_admin.html',
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices_mgmt-acct.html',
    ],
  },
  frameworks: ['cis-aws-7.0:2.1.6'],
  defaults: {},

  run: (account) =>
    judgeOrganization(
      account,
      ({ delegatedAdministrators }) => delegatedAdministrators,
      function* (administrators, subject, { id: organization }) {
        yield {
          subject,
          outcome: administrators.length === 0 ? 'fail' : 'pass',
          evidence: {
            organization,
            administrators: administrators.map(({ accountId, name, services }) => ({ accountId, name, services })),
          },
        };
      },
    ),

  summary: ({ organization }) => `No member account of organization ${organization} administers a service for it.`,
});
