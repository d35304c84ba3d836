import type { Instant } from '../kernel/time.ts';

/**
 * When a user, group, role or policy last used a service, as IAM keeps track of it for 400 days.
 * Source: "Refine permissions in AWS using last accessed information", IAM User Guide.
 */
export interface ServiceLastAccessed {
  /** The service's prefix in actions: `s3`. */
  readonly service: string;
  /** Null: not in the tracking period. */
  readonly lastAuthenticated: Instant | null;
  /** Of the services whose actions IAM keeps track of, those that it lists. */
  readonly actions: readonly ActionLastAccessed[];
}

/** When an action was last used; null: not in the tracking period. */
export interface ActionLastAccessed {
  /** Without the service's prefix: `GetObject`. */
  readonly action: string;
  readonly lastAccessed: Instant | null;
}

/** How far back IAM tells. Source: "Refine permissions in AWS using last accessed information", IAM User Guide. */
export const TRACKED_DAYS = 400;

/**
 * Whether IAM never tells of the use of an action, whatever was done: nobody calls `iam:PassRole`, IAM asks for it where
 * another call names a role ("Pass a role to a service", IAM User Guide).
 */
export const isNeverTold = (action: string): boolean => action.toLowerCase() === 'iam:passrole';

/** `last-accessed.json`: by ARN, what `GetServiceLastAccessedDetails` answers. */
export type LastAccessedDocument = Readonly<
  Record<
    string,
    readonly {
      readonly ServiceNamespace: string;
      readonly LastAuthenticated?: string | undefined;
      readonly TrackedActionsLastAccessed?:
        | readonly { readonly ActionName: string; readonly LastAccessedTime?: string | undefined }[]
        | undefined;
    }[]
  >
>;
