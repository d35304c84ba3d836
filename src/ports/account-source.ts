import type { ExpectedAccount } from '../finding/expected-account.ts';
import type { Result } from '../kernel/result.ts';
import type { SnapshotDocuments } from '../snapshot/snapshot-documents.ts';
import type { ActivitySource } from './activity-source.ts';
import type { Progress } from './progress.ts';

/** Somewhere an account's IAM state can be read from: AWS, an emulated account, saved files. */
export interface AccountSource {
  /**
   * Which of several accounts this is, where that is known beforehand; one that cannot be read is then told, and the audit of the
   * others goes on. Absent: the source says itself whose account it is, and without it there is no audit.
   */
  readonly expected?: Pick<ExpectedAccount, 'accountId' | 'name' | 'group'>;
  /**
   * Reads the state. What cannot be read becomes a gap in `account.gaps`; an error only when not even the account is
   * known. Never throws for a failed call or a bad file.
   */
  collect(progress: Progress): Promise<Result<CollectedAccount, SourceProblem>>;
  /** Where it can be looked up who changed what in the account; absent: nowhere. */
  readonly activity?: ActivitySource | undefined;
}

/** An account as collected. */
export interface CollectedAccount {
  readonly documents: SnapshotDocuments;
  /** Number of API calls made, retries included, by action (`iam:ListAccessKeys`); empty for files. */
  readonly apiCalls: ReadonlyMap<string, number>;
  /** Those of them that AWS throttled, by action; absent for files. */
  readonly throttledCalls?: ReadonlyMap<string, number>;
}

/** Why an account could not be read at all. */
export interface SourceProblem {
  /** input: the user's file or option is wrong (exit code 2); unreachable: no account could be read (exit code 3). */
  readonly kind: 'input' | 'unreachable';
  /** One line: the file or endpoint, the place, the mend. Holds no secret. */
  readonly message: string;
}
