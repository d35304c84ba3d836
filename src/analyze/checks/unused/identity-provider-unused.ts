import type { AccountAccess } from '../../../access/account-access.ts';
import type { Outsider } from '../../../access/outsider.ts';
import { iamArn } from '../../../iam/arn.ts';
import { daysBetween } from '../../../kernel/time.ts';
import type { AccountSnapshot, IdentityProvider } from '../../../snapshot/account-snapshot.ts';
import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { unreadTrustGap } from '../../facts/unread-policy.ts';

/** An identity provider whose tokens open no role. */
export const identityProviderUnused = defineCheck({
  id: 'identity-provider-unused',
  title: 'Identity provider that no role trusts',
  category: 'unused',
  severity: 'info',
  resourceType: 'IdentityProvider',
  reads: [...ACCESS_PARTS, 'identityProviders'],
  doc: {
    what: 'Whether the trust policy of some role lets in whom a SAML or OIDC identity provider vouches for. Left out are providers younger than `graceDays` days, that of IAM Identity Center, and all of an account with roles for Amazon Cognito, whose identity pools use providers without a trust policy that names them. A SAML provider that only AWS Client VPN endpoints name shows here too, for IAM does not tell of those.',
    risk: 'The account goes on to vouch for an issuer that nobody watches; a trust policy written carelessly later lets its users in.',
    remediation: [
      'Ask who made the provider, and see whether a Client VPN endpoint names it (`aws ec2 describe-client-vpn-endpoints`).',
      'Delete the provider where none does.',
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers.html',
      'https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/federated-authentication.html',
    ],
  },
  frameworks: [],
  defaults: { graceDays: 30 },

  *run(snapshot, { now, access, options }) {
    const { identityProviders, partition, accountId, roles } = snapshot;
    if (!identityProviders.known) {
      const arn = iamArn(partition, accountId, 'root');
      yield { subject: { arn }, outcome: 'unknown', gap: identityProviders.gap };
      return;
    }
    const unread = roles.map(unreadTrustGap).find((gap) => gap !== null);
    const trusting = trustedProviders(snapshot, access);
    for (const provider of identityProviders.value) {
      const { arn, kind, createDate } = provider;
      const ageDays = createDate === null ? null : daysBetween(createDate, now);
      const isTrusted = isExempt(provider) || trusting.has(arn) || trusting.has(EVERY_PROVIDER);
      const isOld = ageDays === null || ageDays >= options.graceDays;
      if (!isTrusted && isOld && unread !== undefined) {
        yield { subject: { arn }, outcome: 'unknown', gap: unread };
      } else {
        const outcome = !isTrusted && isOld ? 'fail' : 'pass';
        yield { subject: { arn }, outcome, evidence: { kind, roles: trusting.get(arn) ?? [], ageDays } };
      }
    }
  },

  summary: ({ kind }, { name }) => `No role trusts the ${kind === 'saml' ? 'SAML' : 'OIDC'} provider ${name}.`,
});

/** Stands for a role that lets in whoever comes with any token. */
const EVERY_PROVIDER = '*';

/** The roles that each provider opens, by the provider's ARN. */
const trustedProviders = (
  { roles }: AccountSnapshot,
  access: AccountAccess,
): ReadonlyMap<string, readonly string[]> => {
  const trusting = new Map<string, string[]>();
  for (const { arn } of roles) {
    const outsiders = ['sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'].flatMap((action) =>
      access.outsidersWhoCan(action, arn).map(({ outsider }) => providerOf(outsider)),
    );
    for (const provider of new Set(outsiders)) {
      if (provider !== null) trusting.set(provider, [...(trusting.get(provider) ?? []), arn]);
    }
  }
  return trusting;
};

const providerOf = (outsider: Outsider): string | null => {
  if (outsider.kind === 'anonymous') return EVERY_PROVIDER;
  if (outsider.kind !== 'federated') return null;
  return outsider.provider === 'cognito-identity.amazonaws.com' ? EVERY_PROVIDER : outsider.provider;
};

/** Keeps itself: IAM Identity Center makes it, and says so in its name. */
const isExempt = ({ arn }: IdentityProvider): boolean => /:saml-provider\/AWSSSO_\w+_DO_NOT_DELETE$/.test(arn);
