import { afterAll, describe, expect, it } from 'vitest';
import { allChecks } from '../../src/analyze/registry.ts';
import { credentialsAccount } from './accounts/credentials.ts';
import { escalationAccount } from './accounts/escalation.ts';
import { federationAccount } from './accounts/federation.ts';
import { hygieneAccount } from './accounts/hygiene.ts';
import { inOrderAccount } from './accounts/in-order.ts';
import { policiesAccount } from './accounts/policies.ts';
import { policyEffectsAccount } from './accounts/policy-effects.ts';
import { resourcesAccount } from './accounts/resources.ts';
import { trustAccount } from './accounts/trust.ts';
import { unusedAccount } from './accounts/unused.ts';
import { type Score, scoreAccount, scoreTable } from './score.ts';

const accounts = [
  credentialsAccount,
  escalationAccount,
  federationAccount,
  hygieneAccount,
  inOrderAccount,
  policiesAccount,
  policyEffectsAccount,
  resourcesAccount,
  trustAccount,
  unusedAccount,
];

describe('labelled accounts', () => {
  const scores: Score[] = [];
  afterAll(() => {
    process.stdout.write(`\n${scoreTable(scores)}\n`);
  });

  for (const account of accounts) {
    it(`finds what is true of ${account.name}, and nothing else`, async () => {
      const scored = await scoreAccount(account);
      scores.push(...scored);
      const wrong = scored.filter(({ lost, invented }) => lost.length + invented.length > 0);
      expect(wrong.map(({ checkId, lost, invented }) => ({ checkId, lost, invented }))).toEqual([]);
    });

    it(`has traps in ${account.name} that exist`, () => {
      const { users, groups, roles, managedPolicies, resources } = account.snapshot;
      const listed = resources.known ? resources.value : [];
      const names = [...users, ...groups, ...roles, ...managedPolicies, ...listed].map(({ arn }) =>
        arn.split(':').slice(5).join(':'),
      );
      expect(names).toEqual(expect.arrayContaining(Object.keys(account.traps)));
    });
  }

  it('has a true finding of each check', () => {
    const labelled = accounts.flatMap(({ findings }) => Object.keys(findings));
    expect(new Set(labelled)).toEqual(new Set(allChecks.map(({ id }) => id)));
  });
});
