import { describe, expect, it } from 'vitest';
import { loadServiceReference } from '../../reference/service-reference.ts';
import type { AnalyzerFinding } from '../../snapshot/access-analyzer.ts';
import { accessAnalyzer, analyzer, externalFinding } from '../../snapshot/testing/analyzer-builder.ts';
import { at, skipped } from '../../snapshot/testing/collected-builder.ts';
import { trusts } from '../../snapshot/testing/policy-builder.ts';
import { role, type SnapshotParts, snapshot } from '../../snapshot/testing/snapshot-builder.ts';
import { analyzeAccount } from '../analyze-account.ts';
import { DEFAULT_CHECK_SETTINGS } from '../testing/default-settings.ts';

const VENDOR = '444455556666';
const APP = 'arn:aws:iam::123456789012:role/app';
const IDLE = 'arn:aws:iam::123456789012:role/idle';
const UNUSED = analyzer({ type: 'ACCOUNT_UNUSED_ACCESS', unusedAccessDays: 180 });

const unused = (findingType: string, resource: string): AnalyzerFinding => ({
  ...externalFinding(resource),
  id: `u-${findingType}`,
  findingType,
  external: [],
});
const compared = async (parts: SnapshotParts) =>
  analyzeAccount(snapshot(parts), {
    now: at('2026-01-01T00:00:00Z'),
    reference: await loadServiceReference(),
    settings: DEFAULT_CHECK_SETTINGS,
  }).analyzer;
const app = role('app', { createDate: '2025-12-20T00:00:00Z', trustPolicy: trusts({ AWS: VENDOR }) });
const closed = role('app', {
  createDate: '2025-12-20T00:00:00Z',
  trustPolicy: trusts({ Service: 'ec2.amazonaws.com' }),
});
const idle = role('idle', {
  createDate: '2025-01-01T00:00:00Z',
  lastUsed: null,
  trustPolicy: trusts({ Service: 'ec2.amazonaws.com' }),
});

describe('external access', () => {
  it.each([
    ['both tell of it', app, [externalFinding(APP)], ['same', 'told', 'active']],
    ['both tell of it, archived', app, [externalFinding(APP, { status: 'ARCHIVED' })], ['same', 'told', 'archived']],
    ['the policy does not grant it', closed, [externalFinding(APP)], ['only-access-analyzer', 'not-so', 'active']],
    ['Access Analyzer tells nothing', app, [], ['only-vigil', 'told', 'none']],
  ] as const)('%s', async (_, some, findings, expected) => {
    const rows = await compared({ roles: [some], accessAnalyzer: accessAnalyzer({ findings }) });
    expect(rows?.map((row) => [row.agreement, row.vigil, row.accessAnalyzer])).toEqual([expected]);
    expect(rows?.[0]).toMatchObject({
      findingType: 'ExternalAccess',
      resource: APP,
      principal: VENDOR,
      unusedAccessDays: null,
    });
  });

  it('to a resource that was not read is told by Access Analyzer alone', async () => {
    const findings = [externalFinding('arn:aws:s3:::amzn-s3-demo-bucket', { principal: { AWS: '*' }, isPublic: true })];
    const rows = await compared({ accessAnalyzer: accessAnalyzer({ findings }) });
    expect(rows).toMatchObject([{ agreement: 'only-access-analyzer', vigil: 'not-judged', principal: '*' }]);
  });

  it('that analyzers of several regions tell is one row, and the checks that tell of it stand beside', async () => {
    const findings = [externalFinding(APP, { status: 'ARCHIVED' }), externalFinding(APP, { id: 'f-2' })];
    const rows = await compared({ roles: [app], accessAnalyzer: accessAnalyzer({ findings }) });
    expect(rows).toHaveLength(1);
    expect(rows?.[0]).toMatchObject({
      accessAnalyzer: 'active',
      findingIds: ['f-1', 'f-2'],
      checks: ['role-trusts-foreign-account-without-external-id'],
    });
  });

  it('that could not be analyzed, or is resolved, is no row', async () => {
    const findings = [
      { ...externalFinding(APP), error: 'ACCESS_DENIED' },
      externalFinding(APP, { status: 'RESOLVED' }),
    ];
    expect(await compared({ roles: [closed], accessAnalyzer: accessAnalyzer({ findings }) })).toEqual([]);
  });
});

describe('unused access', () => {
  it('that both tell of is the same', async () => {
    const findings = [unused('UnusedIAMRole', IDLE)];
    const rows = await compared({ roles: [idle], accessAnalyzer: accessAnalyzer({ analyzers: [UNUSED], findings }) });
    expect(rows).toMatchObject([
      { agreement: 'same', findingType: 'UnusedIAMRole', resource: IDLE, principal: null, checks: ['role-unused'] },
    ]);
  });

  it('that only Vigil tells of counts where an analyzer of unused access looks', async () => {
    const seen = await compared({
      roles: [idle],
      accessAnalyzer: accessAnalyzer({ analyzers: [UNUSED], findings: [] }),
    });
    expect(seen).toMatchObject([
      { agreement: 'only-vigil', findingType: 'UnusedIAMRole', accessAnalyzer: 'none', unusedAccessDays: 180 },
    ]);
    expect(await compared({ roles: [idle], accessAnalyzer: accessAnalyzer({ findings: [] }) })).toEqual([]);
  });

  it('of the permissions of a role that nobody uses is told by the check of the role', async () => {
    const findings = [unused('UnusedPermission', IDLE)];
    const rows = await compared({ roles: [idle], accessAnalyzer: accessAnalyzer({ findings }) });
    expect(rows).toMatchObject([{ agreement: 'same', checks: ['role-unused'] }]);
  });

  it.each([
    ['that Vigil sees used or young', 'UnusedIAMRole', 'not-so'],
    ['of permissions of a young role', 'UnusedPermission', 'not-so'],
    ['of a type that Vigil has no check for', 'InternalAccess', 'not-judged'],
  ])('%s is told by Access Analyzer alone', async (_, findingType, vigil) => {
    const findings = [unused(findingType, APP)];
    const rows = await compared({ roles: [closed], accessAnalyzer: accessAnalyzer({ analyzers: [UNUSED], findings }) });
    expect(rows).toMatchObject([{ agreement: 'only-access-analyzer', findingType, vigil, checks: [] }]);
  });
});

it('is null where nobody read the findings', async () => {
  expect(await compared({ accessAnalyzer: skipped('access-analyzer') })).toBeNull();
  expect(await compared({ accessAnalyzer: accessAnalyzer() })).toBeNull();
});

it('tells what differs before what does not', async () => {
  const findings = [externalFinding(APP), unused('UnusedIAMRole', APP)];
  const rows = await compared({
    roles: [app, idle],
    accessAnalyzer: accessAnalyzer({ analyzers: [analyzer(), UNUSED], findings }),
  });
  expect(rows?.map(({ agreement }) => agreement)).toEqual(['only-access-analyzer', 'only-vigil', 'same']);
});
