import { describe, expect, it } from 'vitest';
import type { AccountSnapshot, SnapshotList } from '../../snapshot/account-snapshot.ts';
import { gap } from '../../snapshot/testing/collected-builder.ts';
import type { Check } from '../define-check.ts';
import { createJudge, type Judged } from './judge.ts';

/** A story, the smallest account that tells it, and evidence that the first result of the kind must hold. */
type Case = readonly [story: string, snapshot: AccountSnapshot, evidence?: Readonly<Record<string, unknown>>];

/** At least one case: an empty group does not compile. */
type Cases = readonly [Case, ...Case[]];

/** What a check must say of which accounts. */
interface CheckCases {
  readonly fail: Cases;
  /** Nothing fails and nothing is unknown. */
  readonly pass: Cases;
  /** The check's own unknowns; a missing list is always tried, and may be the only one. */
  readonly unknown: Cases | 'only for a missing list';
}

const LISTS: readonly SnapshotList[] = ['users', 'groups', 'roles', 'managedPolicies'];

/**
 * Tests a check against a table of small accounts, and adds what every check owes: the same answer twice, an unchanged
 * snapshot, no part read that is not declared, `unknown` where a list that it reads is missing, and no two cases alike.
 * `surroundings`: the accounts that are declared to be trusted, and those that are audited with each.
 */
export const describeCheck = (
  check: Check,
  now: string,
  cases: CheckCases,
  surroundings: Partial<Judged> = {},
): void => {
  const unknown = cases.unknown === 'only for a missing list' ? [] : cases.unknown;
  describe(check.id, () => {
    const judge = createJudge(check, now, surroundings);

    for (const [story, account, evidence] of cases.fail)
      it(`fails: ${story}`, async () => {
        const failures = (await judge(account)).filter(({ outcome }) => outcome === 'fail');
        expect(failures).not.toEqual([]);
        for (const { summary } of failures) expect(summary).toMatch(/^[A-Z].*\.$/s);
        if (evidence !== undefined) expect(failures[0]?.evidence).toMatchObject(evidence);
      });

    for (const [story, account, evidence] of cases.pass)
      it(`passes: ${story}`, async () => {
        const results = await judge(account);
        expect(results.filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
        if (evidence !== undefined) expect(results[0]?.evidence).toMatchObject(evidence);
      });

    for (const [story, account] of unknown)
      it(`is unknown: ${story}`, async () => {
        const results = await judge(account);
        expect(results.map(({ outcome }) => outcome)).toContain('unknown');
        expect(results.map(({ outcome }) => outcome)).not.toContain('fail');
      });

    for (const list of LISTS.filter((part) => check.reads.includes(part)))
      it(`is unknown: the list of ${list} is missing`, async () => {
        const [first] = cases.fail;
        const account = { ...first[1], [list]: [], missingParts: new Map([[list, gap()]]) };
        expect(await judge(account)).toMatchObject([{ outcome: 'unknown', gap: gap() }]);
      });

    it('has no two cases alike', () => {
      const all = [...cases.fail, ...cases.pass, ...unknown].map(([, account]) => printed(account));
      expect(new Set(all).size).toBe(all.length);
    });
  });
};

// Maps print as `{}` in JSON, so that two accounts that differ in tags alone would look alike.
const printed = (account: AccountSnapshot): string =>
  JSON.stringify(account, (_, value: unknown) => (value instanceof Map ? [...value] : value));
