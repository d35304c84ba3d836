import type { ContextLookup } from '../policy/context-lookup.ts';
import type { AccountSnapshot, Role, User } from '../snapshot/account-snapshot.ts';
import { organizationContext } from './organization-levels.ts';

const TAG_PREFIX = 'aws:principaltag/';

/**
 * What a principal by itself decides of the context of its requests; of a role, for all of its sessions. Tags that a
 * session may bring (`sessionTags`) replace the role's, so that its tags are not known then.
 * Source: "AWS global condition context keys" and "Policy elements: Variables and tags", IAM User Guide.
 */
export const principalContext = (
  principal: User | Role,
  snapshot: AccountSnapshot,
  sessionTags: boolean,
): ContextLookup => {
  const user = 'userName' in principal;
  const facts = new Map<string, readonly string[] | 'absent' | 'unknown'>([
    ['aws:principalarn', [principal.arn]],
    ['aws:principalaccount', [snapshot.accountId]],
    ['aws:principaltype', [user ? 'User' : 'AssumedRole']],
    ['aws:username', user ? [principal.userName] : 'absent'],
    // A role's is followed by the name of the session.
    ['aws:userid', user ? [principal.userId] : 'unknown'],
    ...organizationContext(snapshot, 'aws:principal'),
  ]);
  for (const [key, value] of principal.tags) facts.set(`${TAG_PREFIX}${key.toLowerCase()}`, [value]);
  return (key) => {
    if (!key.startsWith(TAG_PREFIX)) return facts.get(key) ?? 'unknown';
    return sessionTags ? 'unknown' : (facts.get(key) ?? 'absent');
  };
};

/** The same of the account's root user, which has no tags. */
export const rootContext = (snapshot: AccountSnapshot): ContextLookup => {
  const { root, accountId } = snapshot;
  const facts = new Map<string, readonly string[] | 'absent'>([
    ['aws:principalarn', [root.arn]],
    ['aws:principalaccount', [accountId]],
    ['aws:principaltype', ['Account']],
    ['aws:username', 'absent'],
    ['aws:userid', [accountId]],
    ...organizationContext(snapshot, 'aws:principal'),
  ]);
  return (key) => facts.get(key) ?? (key.startsWith(TAG_PREFIX) ? 'absent' : 'unknown');
};
