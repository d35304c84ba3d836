import type { Severity } from '../../../finding/check-result.ts';
import { defineCheck } from '../../define-check.ts';
import { conditionsOf } from '../../facts/conditions.ts';
import type { ExternalTrust } from '../../trust/read-trust.ts';
import { trustGap } from '../../trust/trust-gap.ts';

/** A role lets in principals of accounts that its trust policy does not name. */
export const roleTrustsAnyPrincipal = defineCheck({
  id: 'role-trusts-any-principal',
  title: 'Role can be assumed by principals of any account',
  category: 'external',
  severity: 'critical',
  resourceType: 'Role',
  reads: ['roles', 'organization'],
  doc: {
    what: 'Whether the trust policy lets in principals of accounts that it does not name. Milder where its conditions ask for an organization, an ExternalId or a network.',
    risk: 'Anybody with an AWS account can take on the role and all it may do.',
    remediation: [
      'Name the accounts or roles that need the role as principals of its trust policy.',
      'Where a whole organization needs it, ask for aws:PrincipalOrgID.',
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user_externalid.html',
    ],
  },
  frameworks: ['cis-aws-7.0:2.21'],
  defaults: {},

  *run({ roles }, { trustOf }) {
    for (const role of roles) {
      const subject = { arn: role.arn };
      const trust = trustOf(role);
      const confined = confinedTo(trust);
      const gap = confined === 'nobody' ? trustGap(role, trust) : null;
      if (gap !== null) {
        yield { subject, outcome: 'unknown', gap };
        continue;
      }
      const evidence = { confinedTo: confined };
      if (confined === 'nobody') {
        yield { subject, outcome: 'pass', evidence };
        continue;
      }
      yield {
        subject,
        outcome: 'fail',
        severity: SEVERITY[confined],
        ...conditionsOf(trust.anybody),
        evidence,
        external: {
          principal: '*',
          kind: confined === 'organization' ? 'organization' : 'public',
          resource: role.arn,
          actions: ['sts:AssumeRole'],
        },
      };
    }
  },

  summary: ({ confinedTo: confined }, { name }) =>
    ({
      nobody: `Role ${name} can be assumed by nobody outside.`,
      everybody: `Role ${name} can be assumed by anybody with an AWS account.`,
      conditions: `Role ${name} can be assumed from any AWS account by whoever meets its conditions.`,
      organization: `Role ${name} can be assumed from every account of an organization.`,
    })[confined],
});

type Confinement = 'nobody' | 'everybody' | 'conditions' | 'organization';

const SEVERITY: Readonly<Record<Exclude<Confinement, 'nobody'>, Severity>> = {
  everybody: 'critical',
  conditions: 'high',
  organization: 'low',
};

const confinedTo = ({ anybody, anybodyOutsideOrganization }: ExternalTrust): Confinement => {
  if (anybody.kind === 'false') return 'nobody';
  if (anybody.kind === 'true') return 'everybody';
  return anybodyOutsideOrganization.kind === 'false' ? 'organization' : 'conditions';
};
