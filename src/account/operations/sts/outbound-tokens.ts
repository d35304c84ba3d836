import { createECDH, createHash, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { epochMillis, toInstant } from '../../../kernel/time.ts';
import type { AccountState } from '../../account-state.ts';
import { awsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { identityOf } from '../../caller-identity.ts';
import { readOperation } from '../../operation.ts';
import * as input from './session-input.ts';

/**
 * `sts:GetWebIdentityToken`: a token by which the caller shows others who it is. Nobody serves the keys that it is signed
 * with. Source: "Federating AWS identities to external services", IAM User Guide.
 */
export const getWebIdentityToken = readOperation(
  'sts:GetWebIdentityToken',
  z.object({
    Audience: z.array(z.string().min(1).max(1000)).min(1).max(10),
    SigningAlgorithm: z.enum(['RS256', 'ES384']),
    DurationSeconds: z.int().min(60).max(3600).default(300),
    Tags: input.tags,
  }),
  (state, given, call) => {
    const { outboundFederation } = state.settings;
    const identity = identityOf(state, call.caller);
    if (outboundFederation?.enabled !== true || identity === null) {
      return awsError(
        'OutboundWebIdentityFederationDisabledException',
        'The outbound web identity federation feature is not enabled for this account.',
      );
    }
    const { issuer } = outboundFederation;
    const start = Math.floor(epochMillis(call.now) / 1000);
    const [audience] = given.Audience;
    const claims = {
      iss: issuer,
      aud: given.Audience.length === 1 ? audience : given.Audience,
      sub: subjectOf(state, call) ?? identity.arn,
      iat: start,
      exp: start + given.DurationSeconds,
      jti: Buffer.from(call.random(16)).toString('hex'),
      'https://sts.amazonaws.com/': {
        aws_account: state.accountId,
        source_region: call.region,
        principal_id: identity.arn,
        ...(given.Tags.length === 0
          ? {}
          : { request_tags: Object.fromEntries(given.Tags.map(({ Key, Value }) => [Key, Value])) }),
      },
    };
    return ok({
      WebIdentityToken: signedToken(given.SigningAlgorithm, issuer, claims),
      Expiration: toInstant((start + given.DurationSeconds) * 1000),
    });
  },
);

/** Of a session the role itself. */
const subjectOf = ({ roles }: AccountState, { caller }: Call): string | undefined =>
  caller.kind === 'role' ? roles.get(caller.nameKey)?.arn : undefined;

const signedToken = (alg: 'RS256' | 'ES384', issuer: string, claims: object): string => {
  const part = (json: object): string => Buffer.from(JSON.stringify(json)).toString('base64url');
  const kid = createHash('sha256').update(`${alg} ${issuer}`).digest('hex').slice(0, 32);
  const signed = `${part({ alg, kid, typ: 'JWT' })}.${part(claims)}`;
  const key = alg === 'RS256' ? rsaKey() : ellipticKey(issuer);
  const hash = alg === 'RS256' ? 'sha256' : 'sha384';
  return `${signed}.${sign(hash, Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
};

let rsa: KeyObject | undefined;

const rsaKey = (): KeyObject => {
  rsa ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  return rsa;
};

/** The key of an issuer, which is the same in each process. */
const ellipticKey = (issuer: string): KeyObject => {
  const curve = createECDH('secp384r1');
  // The first byte keeps the number below the order of the curve.
  const secret = createHash('sha384').update(`vigil ${issuer}`).digest().fill(1, 0, 1);
  curve.setPrivateKey(secret);
  const point = curve.getPublicKey();
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
  const jwk = { kty: 'EC', crv: 'P-384', x: text(point.subarray(1, 49)), y: text(point.subarray(49)), d: text(secret) };
  return createPrivateKey({ key: jwk, format: 'jwk' });
};

/** `sts:GetDelegatedAccessToken`. AWS sends its trade-in tokens to the partner that asked for a delegation: here is none. */
export const getDelegatedAccessToken = readOperation(
  'sts:GetDelegatedAccessToken',
  z.object({ TradeInToken: z.string().min(4) }),
  () => awsError('ExpiredTradeInTokenException', 'The trade-in token provided in the request has expired.'),
);
