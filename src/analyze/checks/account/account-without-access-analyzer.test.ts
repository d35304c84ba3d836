import { expect, it } from 'vitest';
import type { Analyzer } from '../../../snapshot/access-analyzer.ts';
import { accessAnalyzer, analyzer } from '../../../snapshot/testing/analyzer-builder.ts';
import { gap, skipped } from '../../../snapshot/testing/collected-builder.ts';
import { type SnapshotParts, snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { createJudge } from '../../testing/judge.ts';
import { accountWithoutAccessAnalyzer } from './account-without-access-analyzer.ts';

const NOW = '2026-01-01T00:00:00Z';

const having = (parts: Partial<Analyzer> | null, others: SnapshotParts = {}) => {
  const analyzers = parts === null ? [] : [analyzer({ region: 'eu-west-1', ...parts })];
  return snapshot({ accessAnalyzer: accessAnalyzer({ analyzers }), ...others });
};

/** An analyzer in eu-west-1, of an account where was looked in these regions. */
const lookedIn = (regions: readonly string[], others: SnapshotParts = {}) =>
  snapshot({ accessAnalyzer: accessAnalyzer({ regions, analyzers: [analyzer({ region: 'eu-west-1' })] }), ...others });

describeCheck(accountWithoutAccessAnalyzer, NOW, {
  fail: [
    ['none', having(null), { covered: [], uncovered: [] }],
    ['only one of unused access', having({ type: 'ACCOUNT_UNUSED_ACCESS' })],
    ['only one that failed', having({ status: 'FAILED' })],
    [
      'none in one of the regions that were looked in',
      lookedIn(['eu-west-1', 'us-east-1']),
      { covered: ['eu-west-1'], uncovered: ['us-east-1'] },
    ],
  ],
  pass: [
    ['one of the account', having({}), { covered: ['eu-west-1'] }],
    ['one of the organization', having({ type: 'ORGANIZATION' })],
    ['one in each region that was looked in', lookedIn(['eu-west-1']), { covered: ['eu-west-1'], uncovered: [] }],
  ],
  unknown: [
    ['nobody looked', snapshot({ accessAnalyzer: skipped('access-analyzer') })],
    [
      'ListAnalyzers was denied',
      snapshot({
        accessAnalyzer: {
          known: false,
          gap: gap({ source: 'access-analyzer', action: 'access-analyzer:ListAnalyzers' }),
        },
      }),
    ],
  ],
});

const judge = createJudge(accountWithoutAccessAnalyzer, NOW);

it('is milder in a member account, for the analyzer may be of another one', async () => {
  const organization = { id: 'o-1', managementAccountId: '111122223333', path: [] };
  expect(await judge(having(null, { organization }))).toMatchObject([{ outcome: 'fail', severity: 'low' }]);
});

it('knows nothing of a region that did not tell', async () => {
  const refused = gap({ source: 'access-analyzer', action: 'access-analyzer:ListAnalyzers', subject: 'us-east-1' });
  expect(await judge(lookedIn(['eu-west-1'], { gaps: [refused] }))).toMatchObject([
    { outcome: 'unknown', subject: { part: 'us-east-1' }, gap: { subject: 'us-east-1' } },
    { outcome: 'pass', evidence: { covered: ['eu-west-1'] } },
  ]);
});
