import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createAwsSource } from '../../src/collect/aws-source.ts';
import { createPolicyInterner } from '../../src/policy/policy-interner.ts';
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

const exported = async (endpoint: string): Promise<SnapshotDocuments> => {
  const files = (await (await fetch(`${endpoint}/_vigil/state`)).json()) as Record<string, unknown>;
  const texts = Object.entries(files).map(
    ([file, content]) => [file, typeof content === 'string' ? content : JSON.stringify(content)] as const,
  );
  const parsed = parseSnapshotFiles(new Map(texts));
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

it('the export of the emulated account is what collecting it over the API gives', async () => {
  const { endpoint, credentials, clock } = await runningAccount(demo);
  const collected = await createAwsSource({ endpointUrl: endpoint, credentials, clock }).collect({
    phase: () => {},
    step: () => {},
  });
  if (!collected.ok) throw new Error(collected.error.message);
  const overTheApi = snapshotOf(collected.value.documents);
  const fromTheExport = snapshotOf(await exported(endpoint));
  expect(overTheApi.gaps).toEqual([]);
  expect(withoutSources(fromTheExport)).toEqual(withoutSources(overTheApi));
  expect(credentialReportOf(fromTheExport)).toHaveLength(32);
});
