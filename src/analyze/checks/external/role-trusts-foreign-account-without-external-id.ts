import { defineCheck } from '../../define-check.ts';
import { conditionsOf } from '../../facts/conditions.ts';
import { trustGap } from '../../trust/trust-gap.ts';
import { isOfOwnOrganization } from '../../trust/trusted-accounts.ts';

/** A role lets in another account that need not send an ExternalId. */
export const roleTrustsForeignAccountWithoutExternalId = defineCheck({
  id: 'role-trusts-foreign-account-without-external-id',
  title: 'Role can be assumed by another account without an ExternalId',
  category: 'external',
  severity: 'medium',
  resourceType: 'Role',
  reads: ['roles', 'organization'],
  doc: {
    what: 'Whether another account that the trust policy names may assume the role without sending an ExternalId. Accounts confined to an organization (`aws:PrincipalOrgID`) pass, and so do the accounts of the own one where it is known. Milder where only some users or roles of it are named, or under conditions.',
    risk: 'Whoever gets hold of that account gets the role; and a vendor that serves several customers can be tricked by one of them into using the role of another (confused deputy).',
    remediation: [
      'Where the account is a vendor: ask for the ExternalId it gave you, with StringEquals on sts:ExternalId.',
      'Where it is your own: name the roles that need access, or ask for aws:PrincipalOrgID.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html'],
  },
  frameworks: [],
  defaults: {},

  *run(snapshot, { trustOf }) {
    for (const role of snapshot.roles) {
      const trust = trustOf(role);
      const gap = trustGap(role, trust);
      if (gap !== null) yield { subject: { arn: role.arn }, outcome: 'unknown', gap };
      for (const { accountId, principals, whole, withoutExternalId } of trust.accounts) {
        const sameOrganization = isOfOwnOrganization(snapshot, accountId);
        const open = withoutExternalId.kind !== 'false' && sameOrganization !== 'yes';
        yield {
          subject: { arn: role.arn, part: accountId },
          outcome: open ? 'fail' : 'pass',
          ...(whole && withoutExternalId.kind === 'true' ? {} : { severity: 'low' as const }),
          ...(open ? conditionsOf(withoutExternalId) : {}),
          evidence: { accountId, principals, wholeAccount: whole, sameOrganization },
          external: { principal: accountId, kind: 'account', resource: role.arn, actions: ['sts:AssumeRole'] },
        };
      }
    }
  },

  summary: ({ accountId, principals, wholeAccount }, { name }) =>
    `Role ${name} can be assumed without an ExternalId by ${wholeAccount ? `account ${accountId}` : principals.join(', ')}.`,
});
