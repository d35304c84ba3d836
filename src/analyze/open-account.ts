import { type AccountAccess, createAccountAccess } from '../access/account-access.ts';
import { once } from '../kernel/once.ts';
import type { Instant } from '../kernel/time.ts';
import type { ServiceReference } from '../reference/service-reference.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import { createEscalations, type Escalations } from './escalation/find-escalation.ts';

/** An account that is searched. */
export interface OpenAccount {
  readonly snapshot: AccountSnapshot;
  /** The time by which its requests are judged. */
  readonly now: Instant;
  /** What searches ask of it: made when it is first asked for, and the same ever after. */
  readonly searched: () => SearchedAccount;
}

/** Who can do what in an account, and become whom. */
export interface SearchedAccount extends Escalations {
  readonly access: AccountAccess;
}

/** Opens an account. Whoever holds it holds its snapshot, and all that was worked out of it. */
export const openAccount = (snapshot: AccountSnapshot, reference: ServiceReference, now: Instant): OpenAccount => ({
  snapshot,
  now,
  searched: once(() => {
    const access = createAccountAccess(snapshot, reference, now);
    return { access, ...createEscalations(snapshot, access, reference) };
  }),
});
