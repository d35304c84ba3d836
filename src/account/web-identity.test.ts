import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { loadServiceReference } from '../reference/service-reference.ts';
import { createAuthorizer } from './authorizer.ts';
import type { CloudState } from './cloud-state.ts';
import { operations } from './operations.ts';
import { openSession } from './session-token.ts';
import { callBy, cloudOfFiles } from './testing/cloud-of-file.ts';

const authorize = createAuthorizer(await loadServiceReference());

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });

const jwk = (key: KeyObject, kid: string) => JSON.stringify({ ...key.export({ format: 'jwk' }), kid });

const ISSUER = 'token.actions.githubusercontent.com';
const provider = `arn:aws:iam::123456789012:oidc-provider/${ISSUER}`;

const trust = (Condition: object, Action: unknown = 'sts:AssumeRoleWithWebIdentity') =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { Federated: provider }, Action, Condition },
  });

const cloudWith = (document: string, keys = `keys: [${jwk(rsa.publicKey, 'one')}, ${jwk(ec.publicKey, 'two')}]`) =>
  cloudOfFiles(`
roles: [{ roleName: deploy, roleId: AROA2345ABCDEFGHIJKLM, maxSessionDuration: 3600, assumeRolePolicyDocument: ${document} }]
oidcProviders: [{ url: "https://${ISSUER}", clientIds: [sts.amazonaws.com], ${keys} }, { url: "https://idp.example", clientIds: [app] }]
`);

const part = (json: object): string => Buffer.from(JSON.stringify(json)).toString('base64url');

const CLAIMS = {
  iss: `https://${ISSUER}`,
  aud: 'sts.amazonaws.com',
  sub: 'repo:acme/web:ref:refs/heads/main',
  repository: 'acme/web',
  custom: 'x',
  exp: Date.parse('2026-01-31T12:05:00Z') / 1000,
};

const token = (claims: object = {}, { alg = 'RS256', kid = 'one', key = rsa.privateKey } = {}): string => {
  const signed = `${part({ alg, kid, typ: 'JWT' })}.${part({ ...CLAIMS, ...claims })}`;
  const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
};

const OPEN = trust({});

const assume = (cloud: CloudState, WebIdentityToken: string, more: object = {}) => {
  const input = { RoleArn: 'arn:aws:iam::123456789012:role/deploy', RoleSessionName: 'ci', WebIdentityToken, ...more };
  const call = callBy({ kind: 'anonymous' });
  const allowed = authorize(cloud, 'sts:AssumeRoleWithWebIdentity', input, call);
  return allowed.ok ? operations.get('sts:AssumeRoleWithWebIdentity')?.run(cloud, input, call) : allowed;
};

const refusal = (cloud: CloudState, text: string, more: object = {}): string => {
  const outcome = assume(cloud, text, more);
  return outcome?.ok === false ? `${outcome.error.code}: ${outcome.error.message}` : 'allowed';
};

