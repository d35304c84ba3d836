import type { Role } from '../../../snapshot/account-snapshot.ts';
import { defineCheck } from '../../define-check.ts';
import { conditionsOf } from '../../facts/conditions.ts';
import type { TrustedAccount } from '../../trust/read-trust.ts';
import { trustGap } from '../../trust/trust-gap.ts';
import { type AccountDeclaration, endedTrust, isOfOwnOrganization, isTrusted } from '../../trust/trusted-accounts.ts';

/** A role lets in another account that nobody declares, or whose declared trust has ended. */
export const roleTrustsUndeclaredAccount = defineCheck({
  id: 'role-trusts-undeclared-account',
  title: 'Role can be assumed by an account that is not, or no longer, declared',
  category: 'external',
  severity: 'low',
  resourceType: 'Role',
  reads: ['roles', 'organization'],
  doc: {
    what: 'Whether another account that the trust policy names is missing in `trustedAccounts`, or its trust has ended there, which is worse. Nothing is said before the first account is declared; accounts confined to an organization or of the own one pass, and so do those that need no ExternalId, which is a finding of its own.',
    risk: 'A vendor whose contract has ended keeps the access, and nobody answers for it.',
    remediation: [
      'Take the account out of the trust policy, or delete the role, if nobody needs the access any more.',
      'Otherwise declare the account in `trustedAccounts` with an owner and an expiry.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html'],
  },
  frameworks: [],
  defaults: {},

  *run(snapshot, { trustOf, trustedAccounts, now }) {
    if (trustedAccounts.length === 0) return;
    for (const role of snapshot.roles) {
      const trust = trustOf(role);
      const gap = trustGap(role, trust);
      if (gap !== null) yield { subject: { arn: role.arn }, outcome: 'unknown', gap };
      const isSettled = (account: TrustedAccount): boolean =>
        isToldOfOrAtHome(account) ||
        isOfOwnOrganization(snapshot, account.accountId) === 'yes' ||
        isTrusted(trustedAccounts, account.accountId, now);
      for (const account of trust.accounts)
        yield judge(role, account, isSettled(account), endedTrust(trustedAccounts, account.accountId, now));
    }
  },

  summary: ({ accountId, declaredAs, ended }, { name }) =>
    declaredAs === null
      ? `Role ${name} can be assumed by account ${accountId}, which nobody has declared.`
      : `Role ${name} can be assumed by account ${accountId} of ${declaredAs}, whose trust ended on ${ended?.slice(0, 10)}.`,
});

const isToldOfOrAtHome = ({ withoutExternalId, outsideOrganization }: TrustedAccount): boolean =>
  withoutExternalId.kind !== 'false' || outsideOrganization.kind === 'false';

const judge = (
  { arn }: Role,
  { accountId, principals, outsideOrganization }: TrustedAccount,
  passes: boolean,
  ended: AccountDeclaration | null,
) => ({
  subject: { arn, part: accountId },
  outcome: passes ? ('pass' as const) : ('fail' as const),
  ...(ended === null ? {} : { severity: 'medium' as const }),
  ...(passes ? {} : conditionsOf(outsideOrganization)),
  evidence: {
    accountId,
    principals,
    declaredAs: ended?.name ?? null,
    owner: ended?.owner ?? null,
    ended: ended?.expires ?? null,
  },
  external: { principal: accountId, kind: 'account' as const, resource: arn, actions: ['sts:AssumeRole'] },
});
