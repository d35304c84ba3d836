import { generateKeyPairSync } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { factsOf, sha256Of } from '../evidence/file-facts.ts';
import { type Manifest, parseManifest } from '../evidence/manifest.ts';
import { bucketServer } from '../publish/testing/bucket-server.ts';
import { printSnapshotFiles } from '../snapshot/snapshot-directory.ts';
import { at } from '../snapshot/testing/collected-builder.ts';
import { documents, roleDetail, userDetail } from '../snapshot/testing/documents-builder.ts';
import { allow } from '../snapshot/testing/policy-builder.ts';
import type { AuditOptions } from './audit-options.ts';
import { EXIT } from './exit-codes.ts';
import { runAuditCommand } from './run-audit-command.ts';
import { runVerifyCommand } from './run-verify-command.ts';
import type { Terminal } from './terminal.ts';
import type { VerifyOptions } from './verify-options.ts';

const NIGHTS = ['20260110T020000Z', '20260111T020000Z', '20260112T020000Z'] as const;
const CLOCK = ['2026-01-10T02:00:00Z', '2026-01-11T02:00:00Z', '2026-01-12T02:00:00Z'] as const;

let made: string;
let work: string;
let reports: string;
const pem = (name: 'key' | 'other'): string => join(made, `${name}.pem`);
const night = (index: 0 | 1 | 2): string => join(reports, NIGHTS[index]);

const withTerminal = async (command: (terminal: Terminal) => Promise<number>) => {
  const printed: string[] = [];
  const said: string[] = [];
  const exitCode = await command({
    print: (line) => printed.push(line),
    say: (line) => said.push(line),
    progress: { phase: () => {}, step: () => {} },
    style: (_, text) => text,
  });
  return { exitCode, wrong: printed.filter((line) => line.startsWith('WRONG')), printed: printed.join('\n'), said };
};

const saveAccount = (users: readonly string[]): void => {
  const admin = { UserPolicyList: [{ PolicyName: 'p', PolicyDocument: allow('*') }] };
  const saved = documents({
    details: {
      UserDetailList: users.map((name) => userDetail(name, { ...admin, Tags: [{ Key: 'team', Value: '=1+1 "ü\n"' }] })),
      RoleDetailList: [roleDetail('idle')],
    },
  });
  mkdirSync(join(made, 'account'), { recursive: true });
  for (const [name, text] of printSnapshotFiles(saved)) writeFileSync(join(made, 'account', name), text);
};

const configure = (name: string, report: object): string => {
  const file = join(made, name);
  const config = {
    report: { directory: join(made, 'reports'), formats: ['html', 'csv', 'json', 'sarif', 'ocsf'], ...report },
    owners: { rules: [{ tag: 'team' }] },
    checks: { options: { 'user-access-key-not-rotated': { maxAgeDays: 30 } } },
    accounts: { list: [{ name: 'x', roleArn: 'arn:aws:iam::111122223333:role/a', externalId: 'do-not-tell' }] },
  };
  writeFileSync(file, JSON.stringify(config));
  return file;
};

const audit = (index: 0 | 1 | 2, config: string, more: Partial<AuditOptions> = {}) =>
  withTerminal((terminal) =>
    runAuditCommand(
      {
        from: join(made, 'account'),
        config,
        now: at(CLOCK[index]),
        history: join(made, 'h.sqlite'),
        suppressions: [join(made, 's.yaml')],
        ...more,
      },
      terminal,
    ),
  );

const verify = (place: string, options: VerifyOptions = {}) =>
  withTerminal((terminal) => runVerifyCommand(place, options, terminal));

const manifestOf = (directory: string): Manifest => {
  const manifest = parseManifest(readFileSync(join(directory, 'manifest.json'), 'utf8'));
  if (!manifest.ok) throw new Error(manifest.error);
  return manifest.value;
};

beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), 'vigil-verify-'));
  for (const name of ['key', 'other'] as const) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    writeFileSync(pem(name), publicKey.export({ format: 'pem', type: 'spki' }));
    writeFileSync(join(made, name), privateKey.export({ format: 'pem', type: 'pkcs8' }));
  }
  writeFileSync(
    join(made, 's.yaml'),
    `suppressions:\n  - check: inline-policy-grants-everything\n    principal: arn:aws:iam::123456789012:user/bob\n    reason: accepted-risk\n    justification: It is the emergency user.\n    owner: ann\n    approver: bob\n    expires: 2026-01-20\n`,
  );
  const config = configure('vigil.yaml', { evidence: true, signingKey: { file: join(made, 'key') } });
  for (const [index, users] of [['alice', 'bob'], ['alice', 'bob', 'carol'], ['bob']].entries()) {
    saveAccount(users);
    const ran = await audit(index as 0 | 1 | 2, config);
    if (ran.exitCode !== EXIT.done) throw new Error(ran.said.join('\n'));
  }
}, 60_000);

afterAll(() => rmSync(made, { recursive: true }));

beforeEach(() => {
  work = mkdtempSync(join(made, 'copy-'));
  reports = join(work, 'reports');
  cpSync(join(made, 'reports'), reports, { recursive: true });
});

describe('nights as they were written', () => {
  it.each([0, 1, 2] as const)(
    'are all right, and made again they are the same byte for byte: night %i',
    async (index) => {
      for (const place of [night(index), join(night(index), 'evidence.zip')]) {
        const ran = await verify(place, { publicKey: pem('key'), chain: reports, render: true });
        expect(ran).toMatchObject({ exitCode: EXIT.done, wrong: [], said: [] });
        expect(ran.printed).toContain('Signed by the key given');
        expect(ran.printed).toContain('made again, the same byte for byte');
        expect(ran.printed).toContain('Chain of 3 nights');
      }
    },
  );

  it('are made again with the templates and words that they had, wherever these have gone', async () => {
    const templates = join(work, 'templates');
    mkdirSync(templates);
    writeFileSync(join(templates, 'actor.hbs'), 'somebody');
    mkdirSync(join(templates, 'style'));
    writeFileSync(join(templates, 'style', 'print.css'), '.mine {}');
    const texts = join(work, 'texts.yaml');
    writeFileSync(texts, 'inline-policy-grants-everything: { title: "Everything, inline" }\n');
    const directory = join(work, 'own');
    await audit(1, configure('own.yaml', { directory, evidence: true, templates, texts }), { history: false });
    rmSync(templates, { recursive: true });
    rmSync(texts);
    expect(readFileSync(join(directory, NIGHTS[1], 'report.html'), 'utf8')).toContain('.mine {}');
    expect(await verify(join(directory, NIGHTS[1]), { render: true })).toMatchObject({
      exitCode: EXIT.done,
      wrong: [],
    });
  });

  it('are their owner’s alone', () => {
    for (const name of ['manifest.json', 'manifest.sig', 'manifest.pub', 'evidence.zip'])
      expect(statSync(join(night(0), name)).mode & 0o777).toBe(0o600);
  });

  it('are described: accounts, findings, files, what they were judged by, and no secret', () => {
    const manifest = manifestOf(night(1));
    expect(manifest).toMatchObject({
      tool: { name: 'iam-vigil' },
      run: { id: NIGHTS[1], judgedAt: CLOCK[1], baselineRunId: NIGHTS[0] },
      accounts: [{ accountId: '123456789012', caller: null }],
      suppressionFiles: [{ name: join(made, 's.yaml'), sha256: sha256Of(readFileSync(join(made, 's.yaml'))) }],
      previous: { runId: NIGHTS[0], sha256: sha256Of(readFileSync(join(night(0), 'manifest.json'))) },
    });
    const findings: { findings: { severity: string; outcome: string; state: string }[] } = JSON.parse(
      readFileSync(join(night(1), 'findings.json'), 'utf8'),
    );
    const fresh = findings.findings.filter(
      ({ severity, outcome, state }) => severity === 'critical' && outcome === 'fail' && state === 'new',
    );
    expect(manifest.accounts[0]?.findings.critical?.new ?? 0).toBe(fresh.length);
    const rows = new Map(manifest.files.map(({ path, rows: count }) => [path, count]));
    expect(rows.get('findings.json')).toBe(findings.findings.length);
    expect(rows.get('findings.csv')).toBe(findings.findings.length);
    const own = manifest.rules.checks.find(({ checkId }) => checkId === 'user-access-key-not-rotated');
    expect(own?.options).toMatchObject({ maxAgeDays: 30 });
    const text = JSON.stringify(manifest);
    expect(text).not.toContain('do-not-tell');
    expect(text).not.toContain('PRIVATE');
  });
});

