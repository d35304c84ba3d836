import type { Instant } from '../../../kernel/time.ts';
import type { PathStep } from '../escalation-path.ts';
import { ANONYMOUS, SESSION_NAME } from './attacker.ts';
import { samlResponse, webIdentityToken } from './identity-provider.ts';
import type { ReplayRequest } from './replay-request.ts';

/** The audience of tokens of an OpenID Connect provider that an attacker makes. */
export const AUDIENCE = 'sts.amazonaws.com';

/** How somebody whom the attacker's identity provider vouches for becomes the role of a step. */
export const federatedEntry = (provider: string, { to }: PathStep, index: number, now: Instant): ReplayRequest => {
  const saml = provider.includes(':saml-provider/');
  const given = saml ? { RoleArn: to, PrincipalArn: provider } : { RoleArn: to, RoleSessionName: SESSION_NAME };
  const secret = saml
    ? { SAMLAssertion: samlResponse(to, provider, now) }
    : { WebIdentityToken: webIdentityToken(provider, AUDIENCE, now) };
  return {
    step: index,
    as: ANONYMOUS,
    action: saml ? 'sts:AssumeRoleWithSAML' : 'sts:AssumeRoleWithWebIdentity',
    resource: to,
    input: { ...given, ...secret },
    context: {},
    region: null,
    shown: { ...given, ...Object.fromEntries(Object.keys(secret).map((name) => [name, '<what the provider signed>'])) },
  };
};
