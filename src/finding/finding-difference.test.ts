import { expect, it } from 'vitest';
import { findingOf } from '../report/testing/example-report.ts';
import type { Finding } from './audit-report.ts';
import { findingDifference } from './finding-difference.ts';

const finding = (key: string, differing: Partial<Finding> = {}): Finding => findingOf({ ...differing, key });

it('tells problems that appeared, became worse or milder, and went', () => {
  const before = [
    finding('same'),
    finding('worse'),
    finding('milder'),
    finding('gone'),
    finding('mended before', { state: 'resolved' }),
    finding('unknown', { outcome: 'unknown' }),
  ];
  const after = [
    finding('same', { state: 'not-evaluated' }),
    finding('worse', { severity: 'critical' }),
    finding('milder', { severity: 'low' }),
    finding('gone', { state: 'resolved' }),
    finding('mended before'),
    finding('unknown'),
  ];
  const { appeared, worsened, milder, gone } = findingDifference(before, after);
  expect(appeared.map(({ key }) => key)).toEqual(['mended before', 'unknown']);
  expect(worsened.map(({ key, severity }) => [key, severity])).toEqual([['worse', 'critical']]);
  expect(milder.map(({ key, severity }) => [key, severity])).toEqual([['milder', 'low']]);
  expect(gone.map(({ key }) => key)).toEqual(['gone']);
});
