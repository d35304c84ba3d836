import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPolicyInterner } from '../policy/policy-interner.ts';
import { assembleSnapshot } from './assemble-snapshot.ts';
import { parseSnapshotFiles, printSnapshotFiles } from './snapshot-directory.ts';
import type { SnapshotDocuments } from './snapshot-documents.ts';
import { arbitraryDocuments } from './testing/arbitrary-documents.ts';
import { at } from './testing/collected-builder.ts';
import { accountDocument, deniedCall, documents, reportCsv, userDetail } from './testing/documents-builder.ts';

const files = (content: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(content).map(([file, value]) => [file, typeof value === 'string' ? value : JSON.stringify(value)]),
  );

const read = (content: ReadonlyMap<string, string>): SnapshotDocuments => {
  const parsed = parseSnapshotFiles(content);
  if (!parsed.ok) throw new Error(parsed.error.map(({ message }) => message).join('\n'));
  return parsed.value;
};

const problems = (content: Readonly<Record<string, unknown>>, reading?: Parameters<typeof parseSnapshotFiles>[1]) => {
  const parsed = parseSnapshotFiles(files(content), reading);
  return parsed.ok ? [] : parsed.error.map(({ message }) => message.split('; ')[0]);
};

const account = accountDocument();

describe('printSnapshotFiles', () => {
  it('prints each document to its file, as indented JSON', () => {
    const printed = printSnapshotFiles(
      documents({ credentialReport: reportCsv(), passwordPolicy: { PasswordPolicy: null } }),
    );
    expect([...printed.keys()]).toEqual([
      'account.json',
      'authorization-details.json',
      'credential-report.csv',
      'password-policy.json',
    ]);
    expect(printed.get('password-policy.json')).toBe('{\n  "PasswordPolicy": null\n}\n');
    expect(printed.get('credential-report.csv')).toBe(reportCsv());
  });

  it('is read back as it was, whatever the account holds, and with the same gaps ever after', () => {
    fc.assert(
      fc.property(arbitraryDocuments, (original) => {
        const once = read(printSnapshotFiles(original));
        expect({ ...once, account: null }).toEqual({ ...original, account: null });
        expect(once.account.alias).toBe(original.account.alias);
        expect(read(printSnapshotFiles(once))).toEqual(once);
      }),
      { numRuns: 200 },
    );
  });

  it('can be assembled without a crash, whatever the account holds', () => {
    fc.assert(
      fc.property(arbitraryDocuments, (original) => {
        const snapshot = assembleSnapshot(original, createPolicyInterner());
        expect(snapshot.ok).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe('parseSnapshotFiles', () => {
  it('has a gap for each file that is absent, unless the collector noted why', () => {
    const denied = deniedCall('access-keys', 'iam:ListAccessKeys');
    const { gaps } = read(files({ 'account.json': { ...account, gaps: [denied] } })).account;
    expect(gaps.filter(({ source }) => source === 'access-keys')).toEqual([denied]);
    expect(gaps.find(({ source }) => source === 'authorization-details')).toEqual({
      source: 'authorization-details',
      action: 'authorization-details.json',
      reason: 'skipped',
      detail: 'authorization-details.json was not given',
      subject: null,
    });
  });

  it('does not believe that a source was read whose file is gone', () => {
    const sources = [{ name: 'access-keys', time: account.collectedAt }];
    expect(read(files({ 'account.json': { ...account, sources } })).account.sources).toEqual([]);
  });

  it('misses the analyzers of Access Analyzer nowhere, and puts the pages of both calls together', () => {
    expect(read(files({ 'account.json': account })).account.gaps.map(({ source }) => source)).not.toContain(
      'access-analyzer',
    );
    const analyzers = [
      { arn: 'arn:aws:access-analyzer:eu-west-1:123456789012:analyzer/a', type: 'ACCOUNT', status: 'ACTIVE' },
    ];
    const saved = (content: unknown) =>
      read(files({ 'account.json': account, 'access-analyzer.json': JSON.stringify(content) }));
    const findings = [{ id: 'f-1', resourceType: 'AWS::IAM::Role', status: 'ACTIVE' }];
    expect(saved([{ analyzers }, { findings }]).accessAnalyzer).toMatchObject({ analyzers, findings });
    expect(saved({ analyzers }).account.sources.map(({ name }) => name)).toContain('access-analyzer');
  });

  it('loses no gap of an account.json that somebody else wrote', () => {
    const gaps = [
      { source: 'IAM users', action: 'ListAccessKeys', reason: 'AccessDenied' },
      { source: 'S3', action: 's3:ListBuckets', reason: 'not collected' },
    ];
    expect(read(files({ 'account.json': { ...account, gaps } })).account.gaps.slice(0, 2)).toMatchObject([
      { source: 'access-keys', action: 'iam:ListAccessKeys', reason: 'denied', subject: null },
      { source: 'other', action: 's3:ListBuckets', reason: 'skipped', detail: 'S3: s3:ListBuckets: not collected' },
    ]);
  });

  it('needs no more of account.json than the documented members', () => {
    const { accountId, collectedAt } = account;
    const gaps = [{ source: 'mfa-devices', action: 'iam:ListMFADevices', reason: 'denied' }];
    const documented = { accountId, collectedAt, gaps, sources: [{ name: 'from-the-future', time: collectedAt }] };
    expect(read(files({ 'account.json': documented })).account).toMatchObject({
      alias: null,
      partition: 'aws',
      sources: [],
      gaps: [{ detail: 'iam:ListMFADevices: denied', subject: null }, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}],
    });
  });

  it('tells every problem of every file, with its place', () => {
    expect(
      problems({
        'account.json': { ...account, collectedAt: 'today' },
        'access-keys.json': { AccessKeyMetadata: [{ UserName: 3, AccessKeyId: 'A', Status: 'On', CreateDate: 'x' }] },
        'mfa-devices.json': '{"MFADevices": [',
        'account-summary.json': '',
        'password-policy.json': '{} {}',
        'credential-report.csv': 'user\n',
      }),
    ).toEqual([
      expect.stringMatching(/^credential-report\.csv at line 1: has no column `arn`/),
      'account-summary.json: is empty',
      'mfa-devices.json at line 1, column 17: is not JSON: it ends too early',
      'password-policy.json: expected object, received array',
      'access-keys.json at /AccessKeyMetadata/0/UserName: expected string, received number',
      'access-keys.json at /AccessKeyMetadata/0/Status: expected one of "Active"|"Inactive"|"Expired"',
      'access-keys.json at /AccessKeyMetadata/0/CreateDate: `x` is not an ISO-8601 time',
      'account.json at /collectedAt: `today` is not an ISO-8601 time',
    ]);
  });

  it('refuses files of different accounts, once an account', () => {
    const foreign = (name: string) => userDetail(name, { Arn: `arn:aws:iam::999988887777:user/${name}` });
    expect(
      problems({
        'account.json': account,
        'authorization-details.json': { UserDetailList: [userDetail('alice'), foreign('bob'), foreign('carol')] },
        'credential-report.csv': reportCsv().replaceAll('123456789012', '111122223333'),
      }),
    ).toEqual([
      'authorization-details.json at /UserDetailList/1/Arn: `arn:aws:iam::999988887777:user/bob` belongs to account 999988887777, but the account is 123456789012',
      'credential-report.csv at the row of `<root_account>`: `arn:aws:iam::111122223333:root` belongs to account 111122223333, but the account is 123456789012',
    ]);
  });

  it('tells the account by the details where account.json is absent, if it is told a time', () => {
    const details = { 'authorization-details.json': { UserDetailList: [userDetail('alice')] } };
    expect(problems(details)).toEqual(['account.json: is missing, so that the account cannot be told']);
    const collectedAt = at('2026-02-02T00:00:00Z');
    expect(parseSnapshotFiles(files(details), { collectedAt })).toMatchObject({
      ok: true,
      value: { account: { accountId: '123456789012', collectedAt } },
    });
    const mixed = [userDetail('alice'), userDetail('bob', { Arn: 'arn:aws:iam::999988887777:user/bob' })];
    expect(problems({ 'authorization-details.json': { UserDetailList: mixed } }, { collectedAt })).toEqual([
      'authorization-details.json: mixes accounts 123456789012, 999988887777',
    ]);
  });

  it('calls files as it is told to', () => {
    const label = (file: string) => `/backups/x/${file}`;
    expect(problems({ 'account.json': '[]' }, { label })[0]).toMatch(/^\/backups\/x\/account\.json: expected object/);
  });
});
