import type { Instant } from '../kernel/time.ts';

/** What CloudTrail shows that users and roles used. It shows no more than was logged: what is absent may be used. */
export interface CloudTrailUse {
  /** The times of the first and the last event that counted. */
  readonly from: Instant;
  readonly to: Instant;
  /** By account and friendly name, which `usedBy` finds: of some sessions the path of the role is not known. */
  readonly principals: ReadonlyMap<string, readonly SeenUse[]>;
}

/** What somebody was seen to use, of one service. */
export interface SeenUse {
  /** As in actions: `s3`. */
  readonly service: string;
  /** Without the prefix: `ListBucket`; null: an event that does not tell which action it needs. */
  readonly action: string | null;
  readonly lastUsed: Instant;
  /** ARNs that the events named, some of them where `moreResources`. */
  readonly resources: readonly string[];
  readonly moreResources: boolean;
}

/** `cloudtrail.json`: what `--cloudtrail` has read from log files, without the events. */
export interface CloudTrailDocument {
  readonly from: string;
  readonly to: string;
  /** By the ARN of a user or role. */
  readonly principals: Readonly<
    Record<
      string,
      readonly {
        readonly service: string;
        readonly action?: string | undefined;
        readonly lastUsed: string;
        readonly resources?: readonly string[] | undefined;
        readonly moreResources?: boolean | undefined;
      }[]
    >
  >;
}

/** What a user or role was seen to use. */
export const usedBy = (arn: string, { principals }: CloudTrailUse): readonly SeenUse[] =>
  principals.get(principalKey(arn)) ?? [];

/** Equal for the ARNs of one user or role with and without its path; names differ in more than case (IAM User Guide). */
export const principalKey = (arn: string): string =>
  arn.replace(/^arn:[^:]*:iam::(\d*):(user|role)\/(?:.*\/)?([^/]+)$/s, '$1:$2/$3').toLowerCase();
