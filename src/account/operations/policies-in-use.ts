import type { Arn } from '../../iam/arn.ts';
import { ok, type Result } from '../../kernel/result.ts';
import type { AccountState } from '../account-state.ts';
import type { AwsError } from '../aws-error.ts';
import { awsManagedPolicies } from '../aws-managed-policies.ts';
import { checkQuota } from '../quotas.ts';
import { isPolicyUsed } from './account-entities.ts';

/**
 * Whether a managed policy may be attached, or bound somebody; `LimitExceeded` where too many are in use. They are counted
 * only where there are so many policies, and so many uses of them, that it can be.
 */
export const checkPolicyInUse = (state: AccountState, arn: Arn): Result<null, AwsError> => {
  const policies = state.policies.size + awsManagedPolicies(state.partition).size;
  const most = Math.min(policies, state.indexes.policyUses.size + 1);
  return most <= state.quotas.PolicyVersionsInUse || isPolicyUsed(state, arn)
    ? ok(null)
    : checkQuota(state, 'PolicyVersionsInUse', policiesInUse(state) + 1);
};

/**
 * How many versions of managed policies are in use. Recorded from AWS: of each managed policy that is attached or bounds
 * somebody, AWS's too, the default version counts, and no other.
 */
export const policiesInUse = ({ indexes: { policyUses } }: AccountState): number => {
  const known = policyCounts.get(policyUses);
  if (known !== undefined) return known;
  let count = 0;
  for (let key = firstKey(policyUses, ''); key !== null; count += 1) {
    // Past all uses of this policy.
    key = firstKey(policyUses, `${key.slice(0, key.indexOf('\0'))}\u0001`);
  }
  policyCounts.set(policyUses, count);
  return count;
};

/** The first key at or after one; null: there is none. */
const firstKey = (uses: AccountState['indexes']['policyUses'], from: string): string | null => {
  for (const [key] of uses.entriesFrom(from)) return key;
  return null;
};

/** Counts stay right for as long as their map lives, which never changes. */
const policyCounts = new WeakMap<AccountState['indexes']['policyUses'], number>();
