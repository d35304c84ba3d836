import type { CheckSettings } from '../../src/analyze/check-settings.ts';
import type { AccountDeclaration } from '../../src/analyze/trust/trusted-accounts.ts';
import type { AccountSnapshot } from '../../src/snapshot/account-snapshot.ts';

/** An account whose true findings are known, told by people who read its policies. */
export interface LabelledAccount {
  readonly name: string;
  readonly now: string;
  readonly snapshot: AccountSnapshot;
  /** Other accounts that the configuration declares; none where it is left out. */
  readonly trustedAccounts?: readonly AccountDeclaration[];
  /** Other accounts that are audited with it; none where it is left out. */
  readonly neighbours?: readonly AccountSnapshot[];
  /** Options of checks by id, where they are not the defaults. */
  readonly options?: CheckSettings['options'];
  /** Every finding that is true, by check, with the reason. Whatever else fails is false. */
  readonly findings: Readonly<Record<string, Labels>>;
  /** What looks wrong and is not, and why: read by people, and held to name subjects that exist. */
  readonly traps: Labels;
}

/**
 * Why something is wrong, or only looks so, by the subject's resource (`user/alice`) and the part of the finding where
 * it has one (`user/alice AKIA1`).
 */
export type Labels = Readonly<Record<string, string>>;

/** Several subjects that have one reason. */
export const each = (why: string, ...subjects: readonly string[]): Labels =>
  Object.fromEntries(subjects.map((subject) => [subject, why]));