describe('what is not as it was', () => {
  const flip = (file: string, position: number): void => {
    const bytes = readFileSync(file);
    bytes[position] = (bytes[position] ?? 0) ^ 1;
    writeFileSync(file, bytes);
  };

  it('is noticed where one byte of any file of the directory is another', async () => {
    for (const { path, bytes } of manifestOf(night(1)).files) {
      const file = join(night(1), path);
      flip(file, Math.floor(bytes / 2));
      const ran = await verify(night(1), { publicKey: pem('key') });
      expect(ran).toMatchObject({
        exitCode: EXIT.findings,
        wrong: [`WRONG  ${path}: is changed: its SHA-256 is another`],
      });
      flip(file, Math.floor(bytes / 2));
    }
  });

  it('is noticed where a file is missing, and where one is there that was not', async () => {
    rmSync(join(night(1), 'findings.csv'));
    writeFileSync(join(night(1), 'notes.txt'), 'mine');
    expect((await verify(night(1))).wrong).toEqual([
      'WRONG  findings.csv: is missing',
      'WRONG  "notes.txt": is not of this night',
    ]);
  });

  it('is noticed where the ZIP is gone, or that of another night', async () => {
    copyFileSync(join(night(2), 'evidence.zip'), join(night(1), 'evidence.zip'));
    expect((await verify(night(1))).wrong).toEqual([
      'WRONG  evidence.zip: manifest.json: is another than the one beside the ZIP',
    ]);
    rmSync(join(night(1), 'evidence.zip'));
    expect((await verify(night(1))).wrong).toEqual(['WRONG  evidence.zip: is missing']);
  });

  it('is noticed where a night was removed, or its manifest changed', async () => {
    rmSync(night(1), { recursive: true });
    expect((await verify(night(2), { chain: reports })).wrong).toEqual([
      `WRONG  ${NIGHTS[1]}: is missing: ${NIGHTS[2]} followed it`,
    ]);
    const manifest = join(night(0), 'manifest.json');
    cpSync(join(made, 'reports', NIGHTS[1]), night(1), { recursive: true });
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"critical"', '"low"'));
    expect((await verify(night(2), { chain: reports })).wrong).toEqual([
      `WRONG  ${NIGHTS[0]}: its manifest was changed after ${NIGHTS[1]} followed it`,
    ]);
    expect((await verify(night(0), { chain: reports })).wrong).toContain(
      'WRONG  manifest.sig: is not the signature of this manifest',
    );
  });

  it('is noticed where the signature is missing, damaged, another key’s or of another night', async () => {
    const missing = 'WRONG  manifest.sig: is missing: the manifest is not signed';
    const byAnother = 'WRONG  manifest.sig: is not the signature of this manifest by the key given';
    expect((await verify(night(1), { publicKey: pem('other') })).wrong).toContain(byAnother);
    copyFileSync(join(night(0), 'manifest.sig'), join(night(1), 'manifest.sig'));
    expect((await verify(night(1), { publicKey: pem('key') })).wrong).toContain(byAnother);
    writeFileSync(join(night(1), 'manifest.sig'), 'nonsense');
    expect((await verify(night(1), { publicKey: pem('key') })).wrong).toContain(byAnother);
    rmSync(join(night(1), 'manifest.sig'));
    expect((await verify(night(1))).wrong).toContain(missing);
  });

  it('is noticed by the key given where all was written anew and signed by another', async () => {
    const config = configure('other.yaml', {
      directory: reports,
      evidence: true,
      signingKey: { file: join(made, 'other') },
    });
    renameSync(night(2), join(work, 'gone'));
    await audit(2, config, { history: false });
    expect((await verify(night(2))).exitCode).toBe(EXIT.done);
    expect((await verify(night(2), { publicKey: pem('key') })).exitCode).toBe(EXIT.findings);
  });
});

