import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Secret } from '../kernel/secret.ts';

/** The names of the signature of a manifest, and of the public key that fits it. */
export const SIGNATURE_FILE = 'manifest.sig';
export const PUBLIC_KEY_FILE = 'manifest.pub';

/** Whoever can sign manifests with an Ed25519 key. */
export interface ManifestSigner {
  /** The 32 bytes of the public key as base64. */
  readonly publicKey: string;
  /** The same as PEM. */
  readonly publicPem: string;
  /** The text of `manifest.sig`: the signature of a text, as base64 with a line feed. */
  sign(text: string): string;
}

// RFC 8410: what stands before the 32 bytes of an Ed25519 key in PKCS #8, and in a public key's info.
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const KEY_BYTES = 32;

/** Reads a private Ed25519 key: PEM (PKCS #8), or the base64 of its 32 bytes. The error tells nothing of the key. */
export const parseSigningKey = (secret: Secret): Result<ManifestSigner, string> => {
  const text = secret.reveal().trim();
  const seed = rawKey(text);
  const key = attempt(() =>
    seed === null
      ? createPrivateKey(text)
      : createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' }),
  );
  if (key === null || key.asymmetricKeyType !== 'ed25519') {
    return err('holds no Ed25519 key: `openssl genpkey -algorithm ed25519` makes one');
  }
  const publicKey = createPublicKey(key);
  return ok({
    publicKey: rawOf(publicKey),
    publicPem: String(publicKey.export({ format: 'pem', type: 'spki' })),
    sign: (content) => `${sign(null, Buffer.from(content), key).toString('base64')}\n`,
  });
};

/** A public Ed25519 key. */
export interface ManifestVerifier {
  /** Its 32 bytes as base64. */
  readonly publicKey: string;
  /** Whether a text of `manifest.sig` is this key's signature of the bytes. */
  accepts(signature: string, content: Uint8Array): boolean;
}

/** Reads a public Ed25519 key: PEM, or the base64 of its 32 bytes. */
export const parsePublicKey = (text: string): Result<ManifestVerifier, string> => {
  const raw = rawKey(text.trim());
  const key = attempt(() =>
    raw === null
      ? createPublicKey(text)
      : createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' }),
  );
  // A private key would be taken for its public half: whoever hands one out should not.
  if (key === null || key.asymmetricKeyType !== 'ed25519' || /PRIVATE KEY/.test(text)) {
    return err('holds no public Ed25519 key');
  }
  return ok({
    publicKey: rawOf(key),
    accepts: (signature, content) =>
      SIGNATURE.test(signature) && verify(null, content, key, Buffer.from(signature.trim(), 'base64')),
  });
};

// 64 bytes in base64.
const SIGNATURE = /^[A-Za-z0-9+/]{86}==\n$/;

const rawKey = (text: string): Buffer | null => {
  if (!/^[A-Za-z0-9+/]{43}=$/.test(text)) return null;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === KEY_BYTES ? bytes : null;
};

const rawOf = (key: KeyObject): string =>
  key.export({ format: 'der', type: 'spki' }).subarray(SPKI.length).toString('base64');

const attempt = (make: () => KeyObject): KeyObject | null => {
  try {
    return make();
  } catch {
    return null;
  }
};
