import { describe, expect, it } from 'vitest';
import type { EscalationCut } from '../finding/escalation-cut.ts';
import { cutsView } from './cuts-view.ts';
import { exampleReport } from './testing/example-report.ts';

const arnOf = (name: string): string => `arn:aws:iam::123456789012:${name}`;
const removal = (policy: string, statement: number) =>
  ({ kind: 'remove-statement', policy: arnOf(`policy/${policy}`), statement }) as const;
const cutOf = (parts: Partial<EscalationCut>): EscalationCut => ({
  accountId: '123456789012',
  changes: [removal('ci', 2)],
  sentences: ['Remove statement 3 of policy `ci`.'],
  closes: [arnOf('user/alice'), arnOf('user/bob')],
  usedAccess: { status: 'unused', used: [] },
  verified: 'alone',
  ...parts,
});
const rowsOf = (...escalationCuts: readonly EscalationCut[]) => cutsView({ ...exampleReport, escalationCuts })?.rows;

describe('the table of cuts', () => {
  it('is none where nothing is to cut', () => {
    expect(cutsView(exampleReport)).toBeNull();
    expect(cutsView({ ...exampleReport, escalationCuts: [] })).toBeNull();
  });

  it('tells what each changes and closes beside the rows above', () => {
    const both = cutOf({
      changes: [removal('ci', 2), removal('ops', 0)],
      sentences: ['Remove statement 3 of policy `ci`.', 'Remove statement 1 of policy `ops`.'],
      closes: [arnOf('user/alice'), arnOf('user/bob'), arnOf('role/ops')],
    });
    const rows = rowsOf(cutOf({}), both);
    expect(rows?.map(({ closes, names, withOthers }) => [closes, names, withOthers])).toEqual([
      ['2', 'alice and bob', false],
      ['1', 'ops', true],
    ]);
    expect(rows?.[1]?.sentences.map((parts) => parts.map(({ text }) => text).join(''))).toEqual([
      'Remove statement 1 of policy ops.',
    ]);
  });

  it('names who uses what it takes, and since when nobody did', () => {
    const use = { principal: arnOf('user/alice'), action: 'iam:PutUserPolicy', lastUsed: '2025-12-24T00:00:00Z' };
    const used = cutOf({ usedAccess: { status: 'used', used: [use] } });
    const unknown = cutOf({ usedAccess: { status: 'unknown', used: [] } });
    expect(rowsOf(used, unknown, cutOf({}))?.map((row) => row.use)).toEqual([
      'iam:PutUserPolicy was used by alice on 24 Dec 2025',
      'Use not known',
      'Not in use',
    ]);
  });

  it('stays small', () => {
    const many = Array.from({ length: 300 }, (_, index) =>
      cutOf({ changes: [removal(`p${index}`, 0)], closes: [arnOf(`user/u${index}`)] }),
    );
    const view = cutsView({ ...exampleReport, escalationCuts: many });
    expect([view?.rows.length, view?.others]).toEqual([12, '288 more']);
  });
});
