import type { Outsider } from '../outsider.ts';

/**
 * Whether an outsider can make a call at all, whatever policies say: identity providers vouch for those who assume a role
 * with their token, in calls that are not signed; STS and KMS answer no others without a signature, and root users
 * cannot assume roles. Other services are taken to answer everybody.
 * Source: AWS STS API Reference (AssumeRole, AssumeRoleWithSAML, AssumeRoleWithWebIdentity); AWS KMS API Reference,
 * "Signing requests".
 */
export const canCall = (outsider: Outsider, action: string): boolean => {
  const name = action.toLowerCase();
  const withToken = TOKEN_CALLS.get(name);
  if (withToken !== undefined)
    return outsider.kind === 'federated' ? withToken === tokenOf(outsider.provider) : outsider.kind === 'anonymous';
  if (outsider.kind === 'federated') return /^sts:(?:tagsession|setsourceidentity)$/.test(name);
  if (outsider.kind === 'anonymous') return !/^(?:sts|kms):/.test(name);
  return name !== 'sts:assumerole' || outsider.kind !== 'principal' || !outsider.arn.endsWith(':root');
};

type Token = 'saml' | 'oidc';

const TOKEN_CALLS: ReadonlyMap<string, Token> = new Map([
  ['sts:assumerolewithsaml', 'saml'],
  ['sts:assumerolewithwebidentity', 'oidc'],
]);

const tokenOf = (provider: string): Token => (provider.includes(':saml-provider/') ? 'saml' : 'oidc');