describe('AssumeRoleWithWebIdentity', () => {
  it('gives a session to whom a trusted provider vouches for', () => {
    const outcome = assume(cloudWith(OPEN), token());
    if (outcome?.ok !== true) throw new Error(JSON.stringify(outcome));
    const { answer } = outcome.value;
    expect(answer).toMatchObject({
      SubjectFromWebIdentityToken: CLAIMS.sub,
      Audience: 'sts.amazonaws.com',
      Provider: provider,
      AssumedRoleUser: {
        Arn: 'arn:aws:sts::123456789012:assumed-role/deploy/ci',
        AssumedRoleId: 'AROA2345ABCDEFGHIJKLM:ci',
      },
    });
    const { SessionToken } = answer['Credentials'] as { SessionToken: string };
    expect(openSession(SessionToken)?.sealed.caller).toMatchObject({
      session: { federation: { provider, context: { [`${ISSUER}:repository`]: ['acme/web'] } } },
    });
  });

  it('takes elliptic curves, and providers whose keys nobody gave', () => {
    expect(refusal(cloudWith(OPEN), token({}, { alg: 'ES256', kid: 'two', key: ec.privateKey }))).toBe('allowed');
    expect(refusal(cloudWith(OPEN, ''), token({}, { key: other.privateKey }))).toBe('allowed');
  });

  it.each<[string, string, string]>([
    [
      'no token',
      'abc.def',
      'InvalidIdentityToken: The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
    ],
    [
      'another issuer',
      token({ iss: 'https://evil.example' }),
      'InvalidIdentityToken: No OpenIDConnect provider found in your account for https://evil.example',
    ],
    ['another audience', token({ aud: 'else' }), 'InvalidIdentityToken: Incorrect token audience'],
    [
      'a token that has expired',
      token({ exp: 1_769_860_800 }),
      'ExpiredTokenException: Token expired: current date/time 1769860800 must be before the expiration date/time 1769860800',
    ],
    [
      'a key that the provider does not have',
      token({}, { kid: 'three' }),
      "InvalidIdentityToken: Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
    ],
    [
      'the signature of another key',
      token({}, { key: other.privateKey }),
      'InvalidIdentityToken: The web identity token that was passed could not be validated by AWS. Get a new identity token from the identity provider and then retry the request.',
    ],
    [
      'an algorithm that is not the key’s',
      token({}, { alg: 'ES256' }),
      'InvalidIdentityToken: The web identity token that was passed could not be validated by AWS. Get a new identity token from the identity provider and then retry the request.',
    ],
    [
      'no algorithm',
      `${part({ alg: 'none', kid: 'one' })}.${part(CLAIMS)}.`,
      'InvalidIdentityToken: The web identity token that was passed could not be validated by AWS. Get a new identity token from the identity provider and then retry the request.',
    ],
    [
      'changed claims',
      token().replace(/\..*\./, `.${part({ ...CLAIMS, sub: 'me' })}.`),
      'InvalidIdentityToken: The web identity token that was passed could not be validated by AWS. Get a new identity token from the identity provider and then retry the request.',
    ],
    ['no subject', token({ sub: undefined }), 'InvalidIdentityToken: Missing a required claim: sub'],
  ])('refuses %s', (_, text, error) => {
    expect(refusal(cloudWith(OPEN), text)).toBe(error);
  });

  it('asks the trust policy about the claims that AWS knows', () => {
    const denied = 'AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity';
    const where = (key: string, value: string) => cloudWith(trust({ StringLike: { [`${ISSUER}:${key}`]: value } }));
    expect(refusal(where('sub', 'repo:acme/*:ref:refs/heads/main'), token())).toBe('allowed');
    expect(refusal(where('sub', 'repo:evil/*'), token())).toBe(denied);
    expect(refusal(where('aud', 'sts.amazonaws.com'), token())).toBe('allowed');
    expect(refusal(where('repository', 'acme/web'), token())).toBe('allowed');
    expect(refusal(where('custom', 'x'), token())).toBe(denied);
  });

  it('asks for more where the token brings tags or a source identity', () => {
    const claims = {
      'https://aws.amazon.com/tags': { principal_tags: { team: ['red'] }, transitive_tag_keys: ['team'] },
      'https://aws.amazon.com/source_identity': 'ann',
    };
    expect(refusal(cloudWith(OPEN), token(claims))).toBe('AccessDenied: Not authorized to perform sts:TagSession');
    const wide = trust({ StringEquals: { 'aws:RequestTag/team': 'red' } }, 'sts:*');
    const outcome = assume(cloudWith(wide), token(claims));
    expect(outcome).toMatchObject({ ok: true, value: { answer: { SourceIdentity: 'ann' } } });
  });

  it('refuses a role that is not there as one that does not trust, and a longer session than the role’s', () => {
    const RoleArn = 'arn:aws:iam::123456789012:role/none';
    expect(refusal(cloudWith(OPEN), token(), { RoleArn })).toBe(
      'AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity',
    );
    expect(refusal(cloudWith(OPEN), token(), { DurationSeconds: 3601 })).toBe(
      'ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
    expect(refusal(cloudWith(OPEN), token(), { RoleArn: 'arn:aws:iam::123456789012:user/xx' })).toBe(
      'ValidationError: Request ARN is invalid',
    );
  });
});
