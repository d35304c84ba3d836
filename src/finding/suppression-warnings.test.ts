import { expect, it } from 'vitest';
import { at } from '../snapshot/testing/collected-builder.ts';
import type { SuppressionStatus } from './suppression.ts';
import { suppressionWarnings } from './suppression-warnings.ts';

const rule: SuppressionStatus['rule'] = {
  file: 's.yaml',
  line: 7,
  check: 'role-unused',
  principal: 'deploy',
  resource: null,
  account: null,
  part: null,
  glob: false,
  reason: 'intended',
  justification: 'x',
  owner: 'ann',
  approver: 'bob',
  ticket: null,
  created: null,
  expires: at('2026-04-01'),
  pin: null,
};
const held = { key: 'a', verdict: 'suppressed' } as const;
const warned = (status: Partial<SuppressionStatus>) =>
  suppressionWarnings([{ rule, matches: [held], daysLeft: 30, notice: null, ...status }]);

it('says nothing of a suppression that holds and lasts', () => {
  expect(warned({})).toEqual([]);
});

it.each<[string, Partial<SuppressionStatus>, string]>([
  ['that is about nothing', { matches: [] }, 'matches nothing; take it out if the finding is gone'],
  [
    'that has expired',
    {
      matches: [
        { key: 'a', verdict: 'expired' },
        { key: 'b', verdict: 'expired' },
      ],
      daysLeft: -3,
    },
    'expired on 2026-04-01 and leaves 2 findings open; `ann` answers for it',
  ],
  [
    'whose evidence changed',
    { matches: [held, { key: 'b', verdict: 'evidence-changed' }] },
    'no longer holds for 1 finding, whose evidence is not that of its pin',
  ],
  [
    'that reaches too far',
    { matches: [{ key: 'b', verdict: 'too-long' }] },
    'does not hold for 1 finding: 2026-04-01 is further ahead than their severity allows (`suppressions.maxDays`)',
  ],
  ['that ends soon', { daysLeft: 6, notice: 7 }, 'expires on 2026-04-01, after 6 more days; `ann` answers for it'],
  ['that ends tomorrow', { daysLeft: 0, notice: 1 }, 'expires on 2026-04-01, within a day; `ann` answers for it'],
])('tells of a suppression %s', (_, status, text) => {
  expect(warned(status)).toEqual([`s.yaml:7: suppression of \`role-unused\` for \`deploy\` ${text}`]);
});
