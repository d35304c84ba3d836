import type { JsonValue } from '../kernel/json.ts';
import type { Actor } from './actor.ts';
import type { SubjectType } from './check-result.ts';

/** Something in an account that is not as it was when the account was audited before. */
export interface AccountChange {
  readonly accountId: string;
  readonly kind: ChangeKind;
  readonly subject: {
    readonly arn: string;
    readonly type: SubjectType | 'AccessKey' | 'Analyzer' | 'ArchiveRule' | 'OrganizationPolicy';
    /** Unique id (`AIDA…`, `AROA…`); the ARN where there is none. */
    readonly id: string;
    /** What of it changed: the id of an access key, the name of a policy; null: the thing as a whole. */
    readonly part: string | null;
  };
  /** How it was; null: it was not there. */
  readonly before: JsonValue;
  /** How it is; null: it is no longer there. */
  readonly after: JsonValue;
  /** What the principal may do that it could not, and no longer may; only of the kind `permissions`. */
  readonly permissions?: PermissionsChange;
  /** Who did it, as CloudTrail tells, the latest first; empty: it is not known. */
  readonly by: readonly Actor[];
}

/** What of an account can change. */
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** What of an account can change, in the order in which it is told. */
export const CHANGE_KINDS = [
  'permissions',
  'created',
  'deleted',
  'trust-policy',
  'permissions-boundary',
  'policies',
  'policy-version',
  'group-membership',
  'access-key',
  'password',
  'mfa',
  'password-policy',
  'organization-policy',
  'analyzer',
  'archive-rule',
  'tags',
] as const;

/** The effective permissions that a principal gained and lost, as the policy engine decides them. */
export interface PermissionsChange {
  readonly gained: readonly PermissionsOfService[];
  readonly lost: readonly PermissionsOfService[];
}

/** Actions of one service, the worst access level first. */
export interface PermissionsOfService {
  readonly service: string;
  readonly accessLevel: string;
  readonly actions: readonly string[];
}
