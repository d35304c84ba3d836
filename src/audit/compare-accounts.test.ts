import { describe, expect, it } from 'vitest';
import { createPolicyInterner } from '../policy/policy-interner.ts';
import type { PreviousSnapshot } from '../ports/history-store.ts';
import { loadServiceReference } from '../reference/service-reference.ts';
import { assembleSnapshot } from '../snapshot/assemble-snapshot.ts';
import { printSnapshotFiles } from '../snapshot/snapshot-directory.ts';
import type { SnapshotDocuments } from '../snapshot/snapshot-documents.ts';
import { at } from '../snapshot/testing/collected-builder.ts';
import { accountDocument } from '../snapshot/testing/documents-builder.ts';
import { compareAccounts, compareRemembered } from './compare-accounts.ts';
import type { AuditOutcome } from './run-audit.ts';

const ACCOUNT = '123456789012';
const NIGHT = at('2026-02-02T02:30:00Z');

const documentsOf = (...users: string[]): SnapshotDocuments => ({
  account: accountDocument({ sources: [{ name: 'authorization-details', time: '2026-02-01T02:30:00Z' }] }),
  authorizationDetails: {
    UserDetailList: users.map((name) => ({
      Path: '/',
      UserName: name,
      UserId: `AIDA${name.toUpperCase()}`,
      Arn: `arn:aws:iam::${ACCOUNT}:user/${name}`,
      CreateDate: '2025-01-01T00:00:00Z',
    })),
    GroupDetailList: [],
    RoleDetailList: [],
    Policies: [],
  },
});

const outcomeOf = (documents: SnapshotDocuments): AuditOutcome => {
  const snapshot = assembleSnapshot(documents, createPolicyInterner());
  if (!snapshot.ok) throw new Error(snapshot.error[0]?.message);
  return {
    report: {
      schemaVersion: '1.0',
      run: {
        id: 'tonight',
        startedAt: NIGHT,
        finishedAt: NIGHT,
        vigilVersion: '0',
        referenceDate: '2026-01-01',
        baselineRunId: null,
      },
      accounts: [],
      principals: [],
      findings: [],
    },
    snapshots: [snapshot.value],
    documents: [documents],
    judged: [],
    controls: [],
    diagnostics: ['a check broke'],
    apiCalls: new Map(),
    throttledCalls: new Map(),
    activity: new Map(),
    selection: null,
    judgedAt: null,
  };
};

const compared = (files: PreviousSnapshot['files'] | null, ...tonight: string[]) =>
  compareAccounts(
    outcomeOf(documentsOf(...tonight)),
    {
      previous: async (accountId, before) => {
        expect([accountId, before]).toEqual([ACCOUNT, NIGHT]);
        return files && { runId: 'last night', files };
      },
    },
    loadServiceReference,
  );

describe('an audit beside the one before', () => {
  it('says nothing of changes on the first night', async () => {
    const { report, diagnostics } = await compared(null, 'alice');
    expect([report.changes, report.comparisons, diagnostics]).toEqual([undefined, undefined, ['a check broke']]);
  });

  it('says that nothing changed where nothing did, by the files of the history', async () => {
    const { report } = await compared(printSnapshotFiles(documentsOf('alice')), 'alice');
    expect(report.changes).toEqual([]);
    expect(report.comparisons).toMatchObject([{ accountId: ACCOUNT, runId: 'last night' }]);
  });

  it('says what changed', async () => {
    const { report } = await compared(printSnapshotFiles(documentsOf('alice')), 'bob');
    expect(report.changes?.map(({ kind, subject }) => [kind, subject.id])).toEqual([
      ['created', 'AIDABOB'],
      ['deleted', 'AIDAALICE'],
    ]);
  });

  it.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['another format', { 'account.json': '{"version": 9}' }],
    ['half a file', { 'account.json': '{"accountId": "1234' }],
  ])('goes on where the history has %s of it, and says so', async (_, files) => {
    const { report, diagnostics } = await compared(new Map(Object.entries(files)), 'alice');
    expect(report.changes).toBeUndefined();
    expect(diagnostics).toEqual([
      'a check broke',
      expect.stringMatching(
        /^account 123456789012: what changed since audit last night is not known: its snapshot cannot be read: account\.json/,
      ),
    ]);
  });
});

it('compares two remembered snapshots, and says where one cannot be read', async () => {
  const reference = await loadServiceReference();
  const files = printSnapshotFiles(documentsOf('alice'));
  const found = compareRemembered(files, printSnapshotFiles(documentsOf()), reference);
  expect(found.ok && found.value.changes.map(({ kind }) => kind)).toEqual(['deleted']);
  expect(compareRemembered(files, new Map(), reference)).toMatchObject({ ok: false });
});
