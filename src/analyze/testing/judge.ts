import { beforeAll, expect } from 'vitest';
import { loadServiceReference, type ServiceReference } from '../../reference/service-reference.ts';
import type { AccountSnapshot } from '../../snapshot/account-snapshot.ts';
import { at } from '../../snapshot/testing/collected-builder.ts';
import type { Check, SummarizedResult } from '../define-check.ts';
import { findDoorsAmong } from '../find-doors.ts';
import { NO_NEIGHBOURS } from '../neighbourhood.ts';
import { runChecks } from '../run-checks.ts';
import type { AccountDeclaration } from '../trust/trusted-accounts.ts';
import { deepFreeze } from './deep-freeze.ts';
import { DEFAULT_CHECK_SETTINGS } from './default-settings.ts';
import { watchReads } from './watch-reads.ts';
import { mayUseReference, watchedTools } from './watched-tools.ts';

/** What surrounds the accounts that are judged. */
export interface Judged {
  /** Other accounts that are declared to be trusted. */
  readonly trustedAccounts: readonly AccountDeclaration[];
  /** Other accounts that are audited with each. */
  readonly neighbours: readonly AccountSnapshot[];
}

/**
 * Runs one check on accounts, twice each, and holds it to what every check owes: the same answer again, an unchanged
 * snapshot, and no part read or tool used that it does not declare. To be called where hooks of tests may be.
 */
export const createJudge = (
  check: Check,
  now: string,
  { trustedAccounts = [], neighbours = [] }: Partial<Judged> = {},
): ((account: AccountSnapshot) => Promise<readonly SummarizedResult[]>) => {
  let reference: ServiceReference | undefined;
  if (mayUseReference(check)) {
    beforeAll(async () => {
      reference = await loadServiceReference();
    });
  }
  const runOnce = async (account: AccountSnapshot): Promise<readonly SummarizedResult[]> => {
    const found =
      reference && (await findDoorsAmong([account, ...neighbours], { reference, crownJewels: [] }, () => at(now)));
    const tools = watchedTools(deepFreeze(account), now, check, reference, {
      trustedAccounts,
      neighbours: found ?? NO_NEIGHBOURS,
    });
    const settings = DEFAULT_CHECK_SETTINGS;
    const { results, diagnostics } = runChecks([check], watchReads(account, check), { tools, settings });
    expect(diagnostics).toEqual([]);
    return results.map(({ result }) => result);
  };
  return async (account) => {
    const results = await runOnce(account);
    expect(await runOnce(account), 'a second run answers the same').toEqual(results);
    return results;
  };
};
