import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { type AccountAnalysis, analyzeAccount } from '../../src/analyze/analyze-account.ts';
import { createAwsSource } from '../../src/collect/aws-source.ts';
import { openSnapshotDirectory } from '../../src/collect/files-source.ts';
import type { Finding } from '../../src/finding/audit-report.ts';
import { createPolicyInterner } from '../../src/policy/policy-interner.ts';
import type { AccountSource } from '../../src/ports/account-source.ts';
import { loadServiceReference } from '../../src/reference/service-reference.ts';
import type { AccountSnapshot } from '../../src/snapshot/account-snapshot.ts';
import { assembleSnapshot } from '../../src/snapshot/assemble-snapshot.ts';
import { credentialReportOf } from '../../src/snapshot/credential-report-of.ts';
import { parseSnapshotFiles } from '../../src/snapshot/snapshot-directory.ts';
import type { SnapshotDocuments } from '../../src/snapshot/snapshot-documents.ts';
import { runningAccount } from './running-account.ts';

const demo = readFileSync(new URL('../../config/demo-account.yaml', import.meta.url), 'utf8');

const snapshotOf = (documents: SnapshotDocuments): AccountSnapshot => {
  const snapshot = assembleSnapshot(documents, createPolicyInterner());
  if (!snapshot.ok) throw new Error(JSON.stringify(snapshot.error));
  return snapshot.value;
};

const state = async (endpoint: string): Promise<readonly (readonly [string, string])[]> => {
  const files = (await (await fetch(`${endpoint}/_vigil/state`)).json()) as Record<string, unknown>;
  return Object.entries(files).map(([file, content]) => [
    file,
    typeof content === 'string' ? content : JSON.stringify(content),
  ]);
};

const exported = async (endpoint: string): Promise<SnapshotDocuments> => {
  const parsed = parseSnapshotFiles(new Map(await state(endpoint)));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
};

/** A last use may be known from the credential report or from the key itself: where from is of no account here. */
const withoutSources = (value: unknown): unknown => {
  if (value instanceof Map) return new Map([...value].map(([key, part]) => [key, withoutSources(part)]));
  if (Array.isArray(value)) return value.map(withoutSources);
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.entries(value).filter(([key]) => !('known' in value && key === 'source'));
  return Object.fromEntries(parts.map(([key, part]) => [key, withoutSources(part)]));
};

const ON_ONE_SIDE: ReadonlySet<string> = new Set(['access-analyzer', 'cloudtrail', 'last-accessed']);

/**
 * What analyzers found is not in the export; the tags of resources, and what was last accessed by those who may do
 * nothing, collecting does not ask for.
 */
const ofBoth = (snapshot: AccountSnapshot): unknown => {
  const { accessAnalyzer, resources, lastAccessed: _, sources, gaps, ...rest } = snapshot;
  return withoutSources({
    ...rest,
    analyzers: accessAnalyzer.known && accessAnalyzer.value.analyzers,
    resources:
      resources.known &&
      resources.value
        .map(({ tags: __, ...resource }) => resource)
        .toSorted((one, other) => (one.arn < other.arn ? -1 : 1)),
    sources: sources.filter(({ name }) => !ON_ONE_SIDE.has(name)),
    gaps: gaps.filter(({ reason }) => reason !== 'skipped'),
  });
};

/** Whether a finding comes of what both know: the export has all resources, the API does not tell of what runs as a role. */
const isOfBoth = ({ checkId, category }: Finding): boolean => !/analyzer/.test(checkId) && category !== 'escalation';

const collect = async (source: AccountSource | undefined): Promise<AccountSnapshot> => {
  const collected = await source?.collect({ phase: () => {}, step: () => {} });
  if (collected?.ok !== true) throw new Error(collected?.error.message ?? 'there is no account');
  return snapshotOf(collected.value.documents);
};

it('the export of the emulated account is what collecting it over the API gives', { timeout: 120_000 }, async () => {
  const { endpoint, credentials, clock, regions } = await runningAccount(demo);
  const overTheApi = await collect(createAwsSource({ endpointUrl: endpoint, credentials, clock, regions }));
  const fromTheExport = snapshotOf(await exported(endpoint));
  expect(overTheApi.gaps.filter(({ reason }) => reason !== 'skipped')).toEqual([]);
  expect(ofBoth(fromTheExport)).toEqual(ofBoth(overTheApi));
  expect(credentialReportOf(fromTheExport)).toHaveLength(38);
});

it('the export, saved as a directory, is audited as the account itself is', { timeout: 120_000 }, async () => {
  const { endpoint, credentials, clock, regions } = await runningAccount(demo);
  const directory = mkdtempSync(join(tmpdir(), 'vigil-export-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  for (const [file, text] of await state(endpoint)) writeFileSync(join(directory, file), text);
  const sources = await openSnapshotDirectory(directory, clock);

  const reference = await loadServiceReference();
  const settings = { disabled: new Set<string>(), options: new Map() };
  const audit = async (source: AccountSource | undefined): Promise<AccountAnalysis> =>
    analyzeAccount(await collect(source), { now: clock.now(), reference, settings });
  const saved = await audit(sources.ok ? sources.value[0] : undefined);
  const live = await audit(createAwsSource({ endpointUrl: endpoint, credentials, clock, regions }));
  expect(live.findings.length).toBeGreaterThan(30);
  expect(saved.findings.filter(isOfBoth)).toEqual(live.findings.filter(isOfBoth));
  expect(saved.principals).toEqual(live.principals);
  expect(saved.account.complete && live.account.complete).toBe(true);
});
