import type { Instant } from '../kernel/time.ts';
import type { Severity } from './check-result.ts';

/** Why a finding is suppressed, as a suppression may give it. */
export const SUPPRESSION_REASONS = [
  /** It is so, and somebody answers for leaving it so. */
  'accepted-risk',
  /** Vigil is wrong about it. */
  'false-positive',
  /** Something that Vigil does not see stands in the way. */
  'compensating-control',
  /** It is meant to be: an emergency role, an integration. */
  'intended',
  /** It is being mended, and the mend has its date. */
  'in-remediation',
] as const;

/** Why a finding is suppressed. */
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number];

/** One entry of a suppression file: which findings it is about, why, by whom, and until when. */
export interface SuppressionRule {
  /** The file as it was named, and the line of it where the entry begins, from 1. */
  readonly file: string;
  readonly line: number;
  /** Id of the check. */
  readonly check: string;
  /** ARN or name of a user, group or role, or the principal outside that an external finding names; null: any. */
  readonly principal: string | null;
  /** ARN or name of what the finding is about, or of the resource that an external finding names; null: any. */
  readonly resource: string | null;
  /** The account of the finding; null: any. */
  readonly account: string | null;
  /** The part of the subject, such as an access key id; null: any. */
  readonly part: string | null;
  /** Whether `*` and `?` in principal and resource stand for any characters. */
  readonly glob: boolean;
  readonly reason: SuppressionReason;
  readonly justification: string;
  readonly owner: string;
  readonly approver: string;
  readonly ticket: string | null;
  /** From when its time counts; null: from the audit. */
  readonly created: Instant | null;
  /** It holds before this instant. */
  readonly expires: Instant;
  /** The `evidencePin` of the finding that it was written for; null: it holds whatever the evidence is. */
  readonly pin: string | null;
}

/** For how many days a finding of each severity may be suppressed at most. */
export type SuppressionLimits = Readonly<Record<Severity, number>>;

/** What a suppressed finding says of the suppression that holds for it. */
export type FindingSuppression = Pick<
  SuppressionRule,
  'file' | 'line' | 'reason' | 'justification' | 'owner' | 'approver' | 'ticket' | 'expires' | 'pin'
>;

/** What a suppression comes to for a finding that it is about. */
export type SuppressionVerdict =
  | 'suppressed'
  /** Its day has come: the finding is open. */
  | 'expired'
  /** The evidence is not that of its pin: the finding is open. */
  | 'evidence-changed'
  /** It reaches further than a finding of this severity may be suppressed: the finding is open. */
  | 'too-long';

/** How an entry of a suppression file fares in one audit. */
export interface SuppressionStatus {
  readonly rule: SuppressionRule;
  /** The findings that it is about, in their order, and what it comes to for each. Empty: it is about nothing. */
  readonly matches: readonly { readonly key: string; readonly verdict: SuppressionVerdict }[];
  /** Whole days that are left of it; 0 on its last day, negative when it has expired. */
  readonly daysLeft: number;
  /** The nearest of 14, 7 and 1 days ahead that has come, for reminders; null: none, or it has expired. */
  readonly notice: SuppressionNotice | null;
}

/** How many days before it expires the owner of a suppression is told. */
export type SuppressionNotice = 14 | 7 | 1;
