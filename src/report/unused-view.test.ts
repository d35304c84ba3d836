import { describe, expect, it } from 'vitest';
import type { Finding } from '../finding/audit-report.ts';
import type { JsonObject } from '../kernel/json.ts';
import { csvOf } from './testing/csv-of.ts';
import { exampleReport, findingOf } from './testing/example-report.ts';
import { unusedTable } from './unused-csv.ts';
import { unusedView } from './unused-view.ts';

const unused = (name: string, evidence: JsonObject, differing: Partial<Finding> = {}): Finding =>
  findingOf({
    category: 'unused',
    subject: { arn: `arn:aws:iam::123456789012:role/${name}`, type: 'Role', id: `AROA${name}`, part: null },
    title: 'Role is not used',
    evidence,
    ...differing,
  });

const findings = [
  unused('idle', { lastUsed: '2026-02-02T00:00:00Z' }),
  unused('never', { lastUsed: null }),
  unused('some', {
    unused: [
      { service: 's3', lastUsed: null },
      { service: 'sqs', lastUsed: '2025-03-02T00:00:00Z' },
    ],
    unusedCount: 5,
  }),
  unused('group', {}),
  unused('dark', {}, { outcome: 'unknown' }),
  unused('fine', {}, { state: 'suppressed' }),
  unused('gone', {}, { state: 'resolved' }),
];
const view = unusedView(findings, exampleReport.run.finishedAt, new Map());

describe('unused access', () => {
  it('has a row for each row of its table, in words', () => {
    expect(view?.rows.map(({ name, access, lastUsed, lastUsedAge }) => [name, access, lastUsed, lastUsedAge])).toEqual([
      ['idle', null, '2 Feb 2026', '28 days ago'],
      ['never', null, 'No use on record', null],
      ['some', 's3', 'No use on record', null],
      ['some', 'sqs', '2 Mar 2025', '365 days ago'],
      ['group', null, '', null],
      ['dark', null, 'Not known', null],
      ['fine', null, '', null],
    ]);
    // Beside the rows a line of names, and what follows the last line break.
    expect(csvOf(unusedTable, { ...exampleReport, findings }).split('\r\n')).toHaveLength(7 + 2);
  });

  it('says once what a finding does not list, and what is accepted', () => {
    expect(view?.rows.map(({ notListed }) => notListed)).toEqual([null, null, null, '3 more', null, null, null]);
    expect(view?.rows.at(-1)?.stateLabel).toBe('Suppressed');
  });

  it('sorts what was never used before what was used longest ago', () => {
    const names = [...(view?.rows ?? [])].sort((a, b) => (a.usedOrder < b.usedOrder ? -1 : 1)).map(({ name }) => name);
    expect(names.slice(0, 4)).toEqual(['never', 'some', 'some', 'idle']);
  });

  it('has ten thousand rows, and says how many more the table has', () => {
    const many = Array.from({ length: 10_001 }, (_, index) => unused(`r${index}`, {}));
    const large = unusedView(many, exampleReport.run.finishedAt, new Map());
    expect((large?.rows.length ?? 0) + (large?.otherRows.length ?? 0)).toBe(10_000);
    expect([large?.count, large?.others]).toEqual(['10,001 entries', '1 more entry']);
  });

  it('is no section where everything is in use', () => {
    expect(unusedView([], exampleReport.run.finishedAt, new Map())).toBeNull();
  });
});
