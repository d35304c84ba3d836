import { expect, it } from 'vitest';
import { exampleReport, findingOf } from '../report/testing/example-report.ts';
import { hasFinding } from './counted-findings.ts';

it.each([
  ['new', true, true],
  ['reopened', true, true],
  ['worsened', true, true],
  ['open', true, false],
  ['not-evaluated', true, false],
  ['resolved', false, false],
  ['suppressed', false, false],
] as const)('counts a finding that is %s: %s; of new ones only: %s', (state, counts, countsAsNew) => {
  const report = { ...exampleReport, findings: [findingOf({ state, severity: 'high' })] };
  expect(hasFinding(report, { severity: 'high', onlyNew: false })).toBe(counts);
  expect(hasFinding(report, { severity: 'high', onlyNew: true })).toBe(countsAsNew);
  expect(hasFinding(report, { severity: 'critical', onlyNew: false })).toBe(false);
});
