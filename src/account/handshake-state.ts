import type { AccountId } from '../iam/account-id.ts';
import type { Instant } from '../kernel/time.ts';

/** A request between the accounts of AWS Organizations that wants an answer. */
export interface HandshakeState {
  /** `h-…` */
  readonly id: string;
  readonly action: HandshakeAction;
  /** As it was last left: one that nobody answered in time is `EXPIRED` whatever stands here. */
  readonly state: HandshakeStatus;
  readonly requestedTimestamp: Instant;
  readonly expirationTimestamp: Instant;
  /** Who is to answer; null: the organization itself, which asks all its invited accounts. */
  readonly target: HandshakeTarget | null;
  readonly notes: string | null;
  /** Those of the account that is invited, once it has joined. */
  readonly tags: ReadonlyMap<string, string>;
  /** The handshake that asks all the invited accounts together; null: none does. */
  readonly parentId: string | null;
}

/** An account by its id, or by the e-mail address of its root user. */
export type HandshakeTarget =
  | { readonly type: 'ACCOUNT'; readonly id: AccountId }
  | { readonly type: 'EMAIL'; readonly id: string };

/** What a handshake is about. Source: `ActionType`, AWS Organizations API Reference. */
export type HandshakeAction = 'INVITE' | 'ENABLE_ALL_FEATURES' | 'APPROVE_ALL_FEATURES';

/** Where a handshake stands. Source: `HandshakeState`, AWS Organizations API Reference. */
export type HandshakeStatus = 'REQUESTED' | 'OPEN' | 'CANCELED' | 'ACCEPTED' | 'DECLINED' | 'EXPIRED';
