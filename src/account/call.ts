import type { AccountId } from '../iam/account-id.ts';
import type { Arn } from '../iam/arn.ts';
import type { Instant } from '../kernel/time.ts';

/** Who makes a call, in the account of the call. */
export type Caller =
  /** The root user; `session` where it used temporary credentials. */
  | { readonly kind: 'root'; readonly session?: Session }
  /** A user; `session` where it used credentials of GetSessionToken. */
  | { readonly kind: 'user'; readonly nameKey: string; readonly session?: Session }
  /** A session of a role. */
  | { readonly kind: 'role'; readonly nameKey: string; readonly session: Session }
  /** Whom a user, or the root user (null), called GetFederationToken for. */
  | { readonly kind: 'federatedUser'; readonly issuer: string | null; readonly session: Session }
  /** A service of AWS that calls by itself, such as `lambda.amazonaws.com`. */
  | { readonly kind: 'service'; readonly service: string }
  /** Nobody: the request is not signed. */
  | { readonly kind: 'anonymous' };

/** What temporary credentials stand for. Source: "Temporary security credentials in IAM", IAM User Guide. */
export interface Session {
  /** `ASIA…` */
  readonly accessKeyId: string;
  /** The role session name, or the name of the federated user; empty for GetSessionToken. */
  readonly name: string;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  /** When MFA was given; null: it was not. */
  readonly mfaAuthenticatedAt: Instant | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly transitiveTagKeys: readonly string[];
  readonly sourceIdentity: string | null;
  /** The session policy as JSON text; null: none was passed. */
  readonly policy: string | null;
  /** Managed policies passed as session policies. */
  readonly policyArns: readonly Arn[];
  /** Whether a session of a role asked for it. */
  readonly chained: boolean;
  /** The identity provider that vouched for it, with the context keys that its token gave. */
  readonly federation: {
    readonly provider: string;
    readonly context: Readonly<Record<string, readonly string[]>>;
  } | null;
}

/** Gives so many bytes that nobody can guess; a source made of the same seed gives the same. */
export type Random = (size: number) => Uint8Array;

/** An account, and the partition that it is in. */
export interface AccountPlace {
  readonly accountId: AccountId;
  /** `aws`, `aws-cn`, `aws-us-gov`, … */
  readonly partition: string;
}

/** The circumstances of a call. */
export interface Call {
  /** The account of the caller. */
  readonly account: AccountPlace;
  readonly caller: Caller;
  readonly now: Instant;
  readonly random: Random;
  /** The access key that signed; empty where nobody did. */
  readonly accessKeyId: string;
  /** The region of the signature's scope. */
  readonly region: string;
  /** An IP address. */
  readonly sourceIp: string;
}
