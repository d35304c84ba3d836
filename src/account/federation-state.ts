import type { Arn } from '../iam/arn.ts';
import type { Instant } from '../kernel/time.ts';
import type { JsonWebKey } from './json-web-token.ts';

/** A TLS server certificate. */
export interface ServerCertificateState {
  readonly serverCertificateName: string;
  readonly serverCertificateId: string;
  readonly arn: Arn;
  readonly path: string;
  readonly uploadDate: Instant;
  readonly expiration: Instant;
  /** In PEM; empty: not known, as of an imported account. */
  readonly body: string;
  readonly chain: string | null;
  readonly tags: ReadonlyMap<string, string>;
}

/** A SAML provider. */
export interface SamlProviderState {
  readonly arn: Arn;
  /** What encrypted assertions name as their recipient. */
  readonly uuid: string;
  readonly createDate: Instant;
  readonly validUntil: Instant;
  /** XML as `saml-metadata.ts` reads it; empty: not known, as of an imported account. */
  readonly metadata: string;
  /** Null: the provider does not say, and assertions come as they are. */
  readonly assertionEncryptionMode: 'Required' | 'Allowed' | null;
  readonly privateKeys: readonly SamlPrivateKeyState[];
  readonly tags: ReadonlyMap<string, string>;
}

/** A private key that decrypts assertions. */
export interface SamlPrivateKeyState {
  readonly keyId: string;
  readonly addedAt: Instant;
  /** In PEM. */
  readonly pem: string;
}

/** An OIDC provider; `url` without `https://`. */
export interface OidcProviderState {
  readonly arn: Arn;
  readonly url: string;
  readonly clientIds: readonly string[];
  readonly thumbprints: readonly string[];
  /** The public keys that its tokens are signed with; absent: not known, and no signature is verified. */
  readonly keys?: readonly JsonWebKey[];
  readonly createDate: Instant;
  readonly tags: ReadonlyMap<string, string>;
}
