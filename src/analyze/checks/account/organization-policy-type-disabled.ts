import { defineCheck } from '../../define-check.ts';
import { isEnabled, judgeOrganization } from '../../facts/organization-tree.ts';

/** An organization that has not turned on its SCPs or RCPs. */
export const organizationPolicyTypeDisabled = defineCheck({
  id: 'organization-policy-type-disabled',
  title: 'Organization has not turned on a type of guardrails',
  category: 'account',
  severity: 'medium',
  resourceType: 'Account',
  reads: ['organization'],
  doc: {
    what: 'Whether SCPs and RCPs are turned on in the root of the organization. AWS tells that to the management account and to delegated administrators alone.',
    risk: 'Nothing keeps an administrator of a member account from anything (SCPs), or strangers from what a resource policy opens by mistake (RCPs).',
    remediation: [
      'Turn the type on in the management account (`aws organizations enable-policy-type`). By itself that limits nothing: AWS attaches a policy that allows everything.',
      'Then attach policies of your own, first to a unit for trials.',
    ],
    references: ['https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_enable-disable.html'],
  },
  frameworks: ['cis-aws-7.0:2.1.2'],
  defaults: {},

  run: (account) =>
    judgeOrganization(
      account,
      ({ tree }) => tree,
      function* (tree, subject, { id: organization }) {
        for (const { type, name, ...milder } of TYPES) {
          yield {
            subject: { ...subject, part: type },
            outcome: isEnabled(tree, type) ? 'pass' : 'fail',
            ...milder,
            evidence: { organization, name, accounts: tree.accounts.length },
          };
        }
      },
    ),

  summary: ({ organization, name, accounts }) =>
    `${name} are not turned on in organization ${organization}, which has ${accounts === 1 ? 'one account' : `${accounts} accounts`}.`,
});

const TYPES = [
  { type: 'SERVICE_CONTROL_POLICY', name: 'SCPs' },
  { type: 'RESOURCE_CONTROL_POLICY', name: 'RCPs', severity: 'low' as const },
];
