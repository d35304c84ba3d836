import type { Arn } from '../../iam/arn.ts';
import { daysBetween, type Instant } from '../../kernel/time.ts';
import type { AccountState, RoleState, UserState } from '../account-state.ts';
import type { UnusedAccessExclusion } from '../analyzer-state.ts';
import { isServiceLinked } from '../operations/protected-roles.ts';
import { type UnusedService, unusedServices } from './unused-permissions.ts';

/** Something that nobody has used for longer than an analyzer bears. */
export type UnusedAccess = { readonly resource: Arn } & (
  | {
      readonly kind: 'UnusedIAMRole' | 'UnusedIAMUserPassword';
      /** Null: never used. */
      readonly lastAccessed: Instant | null;
    }
  | { readonly kind: 'UnusedIAMUserAccessKey'; readonly accessKeyId: string; readonly lastAccessed: Instant | null }
  | { readonly kind: 'UnusedPermission'; readonly services: readonly UnusedService[] }
);

/** How long something may stay unused, and who need not use anything. */
export interface UnusedAccessRule {
  readonly ageDays: number;
  readonly exclusions: readonly UnusedAccessExclusion[];
}

/**
 * The roles, passwords and access keys of an account that nobody has used for a number of days, or since they are there,
 * and what those who are in use are permitted and do not use.
 * Source: "Findings for external, internal, and unused access", IAM User Guide.
 */
export const unusedAccess = (state: AccountState, rule: UnusedAccessRule, now: Instant): readonly UnusedAccess[] => {
  const isOld = (instant: Instant): boolean => daysBetween(instant, now) >= rule.ageDays;
  const isMeant = ({ tags }: UserState | RoleState): boolean =>
    !rule.exclusions.some((exclusion) => isExcluded(exclusion, state.accountId, tags));
  const permissions = (entity: UserState | RoleState): readonly UnusedAccess[] => {
    if (!isOld(entity.createDate)) return [];
    const services = unusedServices(state, entity, rule.ageDays, now);
    return services.length === 0 ? [] : [{ kind: 'UnusedPermission', resource: entity.arn, services }];
  };
  const roles = [...state.roles.values()].filter((role) => !isServiceLinked(role) && isMeant(role));
  const users = [...state.users.values()].filter(isMeant);
  return [
    ...roles.flatMap((role): readonly UnusedAccess[] => {
      const lastAccessed = role.lastUsed?.date ?? null;
      if (!isOld(lastAccessed ?? role.createDate)) return permissions(role);
      return [{ kind: 'UnusedIAMRole', resource: role.arn, lastAccessed }];
    }),
    ...users.flatMap((user): readonly UnusedAccess[] => {
      const credentials = credentialsOf(user);
      const unused = credentials.filter(({ created, access }) => isOld(access.lastAccessed ?? created));
      const isInUse = unused.length < credentials.length;
      return [...unused.map(({ access }) => access), ...(isInUse ? permissions(user) : [])];
    }),
  ];
};

/** A credential of a user, and what an analyzer says where nobody uses it. */
interface Credential {
  readonly created: Instant;
  readonly access: Extract<UnusedAccess, { readonly lastAccessed: Instant | null }>;
}

const credentialsOf = ({ arn, loginProfile, passwordLastUsed, accessKeys }: UserState): readonly Credential[] => [
  ...(loginProfile === null
    ? []
    : [
        {
          created: loginProfile.createDate,
          access: { kind: 'UnusedIAMUserPassword', resource: arn, lastAccessed: passwordLastUsed } as const,
        },
      ]),
  ...accessKeys.map(({ accessKeyId, createDate, lastUsed }): Credential => {
    const lastAccessed = lastUsed?.date ?? null;
    return {
      created: createDate,
      access: { kind: 'UnusedIAMUserAccessKey', resource: arn, accessKeyId, lastAccessed },
    };
  }),
];

/** Whether an exclusion is about an account, or about whoever has all tags of one of its sets; it says one of the two. */
const isExcluded = (
  { accountIds = [], resourceTags = [] }: UnusedAccessExclusion,
  accountId: string,
  tags: UserState['tags'],
): boolean =>
  accountIds.includes(accountId) ||
  resourceTags.some((wanted) => Object.entries(wanted).every(([key, value]) => tags.get(key) === value));
