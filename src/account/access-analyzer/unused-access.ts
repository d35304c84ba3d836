import type { Arn } from '../../iam/arn.ts';
import { daysBetween, type Instant } from '../../kernel/time.ts';
import type { AccountState } from '../account-state.ts';
import { isServiceLinked } from '../operations/protected-roles.ts';

/** Something that nobody has used for longer than an analyzer bears. */
export interface UnusedAccess {
  readonly kind: 'UnusedIAMRole' | 'UnusedIAMUserAccessKey' | 'UnusedIAMUserPassword';
  readonly resource: Arn;
  readonly accessKeyId: string | null;
  /** Null: never used. */
  readonly lastAccessed: Instant | null;
}

/** The roles, passwords and access keys of an account that nobody has used for a number of days, or since they are there. */
export const unusedAccess = (state: AccountState, ageDays: number, now: Instant): readonly UnusedAccess[] => {
  const isUnused = (created: Instant, lastUsed: Instant | null): boolean =>
    daysBetween(lastUsed ?? created, now) >= ageDays;
  const roles = [...state.roles.values()]
    .filter((role) => !isServiceLinked(role) && isUnused(role.createDate, role.lastUsed?.date ?? null))
    .map(({ arn, lastUsed }): UnusedAccess => {
      return { kind: 'UnusedIAMRole', resource: arn, accessKeyId: null, lastAccessed: lastUsed?.date ?? null };
    });
  const credentials = [...state.users.values()].flatMap(({ arn, loginProfile, passwordLastUsed, accessKeys }) => [
    ...(loginProfile !== null && isUnused(loginProfile.createDate, passwordLastUsed)
      ? [{ kind: 'UnusedIAMUserPassword', resource: arn, accessKeyId: null, lastAccessed: passwordLastUsed } as const]
      : []),
    ...accessKeys
      .filter(({ createDate, lastUsed }) => isUnused(createDate, lastUsed?.date ?? null))
      .map(({ accessKeyId, lastUsed }): UnusedAccess => {
        return { kind: 'UnusedIAMUserAccessKey', resource: arn, accessKeyId, lastAccessed: lastUsed?.date ?? null };
      }),
  ]);
  return [...roles, ...credentials];
};
