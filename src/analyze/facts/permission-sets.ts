import { iamArn } from '../../iam/arn.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { AccountSnapshot } from '../../snapshot/account-snapshot.ts';
import type { CollectionGap } from '../../snapshot/collected.ts';
import type { IdentityCenter, PermissionSet } from '../../snapshot/identity-center.ts';
import type { Judgement } from '../define-check.ts';

/** What is said of a permission set: facts, or the gap that keeps it from being judged. */
export type SetVerdict<Facts extends JsonObject> =
  | Omit<Extract<Judgement<Facts>, { readonly outcome: 'fail' | 'pass' }>, 'subject'>
  | { readonly outcome: 'unknown'; readonly gap: CollectionGap };

/**
 * Judges the permission sets that the account is told of. Of an account that is told of none nothing is said: AWS tells the
 * management account and the delegated administrator alone.
 */
export function* judgeEachSet<Facts extends JsonObject>(
  { identityCenter, partition, accountId }: Pick<AccountSnapshot, 'identityCenter' | 'partition' | 'accountId'>,
  verdictOf: (set: PermissionSet, center: IdentityCenter) => SetVerdict<Facts>,
): Iterable<Judgement<Facts>> {
  const root = { arn: iamArn(partition, accountId, 'root') };
  if (!identityCenter.known) {
    yield* unlessSkipped(root, identityCenter.gap);
    return;
  }
  const center = identityCenter.value;
  if (center === null) return;
  const { permissionSets } = center;
  if (!permissionSets.known) yield* unlessSkipped(root, permissionSets.gap);
  for (const set of permissionSets.known ? permissionSets.value : []) {
    // The ARN holds no name, and the name never changes.
    yield { subject: { arn: set.arn, part: set.name }, ...verdictOf(set, center) };
  }
}

const unlessSkipped = (subject: { readonly arn: string }, gap: CollectionGap) =>
  gap.reason === 'skipped' ? [] : [{ subject, outcome: 'unknown' as const, gap }];

/** Of permission sets that name policies that nobody read here: told once, and not of each. */
export const UNREAD_POLICIES: CollectionGap = {
  source: 'identity-center',
  action: 'iam:GetPolicyVersion',
  reason: 'skipped',
  detail:
    'permission sets name customer managed policies that this account does not have: what these grant is judged with the accounts that have them',
  subject: null,
};
