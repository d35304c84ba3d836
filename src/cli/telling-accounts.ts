import { storedSnapshot } from '../audit/stored-snapshot.ts';
import type { TellingAccount } from '../finding/with-people.ts';
import type { Instant } from '../kernel/time.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import type { NightPlan } from '../ports/night-store.ts';

/**
 * What the account that lists the others of a night was told last, in this night or an earlier one, of who is behind the roles of IAM
 * Identity Center: the others are audited apart from it.
 */
export const tellingAccounts = async (
  { accounts }: NightPlan,
  history: Pick<HistoryStore, 'previous'>,
  now: Instant,
): Promise<readonly TellingAccount[]> => {
  const tellers: TellingAccount[] = [];
  for (const { accountId, memberRole, isListed } of accounts) {
    if (accountId === null || memberRole !== null || isListed) continue;
    const last = await history.previous(accountId, now);
    const snapshot = last === null ? null : storedSnapshot(last.files);
    if (snapshot?.ok === true) {
      const { accountId: id, organization, identityCenter } = snapshot.value;
      tellers.push({ accountId: id, organization, identityCenter });
    }
  }
  return tellers;
};
