import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountSource } from '../ports/account-source.ts';
import { printSnapshotFiles } from '../snapshot/snapshot-directory.ts';
import { at } from '../snapshot/testing/collected-builder.ts';
import { documents, reportCsv, userDetail } from '../snapshot/testing/documents-builder.ts';
import { openAuthorizationDetails, openSnapshotDirectory, withFurtherFiles } from './files-source.ts';

const clock = { now: () => at('2026-03-03T03:03:03Z') };
const progress = { phase: () => {}, step: () => {} };

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-files-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const write = (file: string, content: string | Uint8Array): string => {
  const path = join(directory, file);
  writeFileSync(path, content);
  return path;
};

const writeSnapshot = (name: string, accountId: string): string => {
  const path = join(directory, name);
  mkdirSync(path, { recursive: true });
  for (const [file, text] of printSnapshotFiles({ account: documents({ account: { accountId } }).account })) {
    writeFileSync(join(path, file), text);
  }
  return path;
};

const collected = async (
  sources: Promise<{ ok: true; value: readonly AccountSource[] } | { ok: false; error: unknown }>,
) => {
  const opened = await sources;
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return Promise.all(opened.value.map((source) => source.collect(progress)));
};

const firstProblem = async (path: string, credentialReport?: string): Promise<string> => {
  const opened = await openAuthorizationDetails({ authorizationDetails: [path], credentialReport }, clock);
  return opened.ok ? 'no problem' : opened.error.message.replaceAll(directory, '…');
};

const DETAILS = JSON.stringify({ UserDetailList: [userDetail('alice')] });

describe('openSnapshotDirectory', () => {
  it('reads a snapshot directory', async () => {
    const path = writeSnapshot('prod', '123456789012');
    writeFileSync(join(path, 'authorization-details.json'), `\uFEFF${DETAILS}`);
    expect(await collected(openSnapshotDirectory(path, clock))).toMatchObject([
      {
        ok: true,
        value: {
          documents: {
            account: { collectedAt: '2026-01-01T00:00:00Z' },
            authorizationDetails: { UserDetailList: [{}] },
          },
          apiCalls: new Map(),
        },
      },
    ]);
  });

  it('reads the snapshot directories below a directory, by name, and leaves the rest alone', async () => {
    writeSnapshot('b', '222222222222');
    writeSnapshot('a', '111111111111');
    mkdirSync(join(directory, 'notes'));
    write('readme.txt', 'x');
    symlinkSync(join(directory, 'nowhere'), join(directory, 'c'));
    const accounts = await collected(openSnapshotDirectory(directory, clock));
    expect(accounts.map((account) => account.ok && account.value.documents.account.accountId)).toEqual([
      '111111111111',
      '222222222222',
    ]);
  });

  it('takes a directory without account.json for one that is collected now', async () => {
    write('authorization-details.json', DETAILS);
    expect(await collected(openSnapshotDirectory(directory, clock))).toMatchObject([
      { value: { documents: { account: { accountId: '123456789012', collectedAt: '2026-03-03T03:03:03Z' } } } },
    ]);
  });

  it('says which file is broken, and how many problems more there are', async () => {
    const path = writeSnapshot('prod', '123456789012');
    writeFileSync(join(path, 'access-keys.json'), '{');
    mkdirSync(join(path, 'mfa-devices.json'));
    const message = async () => {
      const [account] = await collected(openSnapshotDirectory(path, clock));
      return account?.ok === false ? `${account.error.kind}: ${account.error.message}` : 'no problem';
    };
    expect(await message()).toBe(`input: ${join(path, 'mfa-devices.json')}: is a directory, not a file`);
    rmSync(join(path, 'mfa-devices.json'), { recursive: true });
    expect(await message()).toBe(
      `input: ${join(path, 'access-keys.json')} at line 1, column 2: is not JSON: it ends too early; collect it anew: vigil collect --out DIR`,
    );
    writeFileSync(join(path, 'password-policy.json'), '');
    expect(await message()).toMatch(/\(and 1 more\)$/);
  });

  it.each([
    ['absent', ': does not exist; check the path'],
    [
      '.',
      ': holds no snapshot: there is no account.json in it, nor in a directory below; make one: vigil collect --out DIR',
    ],
    ['file', ': is a file, not a directory; give saved authorization details with --authorization-details'],
  ])('refuses %s', async (name, what) => {
    write('file', 'x');
    const path = join(directory, name);
    expect(await openSnapshotDirectory(path, clock)).toEqual({
      ok: false,
      error: { kind: 'input', message: `${path}${what}` },
    });
  });
});

