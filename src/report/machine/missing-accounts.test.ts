import { describe, expect, it } from 'vitest';
import type { ExpectedAccount } from '../../finding/expected-account.ts';
import { exampleAssets } from '../testing/example-assets.ts';
import { exampleReport } from '../testing/example-report.ts';
import { findingsJunit } from './junit.ts';
import { reportMetrics } from './prometheus.ts';
import { findingsSarif } from './sarif.ts';

const account = (accountId: string, differing: Partial<ExpectedAccount>): ExpectedAccount => ({
  accountId,
  name: null,
  group: null,
  status: 'collected',
  reason: null,
  lastRead: null,
  droppedOut: false,
  ...differing,
});

const report = {
  ...exampleReport,
  expected: [
    account('123456789012', {}),
    account('210987654321', { name: 'pay<roll', status: 'failed', reason: 'AWS refused sts:AssumeRole' }),
    account('345678901234', { status: 'suspended', reason: 'it is closed' }),
  ],
};

describe('an account that was to be read and was not', () => {
  it('is a suite with an error in JUnit; one that is closed is none', () => {
    const text = findingsJunit(report, exampleAssets);
    expect(text).toContain('<testsuite name="210987654321 pay&lt;roll" tests="1" failures="0" errors="1" skipped="0"');
    expect(text).toContain('the account was to be read, and was not: AWS refused sts:AssumeRole');
    expect(text).toMatch(/<testsuites [^>]*errors="2"/);
    expect(text).not.toContain('345678901234');
  });

  it('is an error among the notifications of SARIF', () => {
    expect(findingsSarif(report, exampleAssets)).toContain(
      'account 210987654321 was to be read, and was not: AWS refused sts:AssumeRole',
    );
  });

  it('is counted for Prometheus', async () => {
    const text = await reportMetrics(report, exampleAssets);
    expect(text).toContain('vigil_expected_accounts{status="failed"} 1\n');
    expect(text).toContain('vigil_expected_accounts{status="collected"} 1\n');
    expect(text).toContain('vigil_expected_accounts{status="vanished"} 0\n');
  });
});
