import type { JsonValue } from '../kernel/json.ts';
import type { Actor } from './actor.ts';
import type { SubjectType } from './check-result.ts';

/** Something in an account that is not as it was when the account was audited before. */
export interface AccountChange {
  readonly accountId: string;
  readonly kind: ChangeKind;
  readonly subject: {
    /** Of an SCP or RCP the id of the level that it hangs on: `r-…`, `ou-…` or an account id. */
    readonly arn: string;
    readonly type: ChangedType;
    /** Unique id (`AIDA…`, `AROA…`); the ARN where there is none. */
    readonly id: string;
    /**
     * What of it changed: the id of an access key, the name of an inline policy, the ARN of a managed one, the name of a
     * group, the key of a tag; null: the thing as a whole.
     */
    readonly part: string | null;
  };
  /** How it was; null: it was not there. */
  readonly before: JsonValue;
  /** How it is; null: it is no longer there. */
  readonly after: JsonValue;
  /** What the principal may do that it could not, and no longer may; of the kinds `permissions`, `created` and `deleted`. */
  readonly permissions?: PermissionsChange;
  /** Who did it, as CloudTrail tells, the latest first; empty: it is not known. */
  readonly by: readonly Actor[];
}

/** The kind of thing that a change is about. */
export type ChangedType = SubjectType | 'Analyzer' | 'ArchiveRule' | 'OrganizationPolicy';

/** What of an account can change. */
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** What of an account can change, in the order in which it is told. */
export const CHANGE_KINDS = [
  'permissions',
  'created',
  'deleted',
  'renamed',
  'trust-policy',
  'permissions-boundary',
  'policies',
  'policy-version',
  'group-membership',
  'access-key',
  'password',
  'mfa',
  'credential',
  'password-policy',
  'organization-policy',
  'resource-policy',
  'identity-provider',
  'instance-profile',
  'analyzer',
  'archive-rule',
  'tags',
] as const;

/** The effective permissions that a principal gained and lost, as the policy engine decides them. */
export interface PermissionsChange {
  readonly gained: readonly PermissionsOfService[];
  readonly lost: readonly PermissionsOfService[];
}

/** Actions of one service and access level, the worst level first. */
export interface PermissionsOfService {
  /** The prefix of the service; `*`: all. */
  readonly service: string;
  /** Of `service:*` the worst that it holds. */
  readonly accessLevel: string;
  /** In AWS's spelling; a pattern (`*`, `s3:*`, `ec2:Describe*`) stands for all that the service reference knows of it. */
  readonly actions: readonly string[];
  /**
   * `action`: on the other night they could not be performed at all; `resources`: on fewer resources, or others;
   * `conditions`: on the same resources, on other conditions.
   */
  readonly change: 'action' | 'resources' | 'conditions';
  /** Whether they are granted on conditions only, on the night on which more is granted. */
  readonly conditional: boolean;
}

/** With which audit an account was compared, and what of it could not be. */
export interface AccountComparison {
  readonly accountId: string;
  /** The earlier audit. */
  readonly runId: string;
  readonly notCompared: readonly NotCompared[];
}

/** Something of which it is not known whether it changed, since one of the two audits could not read it. */
export interface NotCompared {
  /** What it is, for people: `users`, `access keys of 3 users`. */
  readonly part: string;
  /** Why, for people. */
  readonly detail: string;
}
