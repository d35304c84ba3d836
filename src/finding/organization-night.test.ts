import { describe, expect, it } from 'vitest';
import { at } from '../snapshot/testing/collected-builder.ts';
import { type AccountSummary, organizationReport } from './organization-night.ts';
import { accountSummary, allPaths, expectedAccount, summarizedPath } from './testing/organization-builder.ts';

const night = {
  id: '20260302T023000Z',
  group: null,
  startedAt: at('2026-03-02T02:30:00Z'),
  finishedAt: at('2026-03-02T03:00:00Z'),
  deadline: null,
  deadlinePassed: false,
};

const ranked = (...accounts: readonly AccountSummary[]): readonly string[] =>
  organizationReport({ night, vigilVersion: '0', expected: [], accounts }).accounts.map(({ accountId }) => accountId);

describe('accounts by risk', () => {
  it('come by the worst severity of what is open, whatever was resolved or accepted', () => {
    expect(
      ranked(
        accountSummary('111111111111', { findings: { critical: { resolved: 9, suppressed: 9, 'not-evaluated': 9 } } }),
        accountSummary('222222222222', { findings: { medium: { open: 500 } } }),
        accountSummary('333333333333', { findings: { high: { new: 1 } } }),
        accountSummary('444444444444', { findings: { critical: { worsened: 1 } } }),
      ),
    ).toEqual(['444444444444', '333333333333', '222222222222', '111111111111']);
  });

  it('come by proven paths, then by derived ones, then by numbers, where the worst severity is the same', () => {
    const critical = (open: number, high = 0) => ({ findings: { critical: { open }, high: { open: high } } });
    const having = (accountId: string, proofs: readonly ('proven' | 'derived' | 'conditional')[]): AccountSummary =>
      accountSummary(accountId, {
        ...critical(1),
        paths: allPaths(proofs.map((proof) => summarizedPath(accountId, { proof }))),
      });
    expect(
      ranked(
        accountSummary('111111111111', critical(5)),
        accountSummary('222222222222', critical(5, 2)),
        having('333333333333', ['derived', 'derived']),
        having('444444444444', ['proven']),
        having('555555555555', ['conditional', 'conditional']),
        accountSummary('666666666666', critical(1)),
      ),
    ).toEqual(['444444444444', '333333333333', '222222222222', '111111111111', '555555555555', '666666666666']);
  });

  it('come by their ids where they are alike, in whatever order they were given', () => {
    const [one, other] = [accountSummary('111111111111'), accountSummary('222222222222')];
    expect(ranked(other, one)).toEqual(ranked(one, other));
  });
});

describe('expected accounts', () => {
  it('come those first that are missing, and count as missing where nothing is known of their audit', () => {
    const report = organizationReport({
      night,
      vigilVersion: '0',
      expected: [
        expectedAccount('111111111111'),
        expectedAccount('222222222222', { status: 'skipped', reason: 'left out' }),
        expectedAccount('333333333333', { status: 'vanished', reason: 'gone' }),
        expectedAccount('444444444444'),
      ],
      accounts: [accountSummary('111111111111')],
    });
    expect(report.expected.map(({ accountId, status }) => [accountId, status])).toEqual([
      ['444444444444', 'failed'],
      ['333333333333', 'vanished'],
      ['222222222222', 'skipped'],
      ['111111111111', 'collected'],
    ]);
    expect(report.expected[0]?.reason).toContain('not known');
  });
});
