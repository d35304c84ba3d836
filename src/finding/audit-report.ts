import type { JsonObject } from '../kernel/json.ts';
import type { Instant } from '../kernel/time.ts';
import type { CredentialReportRow } from '../snapshot/account-snapshot.ts';
import type { SourceName } from '../snapshot/collected.ts';
import type { AccountChange, AccountComparison } from './account-change.ts';
import type { Actor } from './actor.ts';
import type { AnalyzerComparison } from './analyzer-comparison.ts';
import type {
  Category,
  Escalation,
  ExternalAccess,
  ResidualConditions,
  Severity,
  SubjectType,
} from './check-result.ts';
import type { ControlEvidence } from './control-evidence.ts';
import type { ControlResult } from './control-result.ts';
import type { EscalationCut } from './escalation-cut.ts';
import type { ExpectedAccount } from './expected-account.ts';
import type { People } from './people.ts';
import type { PolicySummary } from './policy-summary.ts';
import type { Population } from './population.ts';
import type { PrincipalAccess } from './principal-access.ts';
import type { FindingSuppression, SuppressionStatus } from './suppression.ts';

/** What one audit says: the content of `findings.json`, and what every other report is made from. */
export interface AuditReport {
  readonly schemaVersion: '1.0';
  readonly run: RunInfo;
  readonly accounts: readonly AccountCoverage[];
  /** What became of each account that was to be read, in the order of the configuration; absent where it lists none. */
  readonly expected?: readonly ExpectedAccount[];
  readonly principals: readonly PrincipalSummary[];
  readonly findings: readonly Finding[];
  /** Few changes that close the escalations of an account, those first that close most. */
  readonly escalationCuts?: readonly EscalationCut[];
  /** The findings of IAM Access Analyzer beside ours; absent where nobody read them. */
  readonly analyzer?: readonly AnalyzerComparison[];
  /** How each entry of the suppression files fares, in their order; absent where no file was given. */
  readonly suppressions?: readonly SuppressionStatus[];
  /** What each user and role may do; absent where no report shows it. Not in `findings.json`. */
  readonly access?: readonly PrincipalAccess[];
  /** How the accounts stand to the controls of compliance frameworks; absent where no report shows it. Not in `findings.json`. */
  readonly controls?: readonly ControlResult[];
  /** What the controls were judged by, subject by subject; absent where no report shows it. Not in `findings.json`. */
  readonly controlEvidence?: readonly ControlEvidence[];
  /** The policies of the accounts; absent where no report shows them. Not in `findings.json`. */
  readonly policies?: readonly PolicySummary[];
  /** How many of what there are, by two sources of AWS; absent where no report shows it. Not in `findings.json`. */
  readonly populations?: readonly Population[];
  /** The credential reports of the accounts, row by row; absent where no report shows them. Not in `findings.json`. */
  readonly credentialReport?: readonly CredentialReportRow[];
  /** What else is not as it was at the audit before; absent where there is none to compare with. */
  readonly changes?: readonly AccountChange[];
  /** With which audit each account was compared; absent where `changes` is. */
  readonly comparisons?: readonly AccountComparison[];
}

/** Which run made the report. */
export interface RunInfo {
  readonly id: string;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly vigilVersion: string;
  /** The date of the service reference used. */
  readonly referenceDate: string;
  readonly baselineRunId: string | null;
}

/** An account of the run, and how much of it could be read. */
export interface AccountCoverage {
  readonly accountId: string;
  readonly alias: string | null;
  /** When the account's state was read. */
  readonly collectedAt: Instant;
  /** Whether every source was read whole. */
  readonly complete: boolean;
  readonly coverage: readonly CoverageRow[];
}

/** How much of one source could be read, and which checks suffer. */
export interface CoverageRow {
  readonly source: SourceName;
  readonly status: 'read' | 'partial' | 'denied' | 'failed' | 'skipped';
  readonly detail: string;
  /** Ids of the checks that answer `unknown` for want of this source. */
  readonly affects: readonly string[];
}

/** A principal, and whether it is an administrator or can become one. */
export interface PrincipalSummary {
  readonly arn: string;
  readonly type: 'user' | 'role' | 'root';
  /** `yes`: every action on every resource, unconditionally, after denies and boundary. */
  readonly administrator: 'yes' | 'no' | 'conditional';
  /** `yes`: no administrator, but can become one. */
  readonly escalates: 'yes' | 'no' | 'conditional';
}

/** What is told to people: something wrong, or something that could not be judged. */
export interface Finding {
  /** Check id, account, the subject's unique id and the part: the same problem has the same key every night. */
  readonly key: string;
  readonly checkId: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly outcome: 'fail' | 'unknown';
  readonly state: FindingState;
  readonly accountId: string;
  readonly subject: {
    readonly arn: string;
    readonly type: SubjectType;
    /** Unique id (`AIDA…`, `AROA…`); the ARN where there is none. */
    readonly id: string;
    readonly part: string | null;
  };
  readonly title: string;
  readonly summary: string;
  readonly evidence: JsonObject;
  readonly conditions: ResidualConditions | null;
  readonly remediation: readonly string[];
  /** Controls of compliance frameworks: `cis-aws-7.0:2.12`. */
  readonly frameworks: readonly string[];
  readonly firstSeen: Instant;
  readonly lastSeen: Instant;
  readonly escalation?: Escalation;
  readonly external?: ExternalAccess;
  /** Only in the state `suppressed`. */
  readonly suppression?: FindingSuppression;
  /** Who answers for it by the configuration's `owners`; null: nobody; absent: no owners are configured. */
  readonly owner?: string | null;
  /** Who signs in as the role that it is about; only of roles of IAM Identity Center. */
  readonly people?: People;
  /** Who made the change behind it, those first whose request says most; absent: nobody looked, or nothing was found. */
  readonly by?: readonly Actor[];
}

/** Where a finding stands in its life. */
export type FindingState = (typeof FINDING_STATES)[number];

/** The states of a finding, what asks for attention first. */
export const FINDING_STATES = [
  'new',
  'worsened',
  'reopened',
  'open',
  'not-evaluated',
  'suppressed',
  'resolved',
] as const;
