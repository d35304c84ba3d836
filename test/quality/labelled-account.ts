import type { AccountSnapshot } from '../../src/snapshot/account-snapshot.ts';

/** An account whose true findings are known, told by people who read its policies. */
export interface LabelledAccount {
  readonly name: string;
  readonly now: string;
  readonly snapshot: AccountSnapshot;
  /**
   * Every finding that is true, by check: the subject's resource (`user/alice`), and the part where there is one
   * (`user/alice AKIA1`). Whatever else fails is false.
   */
  readonly findings: Readonly<Record<string, readonly string[]>>;
  /** What looks wrong and is not, and why: read by people, and held to name subjects that exist. */
  readonly traps: Readonly<Record<string, string>>;
}
