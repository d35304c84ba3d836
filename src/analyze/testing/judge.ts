import { beforeAll, expect } from 'vitest';
import { loadServiceReference, type ServiceReference } from '../../reference/service-reference.ts';
import type { AccountSnapshot } from '../../snapshot/account-snapshot.ts';
import type { Check, SummarizedResult } from '../define-check.ts';
import { runChecks } from '../run-checks.ts';
import { deepFreeze } from './deep-freeze.ts';
import { DEFAULT_CHECK_SETTINGS } from './default-settings.ts';
import { watchReads } from './watch-reads.ts';
import { mayUseReference, type Surroundings, watchedTools } from './watched-tools.ts';

/**
 * Runs one check on accounts, twice each, and holds it to what every check owes: the same answer again, an unchanged
 * snapshot, and no part read or tool used that it does not declare. To be called where hooks of tests may be.
 */
export const createJudge = (
  check: Check,
  now: string,
  { trustedAccounts = [], neighbours = [] }: Partial<Surroundings> = {},
): ((account: AccountSnapshot) => readonly SummarizedResult[]) => {
  let reference: ServiceReference | undefined;
  if (mayUseReference(check)) {
    beforeAll(async () => {
      reference = await loadServiceReference();
    });
  }
  const runOnce = (account: AccountSnapshot): readonly SummarizedResult[] => {
    const tools = watchedTools(deepFreeze(account), now, check, reference, { trustedAccounts, neighbours });
    const settings = DEFAULT_CHECK_SETTINGS;
    const { results, diagnostics } = runChecks([check], watchReads(account, check), { tools, settings });
    expect(diagnostics).toEqual([]);
    return results.map(({ result }) => result);
  };
  return (account) => {
    const results = runOnce(account);
    expect(runOnce(account), 'a second run answers the same').toEqual(results);
    return results;
  };
};
