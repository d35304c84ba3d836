import type { Formula } from '../../../evaluate/formula.ts';
import type { Severity } from '../../../finding/check-result.ts';
import { defineCheck } from '../../define-check.ts';
import { conditionsOf } from '../../facts/conditions.ts';
import { unreadTrustGap } from '../../facts/unread-policy.ts';
import type { FederatedTrust } from '../../trust/read-federation.ts';

/** A role lets in more identities of an OIDC provider than its owner has. */
export const roleTrustsWebIdentitiesTooBroadly = defineCheck({
  id: 'role-trusts-web-identities-too-broadly',
  title: 'Role can be assumed with tokens of other customers of an identity provider',
  category: 'external',
  severity: 'critical',
  resourceType: 'Role',
  reads: ['roles', 'organization'],
  doc: {
    what: 'Whether a token that somebody else gets of an OIDC provider is enough to assume the role: of another repository of GitHub Actions, another project of GitLab, another identity pool of Cognito, and so on for each provider that is known. Milder where all that one customer has gets in (every repository of an organization, every service account of a cluster), or guests of an identity pool.',
    risk: 'Anybody with an account at the provider can have a token made that opens the role.',
    remediation: [
      'Ask for the claim that names what needs the role with StringEquals: of GitHub Actions `sub` with `repo:ORGANIZATION/REPOSITORY:ref:refs/heads/BRANCH`.',
      'Leave no wildcard before the end of the name of the organization and the repository.',
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html',
    ],
  },
  frameworks: [],
  defaults: {},

  *run({ roles }, { federationOf }) {
    for (const role of roles) {
      const gap = unreadTrustGap(role);
      if (gap !== null) yield { subject: { arn: role.arn }, outcome: 'unknown', gap };
      for (const trust of federationOf(role)) {
        if (trust.kind !== 'oidc') continue;
        const { provider, issuer } = trust;
        const [openTo, when] = openness(trust);
        const subject = { arn: role.arn, part: provider };
        const evidence = { provider, issuer: issuer.name, openTo, everything: issuer.everything.what };
        if (openTo === 'nobody') {
          yield { subject, outcome: 'pass', evidence };
          continue;
        }
        yield {
          subject,
          outcome: 'fail',
          severity: severityOf(openTo, when),
          ...conditionsOf(when),
          remediation: remediation(trust, openTo),
          evidence,
          external: {
            principal: provider,
            kind: 'federated',
            resource: role.arn,
            actions: ['sts:AssumeRoleWithWebIdentity'],
          },
        };
      }
    }
  },

  summary: ({ issuer, openTo, everything }, { name }) =>
    ({
      nobody: `Role ${name} can be assumed by nobody else.`,
      anybody: `Role ${name} can be assumed by anybody who has an account at ${issuer}.`,
      everything: `Role ${name} can be assumed by ${everything} at ${issuer}.`,
      guests: `Role ${name} can be assumed by guests of an identity pool, who do not sign in.`,
    })[openTo],
});

const remediation = (
  { provider, issuer }: Extract<FederatedTrust, { kind: 'oidc' }>,
  openTo: Openness,
): readonly string[] => {
  const { guest } = issuer;
  const claim = openTo === 'guests' && guest !== undefined ? guest.claim : (Object.keys(issuer.strange)[0] ?? 'sub');
  const key = `${provider.replace(/^arn:[^/]*:oidc-provider\//, '')}:${claim}`;
  return [
    `Ask for ${key} with the values of those who need the role, and no wildcard where it tells whose they are.`,
    `How ${issuer.name} fills its claims stands in ${issuer.reference}.`,
  ];
};

type Openness = 'nobody' | 'anybody' | 'everything' | 'guests';

const openness = (trust: Extract<FederatedTrust, { kind: 'oidc' }>): readonly [Openness, Formula] => {
  const worst = (['anybody', 'everything', 'guests'] as const).find((who) => trust[who].kind !== 'false');
  return worst === undefined ? ['nobody', trust.anybody] : [worst, trust[worst]];
};

const severityOf = (openTo: Exclude<Openness, 'nobody'>, when: Formula): Severity => {
  if (openTo === 'anybody') return when.kind === 'true' ? 'critical' : 'high';
  return when.kind === 'true' ? 'medium' : 'low';
};
