import { defineCheck } from '../../define-check.ts';
import { conditionsOf } from '../../facts/conditions.ts';
import { isManagedByAws } from '../../facts/managed-by-aws.ts';
import { unreadTrustGap } from '../../facts/unread-policy.ts';

/** A role takes SAML assertions that were not meant for AWS. */
export const roleTrustsSamlWithoutAudience = defineCheck({
  id: 'role-trusts-saml-without-audience',
  title: 'Role can be assumed with SAML assertions for any recipient',
  category: 'external',
  severity: 'low',
  resourceType: 'Role',
  reads: ['roles', 'organization'],
  doc: {
    what: 'Whether the trust policy lets in identities of a SAML provider without asking for SAML:aud, the address of AWS that the assertion was made for.',
    risk: 'An assertion that the identity provider made for another purpose can be turned into a session of the role.',
    remediation: [
      'Ask for SAML:aud with StringEquals: `https://signin.aws.amazon.com/saml`, or the address of a Region.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html'],
  },
  frameworks: [],
  defaults: {},

  *run({ roles }, { federationOf }) {
    for (const role of roles) {
      if (isManagedByAws(role)) continue;
      const gap = unreadTrustGap(role);
      if (gap !== null) yield { subject: { arn: role.arn }, outcome: 'unknown', gap };
      for (const trust of federationOf(role)) {
        if (trust.kind !== 'saml') continue;
        const { provider, anyRecipient } = trust;
        const open = anyRecipient.kind !== 'false';
        yield {
          subject: { arn: role.arn, part: provider },
          outcome: open ? 'fail' : 'pass',
          ...(open ? conditionsOf(anyRecipient) : {}),
          evidence: { provider },
          external: {
            principal: provider,
            kind: 'federated',
            resource: role.arn,
            actions: ['sts:AssumeRoleWithSAML'],
          },
        };
      }
    }
  },

  summary: ({ provider }, { name }) => `Role ${name} takes assertions of ${provider} for whatever recipient.`,
});
