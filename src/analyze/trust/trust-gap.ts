import type { Role } from '../../snapshot/account-snapshot.ts';
import type { CollectionGap } from '../../snapshot/collected.ts';
import { unreadPolicyGap, unreadTrustGap } from '../facts/unread-policy.ts';
import type { ExternalTrust } from './read-trust.ts';

/** The gap of a trust policy of which it cannot be told whom it lets in; null where it can. */
export const trustGap = (role: Role, { doubts }: ExternalTrust): CollectionGap | null =>
  unreadTrustGap(role) ?? (doubts.length === 0 ? null : unreadPolicyGap(role.arn, doubts));
