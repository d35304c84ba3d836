import type { Alert } from '../finding/alert.ts';
import type { RunInfo } from '../finding/audit-report.ts';
import type { ExpectedAccount } from '../finding/expected-account.ts';
import type { News, Told } from '../finding/told.ts';
import type { Instant } from '../kernel/time.ts';

/** Audits of many accounts that belong together, known to all processes that work on them. Safe for several at once. */
export interface NightStore {
  /** Writes a night down, and gives it as it is written: what began it first counts, so that of several that begin it one does. */
  begin(plan: NightPlan): Promise<NightPlan>;
  /** Null: there is none of that id. */
  read(id: string): Promise<Night | null>;
  /** An account of a night, without what became of the others; null: there is none of that night and key. */
  account(nightId: string, key: string): Promise<AccountOfNight | null>;
  /**
   * Writes what became of an account, and says how many of the night are still waited for. An account that was audited stays so,
   * whatever is said later of tries that failed.
   */
  settle(nightId: string, key: string, outcome: AccountOutcome): Promise<number>;
  /**
   * Writes how a night ended, and queues what the routes are to be told of it with that. `news` is given what they were told before
   * of the accounts, and of none, and what the audits of the night have held back; absent: that is told as it is.
   */
  finish(nightId: string, end: NightEnd, news?: (told: readonly Told[], held: readonly Alert[]) => News): Promise<void>;
  /** How far a night is; null: there is none of that id. */
  standing(id: string): Promise<NightStanding | null>;
  /** The last night of the group that began earlier and has ended well; null: there is none. */
  before(night: Pick<NightPlan, 'group' | 'startedAt'>): Promise<Night | null>;
  /** The last night of each group, by name. */
  latest(): Promise<readonly NightStanding[]>;
  /** The last audit of each of these accounts that began earlier, of those that any is known of. */
  lastAudits(accountIds: readonly string[], before: Instant): Promise<ReadonlyMap<string, LastAudit>>;
}

/** What is to be done in a night. */
export interface NightPlan {
  /** An id as audits have them: its time, and its group. */
  readonly id: string;
  readonly group: string;
  readonly startedAt: Instant;
  /** The report is made then, whatever is missing. */
  readonly deadline: Instant;
  readonly accounts: readonly PlannedAccount[];
  /** Those that are expected and not to be read, and what stands for those that could not be listed. */
  readonly unread: readonly ExpectedAccount[];
}

/** An account that is to be audited, and how the configuration knows it. */
export interface PlannedAccount {
  /** Its id where that is known, else its name: tells it from the others of the night. */
  readonly key: string;
  readonly accountId: string | null;
  readonly name: string | null;
  readonly group: string | null;
  /** The role to assume in it as a member of the organization; null: the credentials are its own, or `accounts.list` says how. */
  readonly memberRole: string | null;
  readonly isListed: boolean;
}

/** An account of a night as it stands. */
export interface AccountOfNight {
  readonly night: NightPlan;
  readonly plan: PlannedAccount;
  /** Null: it is waited for. */
  readonly outcome: AccountOutcome | null;
  /** The report of the night is made, or given up. */
  readonly isOver: boolean;
}

/** What became of an account. */
export type AccountOutcome =
  | {
      readonly kind: 'audited';
      readonly accountId: string;
      /** Its audit, as it is remembered. */
      readonly run: Pick<RunInfo, 'id' | 'startedAt' | 'finishedAt'>;
      /** What its audit comes to, as text that is only kept. */
      readonly summary: string;
    }
  | { readonly kind: 'failed'; readonly reason: string };

/** A night with what is known of it by now. */
export interface Night extends NightPlan {
  /** By key; those that are waited for are absent. */
  readonly outcomes: ReadonlyMap<string, AccountOutcome>;
  /** Null: it has not ended. */
  readonly end: NightEnd | null;
}

/** How far a night is. */
export interface NightStanding extends Pick<Night, 'id' | 'group' | 'startedAt' | 'deadline' | 'end'> {
  readonly waiting: number;
  readonly audited: number;
  /** The accounts whose audits came to nothing, by key, with the reason. */
  readonly failed: ReadonlyMap<string, string>;
}

/** How a night ended. */
export interface NightEnd {
  readonly finishedAt: Instant;
  /** What became of each account; empty where the report could not be made. */
  readonly expected: readonly ExpectedAccount[];
  /** Why there is no report; null: there is one. */
  readonly problem: string | null;
}

/** An audit of an account. */
export interface LastAudit {
  readonly runId: string;
  readonly startedAt: Instant;
}
