import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { AuditReport } from '../finding/audit-report.ts';
import { parseSuppressionFile } from '../finding/suppression-file.ts';
import { printSnapshotFiles } from '../snapshot/snapshot-directory.ts';
import { at } from '../snapshot/testing/collected-builder.ts';
import { documents, userDetail } from '../snapshot/testing/documents-builder.ts';
import { allow } from '../snapshot/testing/policy-builder.ts';
import type { AuditOptions } from './audit-options.ts';
import { checkIds } from './audit-settings.ts';
import { EXIT } from './exit-codes.ts';
import { runAuditCommand } from './run-audit-command.ts';
import { runSuppressCommand } from './run-suppress-command.ts';
import { runSuppressionsCommand } from './run-suppressions-command.ts';
import type { SuppressOptions } from './suppress-options.ts';
import type { Terminal } from './terminal.ts';

const csvRows = z.array(z.record(z.string(), z.string()));

const NOW = at('2026-01-10T02:00:00Z');
const SEEN: SuppressOptions = {
  reason: 'accepted-risk',
  justification: 'It is the emergency user.',
  owner: 'ann',
  approver: 'bob',
  expires: '2026-02-01',
};

let directory: string;
let account: string;
let file: string;
let config: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-suppress-'));
  [account, file, config] = [join(directory, 'account'), join(directory, 's.yaml'), join(directory, 'vigil.yaml')];
  mkdirSync(account);
  writeFileSync(config, 'owners: { rules: [{ tag: team }, { path: /ops/, owner: operations }] }\n');
  const admin = { UserPolicyList: [{ PolicyName: 'p', PolicyDocument: allow('*') }] };
  const saved = documents({
    details: {
      UserDetailList: [
        userDetail('alice', admin),
        userDetail('bob', { ...admin, Tags: [{ Key: 'team', Value: '=payments' }] }),
      ],
    },
  });
  for (const [name, text] of printSnapshotFiles(saved)) writeFileSync(join(account, name), text);
});

afterEach(() => rmSync(directory, { recursive: true }));

const withTerminal = async (command: (terminal: Terminal) => Promise<number>) => {
  const printed: string[] = [];
  const said: string[] = [];
  const exitCode = await command({
    print: (line) => printed.push(line),
    say: (line) => said.push(line),
    progress: { phase: () => {}, step: () => {} },
    style: (_, text) => text,
  });
  return { exitCode, printed: printed.join('\n'), said: said.join('\n') };
};

const inputs = () => ({ from: account, config, now: NOW });

const audit = async (options: Partial<AuditOptions> = {}) => {
  const out = join(directory, 'out');
  const ran = await withTerminal((terminal) =>
    runAuditCommand({ ...inputs(), out, history: false, ...options }, terminal),
  );
  const read = (name: string): string => readFileSync(join(out, name), 'utf8');
  return { ...ran, out, read, report: () => JSON.parse(read('findings.json')) as AuditReport };
};

const suppress = (key: string, options: Partial<SuppressOptions> = {}) =>
  withTerminal((terminal) => runSuppressCommand(key, { ...inputs(), ...SEEN, file, ...options }, terminal));

const preview = (options: { readonly json?: true } = {}) =>
  withTerminal((terminal) => runSuppressionsCommand({ ...inputs(), preview: file, ...options }, terminal));

const ALICE = 'arn:aws:iam::123456789012:user/alice';

/** The key of the worst finding about alice. */
const keyOfAlice = async (): Promise<string> => {
  const { report } = await audit();
  const found = report().findings.find(({ subject, outcome }) => subject.arn === ALICE && outcome === 'fail');
  if (found === undefined) throw new Error('alice is an administrator');
  return found.key;
};

it('has an example that is in order', () => {
  const text = readFileSync('config/suppressions.example.yaml', 'utf8');
  expect(parseSuppressionFile('example', text, checkIds())).toMatchObject({ ok: true, value: [{}, {}, {}] });
});

