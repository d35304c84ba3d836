import type { Instant } from '../../../kernel/time.ts';
import type { PathStep } from '../escalation-path.ts';
import { ANONYMOUS, type Attacker, SESSION_NAME } from './attacker.ts';
import { samlResponse, webIdentityToken } from './identity-provider.ts';
import { memberAt, type OwnerQuestion, type ReplayRequest, textAt } from './replay-request.ts';
import { codeOf, type MadeOnTheWay } from './step-parameters.ts';

/** The request that ends a step and that needs no leave: it shows who one is, by what the step has made. Null: none does. */
export function* entryRequest(
  step: PathStep,
  {
    made,
    index,
    attacker,
    now,
  }: { readonly made: MadeOnTheWay; readonly index: number; readonly attacker: Attacker; readonly now: Instant },
): Generator<OwnerQuestion, ReplayRequest | null, unknown> {
  if (made.provider !== null) return yield* federatedEntry(made.provider, step, index, now);
  return step.effect === 'presents-mfa' && made.mfaDevice !== null
    ? sessionWithMfa(made, { index, attacker, now })
    : null;
}

const sessionWithMfa = (
  made: MadeOnTheWay,
  { index, attacker, now }: { readonly index: number; readonly attacker: Attacker; readonly now: Instant },
): ReplayRequest => {
  const given = { SerialNumber: made.mfaDevice?.serialNumber ?? '' };
  return {
    step: index,
    as: attacker,
    action: 'sts:GetSessionToken',
    resource: '*',
    input: { ...given, TokenCode: codeOf(made, now, 1) },
    context: {},
    sourceIp: null,
    region: null,
    shown: { ...given, TokenCode: '<the code after that>' },
  };
};

/** How somebody whom the attacker's identity provider vouches for becomes the role of a step. */
function* federatedEntry(
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
    sourceIp: null,
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
