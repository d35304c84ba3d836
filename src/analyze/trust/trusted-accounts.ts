import type { Instant } from '../../kernel/time.ts';
import type { AccountSnapshot } from '../../snapshot/account-snapshot.ts';

/** Another account that its owner knows to have access. */
export interface AccountDeclaration {
  readonly id: string;
  /** Whose it is: a vendor, a sister company. */
  readonly name: string;
  /** Who answers for the trust. */
  readonly owner: string | null;
  /** When the trust ends; null: never. */
  readonly expires: Instant | null;
}

/** Whether an account is declared, and its trust has not ended. */
export const isTrusted = (declared: readonly AccountDeclaration[], accountId: string, now: Instant): boolean =>
  declared.some(({ id, expires }) => id === accountId && (expires === null || expires > now));

/** The declaration of an account whose trust has ended, the latest; null where it has not, or there is none. */
export const endedTrust = (
  declared: readonly AccountDeclaration[],
  accountId: string,
  now: Instant,
): AccountDeclaration | null =>
  isTrusted(declared, accountId, now) ? null : (declared.findLast(({ id }) => id === accountId) ?? null);

/** Whether an account is of the account's own organization; unknown where nobody has listed its accounts. */
export const isOfOwnOrganization = (
  { organization }: Pick<AccountSnapshot, 'organization'>,
  accountId: string,
): 'yes' | 'no' | 'unknown' => {
  if (!organization.known) return 'unknown';
  if (organization.value === null) return 'no';
  const { managementAccountId, accounts } = organization.value;
  if (accountId === managementAccountId || accounts?.includes(accountId) === true) return 'yes';
  return accounts === undefined ? 'unknown' : 'no';
};