describe('openAuthorizationDetails', () => {
  it('reads saved authorization details, with a credential report, as collected now', async () => {
    const path = write('gaad.json', Buffer.from(`\uFEFF${DETAILS}`, 'utf16le'));
    const report = write('report.csv', reportCsv());
    expect(
      await collected(openAuthorizationDetails({ authorizationDetails: [path], credentialReport: report }, clock)),
    ).toMatchObject([
      {
        value: {
          documents: {
            account: { accountId: '123456789012', collectedAt: '2026-03-03T03:03:03Z' },
            credentialReport: reportCsv(),
          },
        },
      },
    ]);
  });

  it('gives one line for each kind of bad input', async () => {
    expect(await firstProblem(join(directory, 'absent.json'))).toBe('…/absent.json: does not exist; check the path');
    expect(await firstProblem(directory)).toBe('…: is a directory, not a file');
    expect(await firstProblem('/dev/zero')).toBe('/dev/zero: is a device, not a file');
    expect(await firstProblem(write('empty', ''))).toMatch(/^…\/empty: is empty; save them anew: aws iam /);
    expect(await firstProblem(write('a.gz', Uint8Array.from([0x1f, 0x8b, 8])))).toBe(
      '…/a.gz: is packed (gzip); unpack it first',
    );
    expect(await firstProblem(write('page.json', '{"Users": []}'))).toMatch(/^…\/page\.json: is no page of/);
    const details = write('gaad.json', DETAILS);
    expect(await firstProblem(details, write('r.csv', 'user,arn\n'))).toMatch(/^…\/r\.csv at line 1: has no column/);
    expect(await firstProblem(details, details)).toMatch(/^…\/gaad\.json: is JSON, but not the answer of/);
  });

  it('reads a pipe, as the shell makes it for a command', async () => {
    const pipe = join(directory, 'pipe');
    execFileSync('sh', ['-c', 'mkfifo "$0"', pipe]);
    const reading = collected(openAuthorizationDetails({ authorizationDetails: [pipe] }, clock));
    await writeFile(pipe, DETAILS);
    expect(await reading).toMatchObject([{ ok: true }]);
  });
});

describe('withFurtherFiles', () => {
  const ORGANIZATION = { organizationId: 'o-1', managementAccountId: '111111111111', path: [] };
  const organization = (content: unknown) => ({
    file: 'organization.json',
    path: write('org.json', JSON.stringify(content)),
  });
  const opened = async (...names: readonly string[]) => {
    const authorizationDetails = names.map((name, index) =>
      write(`${name}.json`, JSON.stringify({ UserDetailList: [userDetail(name, { Arn: arnOf(index) })] })),
    );
    const sources = await openAuthorizationDetails({ authorizationDetails }, clock);
    return sources.ok ? sources.value : [];
  };
  const arnOf = (index: number) => `arn:aws:iam::${String(index).repeat(12)}:user/somebody`;

  it('reads them as if they had been collected with the account', async () => {
    const [account] = await collected(withFurtherFiles(await opened('alice'), [organization(ORGANIZATION)]));
    if (account?.ok !== true) throw new Error('not read');
    const { documents: read } = account.value;
    expect(read.organization).toMatchObject(ORGANIZATION);
    expect(read.account.sources).toContainEqual({ name: 'organization', time: clock.now() });
    expect(read.account.gaps.filter(({ source }) => source === 'organization')).toEqual([]);
  });

  it.each([
    ['a broken file', ['alice'], { organizationId: 3 }, /org\.json at \/organizationId: /],
    ['several accounts', ['alice', 'bob'], ORGANIZATION, /org\.json: is about one account, but 2 are given/],
  ])('refuses %s', async (_, names, content, message) => {
    const sources = await withFurtherFiles(await opened(...names), [organization(content)]);
    expect(sources).toMatchObject({ ok: false, error: { kind: 'input', message: expect.stringMatching(message) } });
  });
});
