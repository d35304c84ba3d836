import type { AccountCoverage, Finding, FindingState, RunInfo } from '../finding/audit-report.ts';
import type { ExpectedAccount } from '../finding/expected-account.ts';
import type { PastFindings } from '../finding/finding-life.ts';
import type { News, Told } from '../finding/told.ts';
import type { Instant } from '../kernel/time.ts';
import type { AlertOutbox } from './alert-outbox.ts';
import type { NightStore } from './night-store.ts';

/** Where audits are remembered. Safe for several processes at once; a finished run outlives any crash. */
export interface HistoryStore {
  /**
   * Remembers one audit, in one transaction: `lives` is given what is known of each account from the audits that began
   * before, and answers its findings with their states. An audit of the same id and accounts takes the place of the earlier
   * record; one of the same id and other accounts gets an id of its own. `news` says what the routes are to be told of it, from
   * what each was told before; that is queued in the same transaction.
   */
  record(
    run: RunToRecord,
    lives: (account: AccountToRecord, past: PastFindings) => readonly Finding[],
    news?: (lived: LivedRun, told: readonly Told[]) => News,
  ): Promise<LivedRun>;
  /** The alerts on their way. */
  readonly outbox: AlertOutbox;
  /** The audits of many accounts that belong together. */
  readonly nights: NightStore;
  /** The audits remembered, the latest first. */
  runs(): Promise<readonly RecordedRun[]>;
  /** The findings of one audit with their states, unordered; none for an audit that is not remembered. */
  findings(runId: string): Promise<readonly Finding[]>;
  /** The files of an account's snapshot as one audit read them: name to text. */
  snapshot(runId: string, accountId: string): Promise<ReadonlyMap<string, string>>;
  /** An account's snapshot as the latest audit of it that began before, and is not the one called so, read it; null: there is no such audit. */
  previous(accountId: string, before: Instant, except?: string): Promise<PreviousSnapshot | null>;
  /** Removes audits beyond the limits and keeps a record of each; the latest audit of an account always stays. */
  retain(limits: RetentionLimits): Promise<readonly RemovedRun[]>;
  /** What `retain` removed over time, the latest first. */
  removals(): Promise<readonly RemovedRun[]>;
  close(): Promise<void>;
}

/** An audit as it is to be remembered. */
export interface RunToRecord {
  readonly run: RunInfo;
  readonly accounts: readonly AccountToRecord[];
  /** The accounts that were to be read; absent where the configuration lists none. */
  readonly expected?: readonly ExpectedAccount[] | undefined;
}

/** An account of an audit, as it is to be remembered. */
export interface AccountToRecord {
  readonly account: AccountCoverage;
  readonly findings: readonly Finding[];
  /** Its snapshot's files: name to text. */
  readonly files: ReadonlyMap<string, string>;
}

/** What a remembered audit comes to. */
export interface LivedRun {
  /** The id that it is remembered by. */
  readonly runId: string;
  /** The audit it is compared with; null for a first one. */
  readonly baselineRunId: string | null;
  /** The accounts that no earlier audit is known of. */
  readonly firstSeen: ReadonlySet<string>;
  readonly findings: readonly Finding[];
}

/** An audit as remembered. */
export interface RecordedRun {
  readonly id: string;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly vigilVersion: string;
  readonly baselineRunId: string | null;
  readonly accounts: readonly {
    readonly accountId: string;
    readonly alias: string | null;
    readonly complete: boolean;
  }[];
  /** The accounts that were to be read; empty where the configuration listed none. */
  readonly expected: readonly ExpectedAccount[];
  /** How many findings there are in each state; a state without any is absent. */
  readonly states: Readonly<Partial<Record<FindingState, number>>>;
}

/** What an account's snapshot was at an earlier audit. */
export interface PreviousSnapshot {
  readonly runId: string;
  /** The snapshot's files: name to text. */
  readonly files: ReadonlyMap<string, string>;
}

/** How much is to be remembered. */
export interface RetentionLimits {
  readonly now: Instant;
  /** Audits that began longer ago are removed. */
  readonly maxAgeDays: number;
  /** Audits remembered of each account. */
  readonly maxRuns: number;
}

/** An audit that is no longer remembered. */
export interface RemovedRun {
  readonly runId: string;
  readonly startedAt: Instant;
  readonly removedAt: Instant;
  readonly reason: 'age' | 'count';
}
