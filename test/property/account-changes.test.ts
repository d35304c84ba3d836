import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountChanges } from '../../src/analyze/account-changes.ts';
import type { AccountChange } from '../../src/finding/account-change.ts';
import { createPolicyInterner } from '../../src/policy/policy-interner.ts';
import { loadServiceReference } from '../../src/reference/service-reference.ts';
import type { AccountSnapshot } from '../../src/snapshot/account-snapshot.ts';
import { assembleSnapshot } from '../../src/snapshot/assemble-snapshot.ts';
import { parseSnapshotFiles, printSnapshotFiles } from '../../src/snapshot/snapshot-directory.ts';
import type { SnapshotDocuments } from '../../src/snapshot/snapshot-documents.ts';
import { arbitraryDocuments } from '../../src/snapshot/testing/arbitrary-documents.ts';
import { at, TEST_TIME } from '../../src/snapshot/testing/collected-builder.ts';

const numRuns = Math.min(Number(process.env['VIGIL_PROPERTY_RUNS'] ?? 300), 20_000);
const seed = Number(process.env['VIGIL_PROPERTY_SEED'] ?? 20_261_122);
const tools = { reference: await loadServiceReference(), now: at(TEST_TIME) };

const assembled = (documents: SnapshotDocuments): AccountSnapshot | null => {
  const snapshot = assembleSnapshot(documents, createPolicyInterner());
  return snapshot.ok ? snapshot.value : null;
};

/** Documents of two nights that have some files in common. */
const nights = fc
  .tuple(
    arbitraryDocuments,
    arbitraryDocuments,
    fc.subarray(['authorizationDetails', 'organization', 'resources'] as const),
  )
  .map(([before, other, same]): readonly [SnapshotDocuments, SnapshotDocuments] => [
    before,
    { ...other, ...Object.fromEntries(same.map((member) => [member, before[member]])) },
  ]);

/** A change as it is seen from the other night, with what of it does not tell the nights apart. */
const mirrored = ({ kind, subject, before, after, permissions }: AccountChange): string =>
  JSON.stringify([
    kind === 'created' ? 'deleted' : kind === 'deleted' ? 'created' : kind,
    [subject.type, subject.id, subject.part],
    [after, before],
    permissions && [permissions.lost, permissions.gained],
  ]);
const plain = ({ kind, subject, before, after, permissions }: AccountChange): string =>
  JSON.stringify([
    kind,
    [subject.type, subject.id, subject.part],
    [before, after],
    permissions && [permissions.gained, permissions.lost],
  ]);

test('nothing changes between an account and itself, also as the history gives it back', () => {
  const check = fc.property(arbitraryDocuments, (documents) => {
    const account = assembled(documents);
    const files = parseSnapshotFiles(printSnapshotFiles(documents));
    const again = files.ok ? assembled(files.value) : null;
    if (account === null) return;
    expect(accountChanges(account, account, tools).changes).toEqual([]);
    if (again !== null) expect(accountChanges(again, account, tools).changes).toEqual([]);
  });
  fc.assert(check, { numRuns, seed });
});

test('what changed one way changed the other way round', () => {
  const check = fc.property(nights, ([one, other]) => {
    const [before, after] = [assembled(one), assembled(other)];
    if (before === null || after === null) return;
    const there = accountChanges(before, after, tools);
    const back = accountChanges(after, before, tools);
    expect(back.changes.map(mirrored).sort()).toEqual(there.changes.map(plain).sort());
    expect(back.notCompared.map(({ part }) => part)).toEqual(there.notCompared.map(({ part }) => part));
  });
  fc.assert(check, { numRuns, seed });
});
