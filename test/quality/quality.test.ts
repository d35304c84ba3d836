import { afterAll, describe, expect, it } from 'vitest';
import { allChecks } from '../../src/analyze/registry.ts';
import { countSituations, labelledAccounts } from './labelled-accounts.ts';
import { type Score, scoreAccount, scoreTable } from './score.ts';

describe('labelled accounts', () => {
  const scores: Score[] = [];
  afterAll(() => {
    process.stdout.write(`\n${scoreTable(scores)}\n`);
  });

  for (const account of labelledAccounts) {
    it(`finds what is true of ${account.name}, and nothing else`, async () => {
      const scored = await scoreAccount(account);
      scores.push(...scored);
      const wrong = scored.filter(({ lost, invented }) => lost.length + invented.length > 0);
      expect(wrong.map(({ checkId, lost, invented }) => ({ checkId, lost, invented }))).toEqual([]);
    });

    it(`has traps in ${account.name} that exist`, () => {
      const { users, groups, roles, managedPolicies, resources, identityCenter } = account.snapshot;
      const listed = resources.known ? resources.value : [];
      const sets = identityCenter.known ? identityCenter.value?.permissionSets : undefined;
      const told = sets?.known === true ? sets.value : [];
      const names = [...users, ...groups, ...roles, ...managedPolicies, ...listed, ...told].map(({ arn }) =>
        arn.split(':').slice(5).join(':'),
      );
      expect(names).toEqual(expect.arrayContaining(Object.keys(account.traps)));
    });
  }

  it('holds two hundred situations and more, each with its reason', () => {
    const { wrong, nearMisses } = countSituations(labelledAccounts);
    expect(wrong + nearMisses).toBeGreaterThanOrEqual(200);
    const labels = labelledAccounts.flatMap(({ findings, traps }) => [...Object.values(findings), traps]);
    for (const reason of labels.flatMap((each) => Object.values(each))) expect(reason).toMatch(/\w{2}/);
  });

  it('has a true finding of each check', () => {
    const labelled = labelledAccounts.flatMap(({ findings }) => Object.keys(findings));
    expect(new Set(labelled)).toEqual(new Set(allChecks.map(({ id }) => id)));
  });
});
