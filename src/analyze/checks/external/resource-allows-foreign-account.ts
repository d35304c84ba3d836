import { type Outsider, outsiderName } from '../../../access/outsider.ts';
import type { Severity } from '../../../finding/check-result.ts';
import type { AccessLevel } from '../../../reference/service-reference.ts';
import type { Resource } from '../../../snapshot/resource.ts';
import { defineCheck } from '../../define-check.ts';
import { isAccountOfAws } from '../../exposure/accounts-of-aws.ts';
import { actionsByLevel, milder, namesOf, severityOf, whenAny } from '../../exposure/exposed-actions.ts';
import { judgeResources, unjudged } from '../../exposure/exposed-resources.ts';
import { type GrantedAccount, grantedAccounts } from '../../exposure/granted-accounts.ts';
import type { ExposedTo, Exposure } from '../../exposure/read-exposure.ts';
import { conditionsOf } from '../../facts/conditions.ts';
import { isOfOwnOrganization, isTrusted } from '../../trust/trusted-accounts.ts';

/** A resource lets in another account, or an organization that is not the account's own. */
export const resourceAllowsForeignAccount = defineCheck({
  id: 'resource-allows-foreign-account',
  title: 'Resource is open to another account',
  category: 'external',
  severity: 'medium',
  resourceType: 'Resource',
  reads: ['resources', 'organization'],
  doc: {
    what: 'Whether the policy of a resource lets in another account or single users and roles of it, or all accounts of an organization. Accounts of `trustedAccounts` pass until their expiry, and so do the accounts of the own organization, accounts and principals that the policy keeps to it, and accounts of AWS that deliver logs to buckets. Milder where only some users or roles are named, or under conditions. Grants of a KMS key count beside its policy, as a finding of their own.',
    risk: 'What the other account does with the access, and who gets hold of it there, is out of your hands.',
    remediation: [
      'Take the account out of the policy if nobody needs the access any more.',
      'Otherwise name the roles that need it, and declare the account in `trustedAccounts` with an owner and an expiry.',
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-cross-account-resource-access.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-concepts.html',
    ],
  },
  frameworks: [],
  defaults: {},

  run: (snapshot, { exposureOf, reference, trustedAccounts, now }) => {
    const { organization } = snapshot;
    const isTrustedNow = (id: string): boolean =>
      isTrusted(trustedAccounts, id, now) || isOfOwnOrganization(snapshot, id) === 'yes';
    return judgeResources(snapshot, exposureOf, function* (resource, exposure, gap) {
      if (gap !== null) yield unjudged(resource.arn, gap);
      for (const [part, admitted] of groupsOf(exposure)) {
        const isOwnUnknown = admitted.every(({ actions }) => actions.every((each) => each.organization === 'unknown'));
        if (isOwnUnknown && !organization.known) yield unjudged(resource.arn, organization.gap);
        else yield judge(resource, part, admitted, isTrustedNow);
      }
      for (const granted of grantedAccounts(resource, snapshot.accountId, reference))
        yield judgeGrants(resource, granted, isTrustedNow(granted.accountId));
    });
  },

  summary: ({ kind, accountId, principals, wholeAccount, byGrants }, { arn }) =>
    kind === 'organization'
      ? `Resource ${arn} is open to every account of an organization.`
      : `Resource ${arn} is open to ${wholeAccount ? `account ${accountId}` : principals.join(', ')}${byGrants ? ' by grants' : ''}.`,
});

const judge = (
  resource: Resource,
  part: string,
  admitted: readonly ExposedTo[],
  isTrustedNow: (accountId: string) => boolean,
) => {
  const actions = admitted.flatMap((each) => each.actions).filter(({ organization }) => organization !== 'own');
  const kind = part === ORGANIZATION ? ('organization' as const) : ('account' as const);
  const whole = admitted.some(({ outsider }) => outsider.kind !== 'principal');
  const trusted = kind === 'account' && (isTrustedNow(part) || isAccountOfAws(resource.service, part));
  const evidence = {
    kind,
    accountId: kind === 'account' ? part : null,
    principals: admitted.map(({ outsider }) => outsiderName(outsider)),
    wholeAccount: whole,
    service: resource.service,
    actions: actionsByLevel(actions),
    trusted,
    byGrants: false,
  };
  const subject = { arn: resource.arn, part };
  if (actions.length === 0 || trusted) return { subject, outcome: 'pass' as const, evidence };
  const severity = kind === 'organization' ? ('low' as const) : severityOf(actions, SEVERITIES);
  const when = whenAny(actions);
  return {
    subject,
    outcome: 'fail' as const,
    severity: whole && when.kind === 'true' ? severity : milder(severity),
    ...conditionsOf(when),
    evidence,
    external: {
      principal: kind === 'account' ? part : '*',
      kind,
      resource: resource.arn,
      actions: namesOf(actions),
    },
  };
};

/** Grants name whom they let in; who may make more of them can pass the key on. */
const judgeGrants = (
  { arn, service }: Resource,
  { accountId, principals, actions, constrained }: GrantedAccount,
  trusted: boolean,
) => ({
  subject: { arn, part: `${accountId} by grants` },
  outcome: trusted ? ('pass' as const) : ('fail' as const),
  severity: 'Permissions management' in actions && !constrained ? ('medium' as const) : ('low' as const),
  remediation: [
    'Revoke the grants if nobody needs them any more (`aws kms revoke-grant`).',
    'Otherwise declare the account in `trustedAccounts` with an owner and an expiry.',
  ],
  evidence: {
    kind: 'account' as const,
    accountId,
    principals: [...principals],
    wholeAccount: principals.some((principal) => principal.endsWith(':root')),
    service,
    actions,
    trusted,
    byGrants: true,
  },
  external: { principal: accountId, kind: 'account' as const, resource: arn, actions: Object.values(actions).flat() },
});

const SEVERITIES: Readonly<Record<AccessLevel, Severity>> = {
  'Permissions management': 'high',
  Write: 'medium',
  Tagging: 'low',
  Read: 'medium',
  List: 'low',
};

const ORGANIZATION = 'organization';

/** Those let in, by account; the members of organizations, of whatever account, together. */
const groupsOf = ({ outsiders }: Exposure): ReadonlyMap<string, readonly ExposedTo[]> => {
  const groups = new Map<string, readonly ExposedTo[]>();
  for (const admitted of outsiders) {
    const part = partOf(admitted.outsider);
    if (part === null) continue;
    const actions =
      part === ORGANIZATION ? admitted.actions.filter(({ organization }) => organization !== null) : admitted.actions;
    if (actions.length > 0) groups.set(part, [...(groups.get(part) ?? []), { ...admitted, actions }]);
  }
  return groups;
};

/** An origin access identity of CloudFront has no account of a customer's. */
const partOf = (outsider: Outsider): string | null => {
  if (outsider.kind === 'anyAccount') return ORGANIZATION;
  if (!('account' in outsider) || !/^\d{12}$/.test(outsider.account)) return null;
  return outsider.account;
};
