import { expect, it } from 'vitest';
import type { AnalyzerComparison } from '../finding/analyzer-comparison.ts';
import { analyzerView } from './analyzer-view.ts';
import { exampleReport } from './testing/example-report.ts';

const row = (differing: Partial<AnalyzerComparison>): AnalyzerComparison => ({
  accountId: '123456789012',
  findingType: 'ExternalAccess',
  resource: 'arn:aws:iam::123456789012:role/app',
  principal: '444455556666',
  agreement: 'same',
  vigil: 'told',
  accessAnalyzer: 'active',
  unusedAccessDays: null,
  findingIds: ['f-1'],
  checks: [],
  ...differing,
});

it('is nothing where nobody read the findings, or there is none', () => {
  expect(analyzerView(exampleReport)).toBeNull();
  expect(analyzerView({ ...exampleReport, analyzer: [] })).toBeNull();
});

it('shows in words what each says, what differs first', () => {
  const unused = {
    findingType: 'UnusedIAMUserAccessKey',
    principal: null,
    vigil: 'not-so',
    unusedAccessDays: 90,
  } as const;
  const view = analyzerView({
    ...exampleReport,
    analyzer: [row({}), row({ ...unused, agreement: 'only-access-analyzer' })],
  });
  expect(view?.count).toBe('1 told by Access Analyzer alone, 0 by Vigil alone, 1 by both');
  const rows = [...(view?.rows ?? []), ...(view?.agreed ?? [])];
  expect(view?.rows).toHaveLength(1);
  expect(view?.agreedLabel).toBe('1 row that both tell');
  expect(rows.map(({ accessAnalyzer }) => accessAnalyzer)).toEqual([
    'Active finding, counts from 90 days',
    'Active finding',
  ]);
  expect(rows.map(({ toldBy, type, name, vigil }) => [toldBy, type, name, vigil])).toEqual([
    ['Access Analyzer alone', 'Unused IAM user access key', 'app', 'Used, or too young to tell'],
    ['Both', 'External access', 'app', 'The policy lets it in'],
  ]);
});

it('shows two hundred rows, and counts the others', () => {
  const view = analyzerView({ ...exampleReport, analyzer: Array.from({ length: 201 }, () => row({})) });
  expect(view?.agreed).toHaveLength(200);
  expect(view?.others).toBe('1 more row');
});

it('spells out what cannot be seen', () => {
  const view = analyzerView({ ...exampleReport, analyzer: [row({ principal: 'a\u202eb' })] });
  expect(view?.agreed[0]?.principal).toEqual(['a⟨U+202E⟩b']);
});
