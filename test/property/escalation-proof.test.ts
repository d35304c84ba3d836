import { describe, expect, it } from 'vitest';
import { createAccountAccess } from '../../src/access/account-access.ts';
import { escalationMethods } from '../../src/analyze/escalation/catalogue/index.ts';
import { isUnconditional } from '../../src/analyze/escalation/escalation-path.ts';
import { createPathProver } from '../../src/analyze/escalation/proof/prove-paths.ts';
import { createSearchContext } from '../../src/analyze/escalation/search-context.ts';
import { searchPaths } from '../../src/analyze/escalation/search-paths.ts';
import { createPolicyInterner } from '../../src/policy/policy-interner.ts';
import { loadServiceReference } from '../../src/reference/service-reference.ts';
import type { AccountSnapshot } from '../../src/snapshot/account-snapshot.ts';
import { assembleSnapshot } from '../../src/snapshot/assemble-snapshot.ts';
import { at } from '../../src/snapshot/testing/collected-builder.ts';
import { generatedAccount, LARGEST } from '../bench/generated-account.ts';
import { labelledAccounts } from '../quality/labelled-accounts.ts';

const reference = await loadServiceReference();

/** The paths without conditions that the emulated account refuses, each path of each method tried. */
const contradictions = (
  account: AccountSnapshot,
  now: string,
): { readonly tried: number; readonly refused: readonly string[] } => {
  const access = createAccountAccess(account, reference, at(now));
  const { paths } = searchPaths(createSearchContext(account, access, reference), escalationMethods);
  const certain = [...paths].flatMap(([start, byMethod]) =>
    [...byMethod.values()].filter(isUnconditional).map((path) => ({ start, path })),
  );
  const prove = createPathProver(account, reference, at(now));
  const proofs = Array.from({ length: Math.ceil(certain.length / 200) }, (_, at) =>
    prove(certain.slice(at * 200, (at + 1) * 200)),
  ).flat();
  const refused = certain.flatMap(({ start, path }, at) => {
    const proof = proofs[at];
    return proof?.kind === 'proven' || proof?.kind === 'derived'
      ? []
      : [`${start.arn} by ${path.steps.map(({ method }) => method).join(', ')}: ${proof?.reason}`];
  });
  return { tried: certain.length, refused };
};

describe('the search for escalations and the emulated account', () => {
  it.each(labelledAccounts.map((account) => [account.name, account] as const))(
    'agree on %s',
    (_name, { snapshot, now }) => {
      expect(contradictions(snapshot, now).refused).toEqual([]);
    },
  );

  it('agree on a generated account', () => {
    const size = {
      users: LARGEST.users * 0.02,
      groups: LARGEST.groups * 0.02,
      roles: LARGEST.roles * 0.02,
      policies: LARGEST.policies * 0.02,
      versions: LARGEST.versions,
    };
    const assembled = assembleSnapshot(generatedAccount(size), createPolicyInterner());
    if (!assembled.ok) throw new Error(assembled.error[0]?.message);
    const { tried, refused } = contradictions(assembled.value, '2026-01-01T00:00:00Z');
    expect(refused).toEqual([]);
    expect(tried).toBeGreaterThan(0);
  });
});