describe('vigil suppress', () => {
  it('writes an entry under which the finding is told as suppressed everywhere, and not counted', async () => {
    const key = await keyOfAlice();
    const before = (await audit()).report().findings;
    expect(await suppress(key, { pin: true, ticket: 'SEC-1' })).toMatchObject({ exitCode: EXIT.done, said: '' });
    const ran = await audit({ suppressions: [file] });
    const after = ran.report();
    expect(after.findings).toHaveLength(before.length);
    const finding = after.findings.find((one) => one.key === key);
    expect(finding?.state).toBe('suppressed');
    expect(finding?.suppression).toMatchObject({ file, line: 4, ticket: 'SEC-1', expires: '2026-02-01T00:00:00Z' });
    expect(after.suppressions?.[0]).toMatchObject({ findings: [{ key, verdict: 'suppressed' }], daysLeft: 21 });
    expect(ran.printed).toContain('  1 suppressed, which the counts leave out');
    const rows = csvRows.parse(parse(ran.read('suppressions.csv'), { columns: true }));
    expect(rows).toMatchObject([{ status: 'suppressed', finding_key: key, approver: 'bob', expires: '2026-02-01' }]);
    const counted = (await audit({ suppressions: [file] }))
      .report()
      .findings.filter(({ state }) => state !== 'suppressed');
    expect(counted).toHaveLength(before.length - 1);
  });

  it.each<[string, Partial<SuppressOptions>, RegExp]>([
    ['that has come already', { expires: '2026-01-09' }, /expires: must be later than `created`/],
    ['that is no day', { expires: 'soon' }, /`soon` is no date/],
    [
      'that is too far ahead',
      { expires: '2029-01-01' },
      /too far ahead for a finding of severity \w+; give 20\d\d-\d\d-\d\d/,
    ],
  ])('refuses an expiry %s, and writes nothing', async (_, options, message) => {
    const ran = await suppress(await keyOfAlice(), options);
    expect(ran.exitCode).toBe(EXIT.usage);
    expect(ran.said).toMatch(message);
    expect(readdirSync(directory)).not.toContain('s.yaml');
  });

  it('refuses a finding that there is not, that several keys begin as, or that is suppressed already', async () => {
    expect((await suppress('nope')).said).toContain('no finding has a key that begins with `nope`');
    expect((await suppress('')).said).toMatch(/begins the keys of \d+ findings; give one of /);
    const key = await keyOfAlice();
    await suppress(key);
    const text = readFileSync(file, 'utf8');
    expect((await suppress(key)).said).toContain(`is suppressed already, by ${file}:4`);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('refuses a file that is not in order, and leaves it', async () => {
    writeFileSync(file, 'suppressions:\n  - check: nope\n');
    const ran = await suppress('x');
    expect([ran.exitCode, readFileSync(file, 'utf8')]).toEqual([EXIT.usage, 'suppressions:\n  - check: nope\n']);
    expect(ran.said).toContain(`${file}:2:12: suppressions.0.check: \`nope\` is not a check`);
  });
});

describe('vigil suppressions --preview', () => {
  it('says what the file would hide, and changes nothing', async () => {
    const key = await keyOfAlice();
    await suppress(key);
    const text = readFileSync(file, 'utf8');
    const files = readdirSync(directory);
    const ran = await preview();
    expect(ran.exitCode).toBe(EXIT.done);
    expect(ran.printed).toMatch(
      /:4: [\w-]+ of arn:aws:iam::123456789012:user\/alice, until 2026-02-01\n {2}hides: \w+, /,
    );
    expect(ran.printed).toMatch(/1 of \d+ findings would be suppressed: 1 \w+$/);
    expect(JSON.parse((await preview({ json: true })).printed)).toMatchObject({ suppressed: [key], warnings: [] });
    expect([readFileSync(file, 'utf8'), readdirSync(directory)]).toEqual([text, files]);
  });

  it('says what matches nothing', async () => {
    await suppress(await keyOfAlice());
    writeFileSync(file, readFileSync(file, 'utf8').replace('user/alice', 'user/nobody'));
    expect((await preview()).printed).toContain('matches nothing; take it out if the finding is gone');
  });
});

describe('vigil audit', () => {
  it('refuses suppression files that are not in order, all problems at once, before it reads an account', async () => {
    writeFileSync(file, 'suppressions: 1\n');
    const missing = join(directory, 'absent.yaml');
    const ran = await audit({ from: join(directory, 'nowhere'), suppressions: [file, missing] });
    expect(ran.exitCode).toBe(EXIT.usage);
    expect(ran.said.split('\n')).toHaveLength(2);
    expect(ran.said).toContain(`${file}:1:15: suppressions: must be a list of entries`);
    expect(readdirSync(directory)).not.toContain('out');
  });

  it('does not exit with 1 for what is suppressed, and does again when that has expired', async () => {
    const { report } = await audit();
    const failed = report().findings.filter(({ outcome }) => outcome === 'fail');
    const entries = [...new Set(failed.map(({ checkId }) => checkId))].flatMap((check) =>
      (['principal', 'resource'] as const).map(
        (target) =>
          `  - {check: ${check}, ${target}: "*", glob: true, reason: intended, justification: a, owner: b, approver: c, expires: 2026-01-20}\n`,
      ),
    );
    writeFileSync(file, `suppressions:\n${entries.join('')}`);
    const options = { failOn: 'info', suppressions: [file] } as const;
    expect((await audit({ failOn: 'info' })).exitCode).toBe(EXIT.findings);
    expect((await audit(options)).exitCode).toBe(EXIT.done);
    const later = await audit({ ...options, now: at('2026-01-20') });
    expect(later.exitCode).toBe(EXIT.findings);
    expect(later.printed).toMatch(/expired on 2026-01-20 and leaves \d+ findings? open; `b` answers for it/);
  });

  it('tells a finding as reopened on the night on which its suppression has expired, and remembers it until then', async () => {
    const key = await keyOfAlice();
    await suppress(key);
    const history = join(directory, 'history.sqlite');
    const stateOn = async (now: string) => {
      const { report } = await audit({ history, suppressions: [file], now: at(now) });
      return report().findings.find((finding) => finding.key === key)?.state;
    };
    expect(await stateOn('2026-01-10T02:00:00Z')).toBe('suppressed');
    expect(await stateOn('2026-01-11T02:00:00Z')).toBe('suppressed');
    expect(await stateOn('2026-02-01T02:00:00Z')).toBe('reopened');
    expect(await stateOn('2026-02-02T02:00:00Z')).toBe('open');
  });

  it('tells who answers for each finding, in every format', async () => {
    const { report, read } = await audit();
    const owners = new Map(report().findings.map(({ subject, owner }) => [subject.arn, owner]));
    expect(owners.get('arn:aws:iam::123456789012:user/bob')).toBe('=payments');
    expect(owners.get(ALICE)).toBeNull();
    const rows = csvRows.parse(parse(read('findings.csv'), { columns: true }));
    expect(new Set(rows.map(({ owner }) => owner))).toEqual(new Set(['', "'=payments"]));
  });
});
