import { createPublicKey, type JsonWebKeyInput, verify } from 'node:crypto';
import { isJsonObject, type JsonObject } from '../kernel/json.ts';

/** A JSON Web Token, read but not verified. Source: RFC 7519, in the compact form of RFC 7515. */
export interface JsonWebToken {
  readonly header: JsonObject;
  readonly claims: JsonObject;
  readonly signed: string;
  readonly signature: Uint8Array;
}

/** A public key of an identity provider. Source: RFC 7517. */
export type JsonWebKey = JsonObject;

/** Reads a token; null where it is none. */
export const parseJsonWebToken = (token: string): JsonWebToken | null => {
  const parts = token.split('.');
  const [header, claims, signature] = parts;
  if (parts.length !== 3 || header === undefined || claims === undefined || signature === undefined) return null;
  const decoded = [header, claims].map(jsonOf);
  const [first, second] = decoded;
  if (!isJsonObject(first) || !isJsonObject(second)) return null;
  return {
    header: first,
    claims: second,
    signed: `${header}.${claims}`,
    signature: Buffer.from(signature, 'base64url'),
  };
};

const jsonOf = (part: string): unknown => {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};

/** The algorithms that AWS takes. Source: "Create an OpenID Connect identity provider in IAM", IAM User Guide. */
const ALGORITHMS: Readonly<Record<string, { readonly hash: string; readonly type: 'rsa' | 'ec' }>> = {
  RS256: { hash: 'sha256', type: 'rsa' },
  RS384: { hash: 'sha384', type: 'rsa' },
  RS512: { hash: 'sha512', type: 'rsa' },
  ES256: { hash: 'sha256', type: 'ec' },
  ES384: { hash: 'sha384', type: 'ec' },
  ES512: { hash: 'sha512', type: 'ec' },
};

/** Whether a token is signed with one of a provider's keys; `unknownKey`: with none that it names. */
export const verifyJsonWebToken = (
  { header, signed, signature }: JsonWebToken,
  keys: readonly JsonWebKey[],
): 'verified' | 'unknownKey' | 'wrong' => {
  const { kid, alg } = header;
  const key =
    keys.find((each) => each['kid'] === kid) ?? (keys.length === 1 && kid === undefined ? keys[0] : undefined);
  if (key === undefined) return 'unknownKey';
  const algorithm = typeof alg === 'string' && Object.hasOwn(ALGORITHMS, alg) ? ALGORITHMS[alg] : undefined;
  if (algorithm === undefined) return 'wrong';
  try {
    const input: JsonWebKeyInput = { key, format: 'jwk' };
    const publicKey = createPublicKey(input);
    if (publicKey.asymmetricKeyType !== algorithm.type) return 'wrong';
    const given = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
    return verify(algorithm.hash, Buffer.from(signed), given, signature) ? 'verified' : 'wrong';
  } catch {
    return 'wrong';
  }
};