describe('what cannot be looked at', () => {
  it.each([
    ['nowhere', 'is missing'],
    ['reports', 'manifest.json: is missing'],
  ])('is said: %s', async (place, reason) => {
    const ran = await verify(join(work, place));
    expect(ran.exitCode).not.toBe(EXIT.done);
    expect([...ran.said, ...ran.wrong].join('\n')).toContain(reason);
  });

  it('is said of a key that is none, of a private key too', async () => {
    for (const file of [join(made, 's.yaml'), join(made, 'key')]) {
      const ran = await verify(night(1), { publicKey: file });
      expect(ran.exitCode).toBe(EXIT.usage);
      expect(ran.said.join('')).toContain('holds no public Ed25519 key');
    }
  });

  it('is said where nothing was kept to make the reports from', async () => {
    const config = configure('plain.yaml', { directory: join(work, 'plain') });
    await audit(0, config, { history: false });
    const ran = await verify(join(work, 'plain', NIGHTS[0]), { render: true });
    expect(ran.exitCode).toBe(EXIT.usage);
    expect(ran.said.join('')).toContain('nothing was kept to make the reports from');
  });

  it('is said of a signing key that is none, before anything is read', async () => {
    const config = configure('nokey.yaml', {
      directory: join(work, 'none'),
      signingKey: { file: join(made, 's.yaml') },
    });
    const ran = await audit(0, config);
    expect(ran.exitCode).toBe(EXIT.usage);
    expect(ran.said.join('')).toContain('report.signingKey: what');
    expect(ran.said.join('')).not.toContain('emergency');
  });
});

describe('a destination', () => {
  const destination = (endpointUrl: string) => ({
    directory: join(work, 'sent'),
    destinations: [{ kind: 's3', bucket: 'evidence', prefix: 'vigil', region: 'eu-west-1', endpointUrl }],
  });

  beforeEach(() => {
    process.env['AWS_ACCESS_KEY_ID'] = 'AKIAIOSFODNN7EXAMPLE';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'nothing';
    return () => {
      delete process.env['AWS_ACCESS_KEY_ID'];
      delete process.env['AWS_SECRET_ACCESS_KEY'];
    };
  });

  it('gets all files of the night, the manifest last', async () => {
    const server = await bucketServer();
    const ran = await audit(0, configure('sent.yaml', destination(server.url)), { history: false });
    await server.close();
    expect(ran).toMatchObject({ exitCode: EXIT.done, said: [] });
    const paths = server.received.map(({ path }) => path);
    expect(paths.at(-1)).toBe('/evidence/vigil/index.html');
    const names = paths.slice(0, -1).map((path) => path.replace(`/evidence/vigil/2026/01/10/${NIGHTS[0]}/`, ''));
    expect(names.at(-1)).toBe('manifest.json');
    const files = manifestOf(join(work, 'sent', NIGHTS[0])).files.map(({ path }) => path);
    expect(names.slice(0, -1).sort()).toEqual(files.sort());
    for (const name of names)
      expect(server.objects.get(`/evidence/vigil/2026/01/10/${NIGHTS[0]}/${name}`)?.body).toEqual(
        readFileSync(join(work, 'sent', NIGHTS[0], name)),
      );
  });

  it('gets the signature, the key and the ZIP too, and what `--out` puts elsewhere', async () => {
    const server = await bucketServer();
    const report = { ...destination(server.url), evidence: true, signingKey: { file: join(made, 'key') } };
    const out = join(work, 'elsewhere');
    const ran = await audit(0, configure('sent.yaml', report), { history: false, out });
    await server.close();
    expect(ran).toMatchObject({ exitCode: EXIT.done, said: [] });
    const names = server.received.map(({ path }) => path.replace(`/evidence/vigil/2026/01/10/${NIGHTS[0]}/`, ''));
    expect(names.slice(-4)).toEqual(['evidence.zip', 'manifest.sig', 'manifest.pub', 'manifest.json']);
  });

  it('that takes nothing is said and exits with 5; the reports are there', async () => {
    const server = await bucketServer(() => 403);
    const ran = await audit(0, configure('sent.yaml', destination(server.url)), { history: false });
    await server.close();
    expect(ran.exitCode).toBe(EXIT.notAlerted);
    expect(ran.said.join('')).toContain('vigil: report not delivered: s3://evidence/vigil/2026/01/10/');
    expect((await verify(join(work, 'sent', NIGHTS[0]))).exitCode).toBe(EXIT.done);
  });
});

it('rows of a table are counted as a reader of CSV counts them', () => {
  expect(factsOf('a.csv', '', null).rows).toBe(0);
  expect(factsOf('a.csv', 'a,b\r\n', null).rows).toBe(0);
  expect(factsOf('a.csv', 'a,b\r\n1,"x\r\ny ""z"" \n"\r\n2,3', null).rows).toBe(2);
});
