import { describe, expect, it } from 'vitest';
import type { Finding } from './audit-report.ts';
import { compareFindings } from './finding-order.ts';

const finding = (severity: Finding['severity'], checkId: string, arn: string, part: string | null = null) =>
  ({ severity, checkId, subject: { arn, part }, key: `${checkId}:${arn}:${part}` }) as Finding;

describe('compareFindings', () => {
  it('puts the worst first, then goes by check, subject and part', () => {
    const ordered = [
      finding('critical', 'b', 'arn:z'),
      finding('high', 'a', 'arn:a'),
      finding('high', 'a', 'arn:b'),
      finding('high', 'a', 'arn:b', 'AKIA1'),
      finding('high', 'a', 'arn:b', 'AKIA2'),
      finding('high', 'b', 'arn:a'),
      finding('info', 'a', 'arn:a'),
    ];
    expect([...ordered].reverse().sort(compareFindings)).toEqual(ordered);
  });

  it('compares by code unit, so that every machine orders alike', () => {
    const [first, second] = [finding('low', 'a', 'arn:Zoe'), finding('low', 'a', 'arn:älter')];
    expect([second, first].sort(compareFindings)).toEqual([first, second]);
  });
});
