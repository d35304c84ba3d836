import { iamArn } from '../iam/arn.ts';
import { isJsonList, isJsonObject, type JsonValue } from '../kernel/json.ts';
import { ok, type Result } from '../kernel/result.ts';
import { epochMillis, type Instant } from '../kernel/time.ts';
import type { AccountState } from './account-state.ts';
import { type AwsError, awsError } from './aws-error.ts';
import type { OidcProviderState } from './federation-state.ts';
import { isContextClaim } from './identity-claims.ts';
import { type JsonWebToken, parseJsonWebToken, verifyJsonWebToken } from './json-web-token.ts';

/** Whom the token of an identity provider speaks of. */
export interface FederatedIdentity {
  /** As trust policies name it: the ARN of the provider, or the host of one that every account knows. */
  readonly provider: string;
  readonly subject: string;
  readonly audience: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly transitiveTagKeys: readonly string[];
  readonly sourceIdentity: string | null;
  /** Condition keys: `token.actions.githubusercontent.com:sub`. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

/**
 * Reads the token of an OIDC provider that an account trusts. Its signature is verified where the account file gives the
 * provider's keys, for nobody asks the provider itself. Errors are AWS's.
 * Source: `AssumeRoleWithWebIdentity`, AWS STS API Reference; "Pass session tags in AWS STS", IAM User Guide.
 */
export const readWebIdentity = (
  state: AccountState,
  text: string,
  now: Instant,
): Result<FederatedIdentity, AwsError> => {
  const token = parseJsonWebToken(text);
  if (token === null) {
    return invalid('The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)');
  }
  const { iss, sub, exp } = token.claims;
  if (typeof iss !== 'string') return invalid('Missing a required claim: iss');
  const issuer = iss.replace(/^https:\/\//, '');
  const trusted = trustedProvider(state, issuer);
  if (trusted === null) return invalid(`No OpenIDConnect provider found in your account for https://${issuer}`);
  const audience = audienceOf(token);
  if (audience === null) return invalid('Missing a required claim: aud');
  if (typeof sub !== 'string' || sub === '') return invalid('Missing a required claim: sub');
  const problem = problemOfToken(token, audience, trusted.known);
  if (problem !== null) return invalid(problem);
  const seconds = Math.floor(epochMillis(now) / 1000);
  if (typeof exp !== 'number') return invalid('Missing a required claim: exp');
  if (exp <= seconds) {
    return awsError(
      'ExpiredTokenException',
      `Token expired: current date/time ${seconds} must be before the expiration date/time ${exp}`,
    );
  }
  return ok({
    provider: trusted.name,
    subject: sub,
    audience,
    ...sessionTagsOf(token.claims['https://aws.amazon.com/tags']),
    sourceIdentity: textOr(token.claims['https://aws.amazon.com/source_identity'], null),
    context: contextOf(issuer, token, audience),
  });
};

const invalid = (message: string): Result<never, AwsError> => awsError('InvalidIdentityToken', message);

/** The providers that every account knows. Source: "AWS JSON policy elements: Principal", IAM User Guide. */
const BUILT_IN = new Set([
  'accounts.google.com',
  'cognito-identity.amazonaws.com',
  'graph.facebook.com',
  'www.amazon.com',
]);

const trustedProvider = (
  { oidcProviders, partition, accountId }: AccountState,
  issuer: string,
): { readonly name: string; readonly known: OidcProviderState | null } | null => {
  const arn = iamArn(partition, accountId, `oidc-provider/${issuer}`);
  const known = oidcProviders.get(arn);
  if (known !== undefined) return { name: arn, known };
  return BUILT_IN.has(issuer) ? { name: issuer, known: null } : null;
};

/** Who the token is for; of several the one that asked, which `azp` names. */
const audienceOf = ({ claims: { aud, azp } }: JsonWebToken): string | null => {
  if (typeof azp === 'string' && azp !== '') return azp;
  if (isJsonList(aud)) return textOr(aud[0], null);
  return textOr(aud, null);
};

const problemOfToken = (token: JsonWebToken, audience: string, provider: OidcProviderState | null): string | null => {
  if (provider === null) return null;
  const { aud } = token.claims;
  const audiences = [audience, ...(isJsonList(aud) ? aud : [aud])];
  if (!provider.clientIds.some((id) => audiences.includes(id))) return 'Incorrect token audience';
  if (provider.keys === undefined) return null;
  switch (verifyJsonWebToken(token, provider.keys)) {
    case 'unknownKey':
      return "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements";
    case 'wrong':
      return 'The web identity token that was passed could not be validated by AWS. Get a new identity token from the identity provider and then retry the request.';
    case 'verified':
      return null;
  }
};

/** The claim of session tags: `{ principal_tags: { team: ["red"] }, transitive_tag_keys: ["team"] }`. */
const sessionTagsOf = (claim: JsonValue | undefined): Pick<FederatedIdentity, 'tags' | 'transitiveTagKeys'> => {
  if (!isJsonObject(claim)) return { tags: {}, transitiveTagKeys: [] };
  const { principal_tags: tags, transitive_tag_keys: keys } = claim;
  const entries = isJsonObject(tags) ? Object.entries(tags) : [];
  return {
    tags: Object.fromEntries(
      entries.map(([key, value]) => [key, textOr(isJsonList(value) ? value[0] : value, '') ?? '']),
    ),
    transitiveTagKeys: isJsonList(keys) ? keys.filter((key) => typeof key === 'string') : [],
  };
};

const contextOf = (issuer: string, { claims }: JsonWebToken, audience: string): FederatedIdentity['context'] => {
  const context: [string, readonly string[]][] = [];
  for (const [claim, value] of Object.entries(claims)) {
    if (!isContextClaim(issuer, claim)) continue;
    const values = (isJsonList(value) ? value : [value])
      .filter((each) => typeof each === 'string' || typeof each === 'number' || typeof each === 'boolean')
      .map(String);
    if (values.length > 0) context.push([`${issuer}:${claim}`, values]);
  }
  return { ...Object.fromEntries(context), [`${issuer}:aud`]: [audience] };
};

const textOr = <T>(value: JsonValue | undefined, otherwise: T): string | T =>
  typeof value === 'string' ? value : otherwise;
