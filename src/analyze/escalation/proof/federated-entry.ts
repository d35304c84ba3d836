import type { Instant } from '../../../kernel/time.ts';
import type { PathStep } from '../escalation-path.ts';
import { ANONYMOUS, SESSION_NAME } from './attacker.ts';
import { samlResponse, webIdentityToken } from './identity-provider.ts';
import { memberAt, type OwnerQuestion, type ReplayRequest, textAt } from './replay-request.ts';

/** How somebody whom the attacker's identity provider vouches for becomes the role of a step. */
export function* federatedEntry(
  provider: string,
  { to }: PathStep,
  index: number,
  now: Instant,
): Generator<OwnerQuestion, ReplayRequest, unknown> {
  const saml = provider.includes(':saml-provider/');
  const given = saml ? { RoleArn: to, PrincipalArn: provider } : { RoleArn: to, RoleSessionName: SESSION_NAME };
  const secret = saml
    ? { SAMLAssertion: samlResponse(to, provider, now) }
    : { WebIdentityToken: webIdentityToken(provider, yield* audienceOf(provider), now) };
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
}

/** An audience that an OpenID Connect provider of the account accepts: the last that it was given. */
function* audienceOf(provider: string): Generator<OwnerQuestion, string, unknown> {
  const answer = yield {
    kind: 'owner',
    action: 'iam:GetOpenIDConnectProvider',
    input: { OpenIDConnectProviderArn: provider },
  };
  const audiences = memberAt(answer, 'ClientIDList');
  return Array.isArray(audiences) ? textAt(audiences, audiences.length - 1) : '';
}
