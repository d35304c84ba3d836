import type { Instant } from '../kernel/time.ts';

/** An account that an audit was to read, and what became of it. */
export interface ExpectedAccount {
  /** Null: not even its id is known, as where the accounts of the organization could not be listed. */
  readonly accountId: string | null;
  /** What the configuration or the organization calls it. */
  readonly name: string | null;
  /** The group of the configuration that it is in. */
  readonly group: string | null;
  readonly status: ExpectedStatus;
  /** Why it was not read, with the mend; null where it was. */
  readonly reason: string | null;
  /** The last audit that read it; null: none did, or none is remembered. Null also where this audit did. */
  readonly lastRead: { readonly runId: string; readonly startedAt: Instant } | null;
  /** Whether the audit before this one read it and this one did not: told once, the night that it happens. */
  readonly droppedOut: boolean;
}

/** What became of an account that an audit was to read. */
export type ExpectedStatus = (typeof EXPECTED_STATUSES)[number];

/**
 * `failed`: it could not be read; `vanished`: it was expected before and is not any more; `suspended`: its organization says that
 * it is closed, is being closed or not yet open; `skipped`: the configuration leaves it out.
 */
export const EXPECTED_STATUSES = ['failed', 'vanished', 'suspended', 'skipped', 'collected'] as const;

/** Whether an account is missing from an audit: nobody said that it is to be left out, and AWS not that it is closed. */
export const isMissing = ({ status }: ExpectedAccount): boolean => status === 'failed' || status === 'vanished';

/** Whether some names (of an account, of its group, or its id) ask for an account; null asks for all. */
export const isSelected = (
  { accountId, name, group }: Pick<ExpectedAccount, 'accountId' | 'name' | 'group'>,
  selection: readonly string[] | null,
): boolean =>
  selection === null || [accountId, name, group].some((known) => known !== null && selection.includes(known));
