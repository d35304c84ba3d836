import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyzeAccount } from '../../src/analyze/analyze-account.ts';
import { auditorPolicy } from '../../src/collect/auditor-policy.ts';
import { COLLECTED_ACTIONS } from '../../src/collect/aws/actions.ts';
import type { AwsSourceOptions } from '../../src/collect/aws/aws-source-options.ts';
import { createAwsSource } from '../../src/collect/aws-source.ts';
import { createPolicyInterner } from '../../src/policy/policy-interner.ts';
import type { CollectedAccount } from '../../src/ports/account-source.ts';
import { loadServiceReference } from '../../src/reference/service-reference.ts';
import { assembleSnapshot } from '../../src/snapshot/assemble-snapshot.ts';
import { coverageOf } from '../../src/snapshot/coverage.ts';
import { parseSnapshotFiles, printSnapshotFiles } from '../../src/snapshot/snapshot-directory.ts';
import type { SnapshotDocuments } from '../../src/snapshot/snapshot-documents.ts';
import { type RunningAccount, runningAccount } from '../emulator/running-account.ts';
import { furnishedAccount, memberAccount, REGION, withRole } from './furnished-account.ts';

/** Of what runs as a role only Lambda functions are read. */
const ROLES_OF_OTHERS = 'lambda:ListFunctions skipped';

const progress = { phase: () => {}, step: () => {} };

const collect = async (
  { endpoint: endpointUrl, credentials, clock }: RunningAccount,
  options: Partial<AwsSourceOptions> = {},
): Promise<CollectedAccount> => {
  const source = createAwsSource({
    endpointUrl,
    region: REGION,
    credentials,
    clock,
    callsPerSecond: 10_000,
    ...options,
  });
  const collected = await source.collect(progress);
  if (!collected.ok) throw new Error(collected.error.message);
  return collected.value;
};

const enforced = async ({ endpoint }: RunningAccount): Promise<void> => {
  await fetch(`${endpoint}/_vigil/enforce?after=0`, { method: 'POST' });
};

/** Without what the audit itself leaves: when its role and the key that assumed it were last used. */
const withoutUse = ({ accessAnalyzer, ...documents }: SnapshotDocuments) => ({
  resources: documents.resources,
  organization: documents.organization,
  sources: documents.account.sources.map(({ name }) => name),
  files: Object.keys(documents),
  analyzers: accessAnalyzer?.analyzers,
  findings: accessAnalyzer?.findings?.filter(({ findingType }) => findingType === 'ExternalAccess'),
});

const demo = readFileSync(new URL('../../config/demo-account.yaml', import.meta.url), 'utf8');

describe.each([
  ['an account with something of everything', furnishedAccount],
  ['the demo account', () => runningAccount(demo)],
])('%s, read by a role that holds the printed policy and no more', (_, open) => {
  it('is complete, and as its root user sees it', { timeout: 120_000 }, async () => {
    const account = await open();
    const auditor = await withRole(account, auditorPolicy());
    // The SDK holds the expiry of the role's credentials against the clock of the machine.
    account.clock.moveTo(`${new Date().toISOString().slice(0, 19)}Z`);
    const { documents: asRoot } = await collect(account);
    await enforced(account);
    const { documents } = await collect(account, auditor);
    expect(documents.account.gaps.map(({ action, reason }) => `${action} ${reason}`)).toEqual([ROLES_OF_OTHERS]);
    expect(withoutUse(documents)).toEqual(withoutUse(asRoot));

    const assembled = assembleSnapshot(documents, createPolicyInterner());
    if (!assembled.ok) throw new Error(JSON.stringify(assembled.error));
    const settings = { disabled: new Set<string>(), options: new Map() };
    const reference = await loadServiceReference();
    const analysis = analyzeAccount(assembled.value, { now: account.clock.now(), reference, settings });
    expect(analysis.account.complete).toBe(true);
    expect(analysis.account.coverage.map(({ source }) => source)).toEqual(
      expect.arrayContaining(['resources', 'organization', 'access-analyzer']),
    );
  });
});

it('calls each API of the table of actions, but those that the details make needless', async () => {
  const { apiCalls } = await collect(await furnishedAccount(), { cloudTrailDays: 1 });
  const uncalled = Object.keys(COLLECTED_ACTIONS).filter((action) => !apiCalls.has(action));
  // AWS alone has a host name for each account id.
  expect(uncalled.filter((action) => !action.startsWith('iam:'))).toEqual(['s3control:GetPublicAccessBlock']);
  expect([...apiCalls.keys()].filter((action) => !(action in COLLECTED_ACTIONS))).toEqual([]);
});

it('is the same after it was saved and read again', async () => {
  const { documents } = await collect(await furnishedAccount());
  const read = parseSnapshotFiles(printSnapshotFiles(documents));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  expect(read.value).toEqual(JSON.parse(JSON.stringify(documents)));
});

describe('a member account of an organization', () => {
  it('knows its organization, and that only others are told what applies to it', async () => {
    const { account, member } = await memberAccount();
    const credentials = { accessKeyId: member, secretAccessKey: 'emulated' };
    const { documents } = await collect(account, { credentials });
    expect(documents.account.accountId).toBe(member);
    expect(documents.organization).toEqual({
      organizationId: expect.stringMatching(/^o-/),
      managementAccountId: '123456789012',
      path: [],
    });
    expect(documents.account.gaps.filter(({ source }) => source === 'organization')).toMatchObject([
      { source: 'organization', action: 'organizations:ListParents', reason: 'skipped', subject: null },
    ]);
    const assembled = assembleSnapshot(documents, createPolicyInterner());
    if (!assembled.ok) throw new Error(JSON.stringify(assembled.error));
    expect(coverageOf(assembled.value).filter(({ status }) => status !== 'read')).toEqual([]);
  });
});
