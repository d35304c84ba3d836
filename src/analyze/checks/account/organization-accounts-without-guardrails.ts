import type { OrganizationPlace, OrganizationTree } from '../../../snapshot/organization.ts';
import { defineCheck } from '../../define-check.ts';
import { isEnabled, judgeOrganization, placesAbove } from '../../facts/organization-tree.ts';

/** How many accounts the evidence names. */
const MOST_NAMED = 50;

/** Accounts of an organization that no policy of it limits. */
export const organizationAccountsWithoutGuardrails = defineCheck({
  id: 'organization-accounts-without-guardrails',
  title: 'Accounts of the organization have no guardrails',
  category: 'account',
  severity: 'medium',
  resourceType: 'Account',
  reads: ['organization'],
  doc: {
    what: 'Whether each member account has an SCP or RCP of the organization’s own above it: on itself, on a unit that it is in, or on the root. `FullAWSAccess` and `RCPFullAWSAccess`, which AWS attaches everywhere, limit nothing. The management account is left out, since SCPs never limit it. AWS tells which policies are attached where to the management account and to delegated administrators alone.',
    risk: 'Whoever becomes administrator of such an account can switch off its logs, leave the organization, and use every Region and service.',
    remediation: [
      'Attach the organization’s SCPs to the root, or to the unit that the account is in.',
      'Move accounts out of the root into units that have guardrails.',
    ],
    references: [
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html',
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html',
    ],
  },
  frameworks: ['cis-aws-7.0:2.1.2'],
  defaults: {},

  run: (account) =>
    judgeOrganization(
      account,
      ({ tree }) => tree,
      function* (tree, subject, { id: organization, managementAccountId }) {
        // Where no policies are turned on, that is told by itself.
        if (!TYPES.some((type) => isEnabled(tree, type))) return;
        const members = tree.accounts.filter(({ id }) => id !== managementAccountId);
        const bare = members.filter((member) => !isLimited(tree, member));
        yield {
          subject,
          outcome: bare.length === 0 ? 'pass' : 'fail',
          evidence: {
            organization,
            count: bare.length,
            ofAccounts: members.length,
            accounts: bare.slice(0, MOST_NAMED).map(({ id, name }) => ({ id, name })),
          },
        };
      },
    ),

  summary: ({ organization, count, ofAccounts }) =>
    `In organization ${organization}, ${count} of ${ofAccounts} member accounts ${count === 1 ? 'has' : 'have'} no SCP or RCP but AWS’s own, which limit nothing.`,
});

const TYPES = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'];

const isLimited = (tree: OrganizationTree, account: OrganizationPlace): boolean => {
  const above = placesAbove(tree, account);
  return tree.policies.some(({ awsManaged, targets }) => !awsManaged && targets.some((target) => above.has(target)));
};
