import type { Arn } from '../iam/arn.ts';
import type { Instant } from '../kernel/time.ts';

/** An analyzer of IAM Access Analyzer. */
export interface AnalyzerState {
  readonly name: string;
  readonly arn: Arn;
  readonly region: string;
  readonly type: AnalyzerType;
  readonly createdAt: Instant;
  readonly unusedAccessAgeDays: number | null;
  readonly tags: ReadonlyMap<string, string>;
  /** Whom an analyzer of unused access leaves out; absent: nobody. */
  readonly exclusions?: readonly UnusedAccessExclusion[] | undefined;
  /** In order of creation. */
  readonly archiveRules: readonly ArchiveRuleState[];
  /** Findings that somebody archived by hand, or made active again, by id. */
  readonly statuses: ReadonlyMap<string, 'ACTIVE' | 'ARCHIVED'>;
  /** By id; absent: none. */
  readonly previews?: ReadonlyMap<string, AccessPreviewState> | undefined;
  /** When somebody asked what to do about a finding, by its id; absent: nobody did. */
  readonly recommendations?: ReadonlyMap<string, Instant> | undefined;
}

/** Users and roles that an analyzer of unused access leaves out: those of some accounts, or with all of some tags. */
export interface UnusedAccessExclusion {
  readonly accountIds?: readonly string[] | undefined;
  readonly resourceTags?: readonly Readonly<Record<string, string>>[] | undefined;
}

/** What access a resource would give with another policy. */
export interface AccessPreviewState {
  readonly id: string;
  readonly createdAt: Instant;
  /** As it was given, by the ARN of the resource. */
  readonly configurations: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A policy that is made of what a user or role called. */
export interface PolicyGenerationState {
  readonly jobId: string;
  readonly principalArn: Arn;
  readonly startedOn: Instant;
  /** Since when calls count. */
  readonly since: Instant;
  readonly status: 'SUCCEEDED' | 'CANCELED';
}

/** In days, where nobody says. Source: `UnusedAccessConfiguration`, IAM Access Analyzer API Reference. */
export const DEFAULT_UNUSED_ACCESS_AGE = 90;

/** What an analyzer looks at, and what it counts as outside. */
export const ANALYZER_TYPES = [
  'ACCOUNT',
  'ORGANIZATION',
  'ACCOUNT_UNUSED_ACCESS',
  'ORGANIZATION_UNUSED_ACCESS',
  'ACCOUNT_INTERNAL_ACCESS',
  'ORGANIZATION_INTERNAL_ACCESS',
] as const;

/** What an analyzer looks at, and what it counts as outside. */
type AnalyzerType = (typeof ANALYZER_TYPES)[number];

/** A rule that archives the new findings which it fits. */
export interface ArchiveRuleState {
  readonly ruleName: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly filter: FindingFilter;
}

/** Criteria by property of findings; all must hold. */
export type FindingFilter = Readonly<Record<string, FindingCriterion>>;

/** What a property must be; of several all must hold. */
export interface FindingCriterion {
  readonly eq?: readonly string[] | undefined;
  readonly neq?: readonly string[] | undefined;
  readonly contains?: readonly string[] | undefined;
  readonly exists?: boolean | undefined;
}
