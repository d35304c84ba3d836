import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loopbackSmtp } from '../alert/testing/loopback-smtp.ts';
import { readMail } from '../alert/testing/mime-parts.ts';
import { HOSTILE } from '../alert-content/testing/alert-builder.ts';
import { type Config, loadConfig } from '../config/config.ts';
import { printSnapshotFiles } from '../snapshot/snapshot-directory.ts';
import { at } from '../snapshot/testing/collected-builder.ts';
import { documents, roleDetail } from '../snapshot/testing/documents-builder.ts';
import { allow } from '../snapshot/testing/policy-builder.ts';
import { deliverWaiting } from './deliver-alerts.ts';
import { performAudit } from './perform-audit.ts';
import type { Terminal } from './terminal.ts';

let directory = '';
let server: Awaited<ReturnType<typeof loopbackSmtp>>;
const said: string[] = [];
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-mail-'));
  said.length = 0;
  server = await loopbackSmtp();
});
afterEach(async () => {
  await server.close();
  rmSync(directory, { recursive: true });
});

const terminal: Terminal = {
  print: () => {},
  say: (line) => void said.push(line),
  progress: { phase: () => {}, step: () => {} },
  style: (_, text) => text,
};

const saveRoles = (names: readonly string[]): void => {
  const RoleDetailList = names.map((name) =>
    roleDetail(name, { RolePolicyList: [{ PolicyName: 'all', PolicyDocument: allow('*') }] }),
  );
  const saved = documents({ details: { RoleDetailList } });
  const named = { ...saved, account: { ...saved.account, alias: HOSTILE } };
  for (const [file, text] of printSnapshotFiles(named)) writeFileSync(join(directory, file), text);
};

/** A configuration with mail routes, each to its own mailbox. */
const configOf = (routes: Readonly<Record<string, object>>): Config => {
  const config = {
    report: { directory: join(directory, 'reports'), formats: ['html', 'csv', 'json'] },
    alerts: {
      routes: Object.entries(routes).map(([name, route]) => ({
        name,
        channel: 'email',
        host: '127.0.0.1',
        port: server.port,
        security: 'none',
        from: 'vigil@example.com',
        to: [`${name}@example.com`],
        ...route,
      })),
    },
  };
  const read = loadConfig({ name: 'vigil.yaml', text: JSON.stringify(config) }, {});
  if (!read.ok) throw new Error(read.error.join('\n'));
  return read.value;
};

const history = (): string => join(directory, 'h.sqlite');

const auditAt = async (now: string, config: Config): Promise<void> => {
  const done = await performAudit({ from: directory, now: at(now), alert: true, history: history() }, config, terminal);
  if (!done.ok) throw new Error(done.error.messages.join('\n'));
};

const deliverAt = (now: string, config: Config) =>
  deliverWaiting({ place: history(), password: null }, config, { clock: { now: () => at(now) }, terminal });

/** The mails of a mailbox since the last time: the attachments by name, and the words. */
const mailsTo = (name: string) =>
  server.received.filter(({ to }) => to.includes(`${name}@example.com`)).map(({ raw }) => readMail(raw));

const FIRST = '2026-03-01T02:30:00Z';
const SECOND = '2026-03-02T02:30:00Z';
const written = (run: string, file: string): Buffer => readFileSync(join(directory, 'reports', run, file));

it('a mail has the reports of its night as they lie in their directory, each route those that it asked for', async () => {
  saveRoles(['almighty']);
  const config = configOf({
    lead: { attach: ['html', 'findings.csv'] },
    auditor: { attach: ['csv'], attachLimitMegabytes: 20 },
    others: {},
  });
  await auditAt(FIRST, config);
  expect(said.filter((line) => !line.includes(': sent'))).toEqual([]);
  const [lead] = mailsTo('lead');
  expect([...(lead?.files.keys() ?? [])]).toEqual([
    'vigil-20260301T023000Z-report.html',
    'vigil-20260301T023000Z-findings.csv',
  ]);
  for (const [name, content] of [...(lead?.files ?? []), ...(mailsTo('auditor')[0]?.files ?? [])])
    expect(content.equals(written('20260301T023000Z', name.slice('vigil-20260301T023000Z-'.length))), name).toBe(true);
  const tables = readdirSync(join(directory, 'reports', '20260301T023000Z')).filter((name) => name.endsWith('.csv'));
  expect(mailsTo('auditor')[0]?.files.size).toBe(tables.length);
  expect(mailsTo('others')[0]?.files.size).toBe(0);
  expect(mailsTo('others')[0]?.text).not.toContain('ttached');
  for (const { raw } of server.received) expect(raw).not.toContain(directory);
});

it('a digest has the reports of its latest night', async () => {
  const config = configOf({ weekly: { attach: ['json'], digest: 'weekly MON 08:00' } });
  saveRoles(['almighty']);
  await auditAt(FIRST, config);
  saveRoles(['almighty', 'added']);
  await auditAt(SECOND, config);
  expect(server.received).toEqual([]);
  await deliverAt('2026-03-02T08:00:00Z', config);
  const [digest] = mailsTo('weekly');
  // A Sunday's and a Monday's night.
  expect([...(digest?.files.keys() ?? [])]).toEqual(['vigil-20260302T023000Z-findings.json']);
  expect(digest?.text).toContain('Not attached: the reports of 1 earlier run of the same accounts.');
});

it('a mail is sent without reports that a killed run never wrote, and says so; until then others wait for them', async () => {
  const config = configOf({ lead: { attach: ['html'] } });
  saveRoles(['almighty']);
  const reports = join(directory, 'reports');
  // The audit is remembered, and its reports cannot be written: a file is in the way.
  writeFileSync(reports, '');
  await expect(auditAt(FIRST, config)).rejects.toThrow('cannot write the report');
  expect(await deliverAt('2026-03-01T02:31:00Z', config)).toMatchObject({ sent: 0, failed: [] });
  expect(server.received).toEqual([]);
  expect(await deliverAt('2026-03-01T02:45:00Z', config)).toMatchObject({ sent: 1, nextAt: null });
  const [mail] = mailsTo('lead');
  expect(mail?.files.size).toBe(0);
  expect(mail?.text).toContain(
    'Not attached: the reports of run 20260301T023000Z: they were not written, or are there no more.',
  );
});

it('a mail that waited tells of a report that went meanwhile', async () => {
  const config = configOf({ lead: { attach: ['html'], quietHours: { from: '02:00', to: '07:00' } } });
  saveRoles(['almighty']);
  await auditAt(FIRST, config);
  renameSync(
    join(directory, 'reports', '20260301T023000Z', 'report.html'),
    join(directory, 'reports', '20260301T023000Z', 'other.html'),
  );
  await deliverAt('2026-03-01T07:00:00Z', config);
  expect(mailsTo('lead')[0]?.text).toContain('Not attached: report.html of run 20260301T023000Z: it is there no more.');
});

it('a mail of an audit that nobody remembers has the reports too', async () => {
  const config = configOf({ lead: { attach: ['json'] } });
  saveRoles(['almighty']);
  const options = { from: directory, now: at(FIRST), alert: true, history: false } as const;
  await performAudit(options, config, terminal);
  expect(mailsTo('lead')[0]?.files.get('vigil-20260301T023000Z-findings.json')).toEqual(
    written('20260301T023000Z', 'findings.json'),
  );
});
