import type { Instant } from '../../kernel/time.ts';

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
