import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { loopbackHttp } from '../../src/alert/testing/loopback-http.ts';
import { loopbackSmtp } from '../../src/alert/testing/loopback-smtp.ts';
import { readMail } from '../../src/alert/testing/mime-parts.ts';
import { HOSTILE } from '../../src/alert-content/testing/alert-builder.ts';
import { deliverWaiting } from '../../src/cli/deliver-alerts.ts';
import type { NightOrder } from '../../src/cli/night-order.ts';
import { performAccountJob } from '../../src/cli/perform-account-job.ts';
import { giveUpNight, performNightReport } from '../../src/cli/perform-night-report.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { noProgress } from '../../src/collect/testing/collect-from.ts';
import { loadConfig } from '../../src/config/config.ts';
import { toInstant } from '../../src/kernel/time.ts';
import type { HistoryStore } from '../../src/ports/history-store.ts';
import { useEngine } from '../../src/store/testing/engines.ts';
import { at, opened } from '../../src/store/testing/history-example.ts';
import { HUB, ODD, workedOrganization } from './organization-of-workers.ts';

vi.mock('../../src/collect/aws/system-timer.ts', async () => {
  const { fakeTimer } = await import('../../src/collect/testing/collect-from.ts');
  return { systemTimer: fakeTimer() };
});

const engine = useEngine('SQLite');
const terminal: Terminal = { print: () => {}, say: () => {}, progress: noProgress, style: (_, text) => text };

let directory = '';
let place = '';
let endpoint = '';
let history: HistoryStore;
let server: Awaited<ReturnType<typeof loopbackSmtp>>;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-night-mail-'));
  vi.stubEnv('AWS_ACCESS_KEY_ID', HUB.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', HUB.secretAccessKey);
  vi.stubEnv('AWS_SESSION_TOKEN', undefined);
  vi.stubEnv('AWS_PROFILE', undefined);
  ({ endpoint } = await workedOrganization(7));
  place = await engine.newPlace();
  history = await opened(place);
  server = await loopbackSmtp();
});
afterEach(async () => {
  await server.close();
  await history.close();
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

/** What a night of the organization is done by, with mail routes that each have their own mailbox. */
const orderOf = (nightId: string, routes: Readonly<Record<string, object>>): NightOrder => {
  const mail = { channel: 'email', host: '127.0.0.1', port: server.port, security: 'none', from: 'vigil@example.com' };
  const config = loadConfig(
    {
      name: 'vigil.yaml',
      text: JSON.stringify({
        aws: { endpointUrl: endpoint, region: 'us-east-1' },
        accounts: { organization: { roleName: 'vigil-audit', externalId: HUB.externalId } },
        collect: { regions: ['us-east-1'], resources: false, lastAccessed: false, attribution: false },
        queue: { enabled: true },
        report: { directory: join(directory, 'reports'), formats: ['html', 'csv', 'json'] },
        alerts: {
          reportUrl: 'https://vigil.example.com/reports',
          routes: Object.entries(routes).map(([name, route]) => ({
            name,
            ...('channel' in route ? {} : { to: [`${name}@example.com`], ...mail }),
            ...route,
          })),
        },
      }),
    },
    {},
  );
  if (!config.ok) throw new Error(config.error.join('\n'));
  return { nightId, options: {}, config: config.value, history: { place, password: null } };
};

/** Has a night pass in this process: some accounts are audited, the others given up. */
const night = async (
  {
    id,
    audited,
    failed = [],
    name = null,
  }: {
    readonly id: string;
    readonly audited: readonly string[];
    readonly failed?: readonly string[];
    readonly name?: string | null;
  },
  routes: Readonly<Record<string, object>>,
): Promise<NightOrder> => {
  const order = await audits({ id, audited, failed, name }, routes);
  for (const key of failed) {
    const reason = `role \`arn:aws:iam::${key}:role/vigil-audit\` cannot be assumed`;
    await history.nights.settle(id, key, { kind: 'failed', reason });
  }
  expect(await performNightReport(order, terminal)).toMatchObject({ kind: 'done' });
  return order;
};

/** What comes before the end of a night. */
const audits = async (
  { id, audited, failed, name }: Required<Parameters<typeof night>[0]>,
  routes: Readonly<Record<string, object>>,
): Promise<NightOrder> => {
  const order = orderOf(id, routes);
  const keys = [...audited, ...failed];
  await history.nights.begin({
    id,
    group: 'nightly',
    startedAt: at(`${id.slice(0, 4)}-${id.slice(4, 6)}-${id.slice(6, 8)}T02:30:00Z`),
    deadline: at('2999-01-01T00:00:00Z'),
    accounts: keys.map((key) => {
      const memberRole = `arn:aws:iam::${key}:role/vigil-audit`;
      return {
        key,
        accountId: key,
        name: name === null ? null : `${key} ${name}`,
        group: null,
        memberRole,
        isListed: false,
      };
    }),
    unread: [],
  });
  for (const key of audited) {
    expect(await performAccountJob({ ...order, key }, { terminal, mayWrite: async () => true })).toMatchObject({
      kind: 'done',
    });
  }
  return order;
};

/** The mails of a mailbox: the attachments by name, the words in one line. */
const mailsTo = (name: string) =>
  server.received.filter(({ to }) => to.includes(`${name}@example.com`)).map(({ raw }) => readMail(raw));

const FIRST = '20260301T023000Z-nightly';
const SECOND = '20260302T023000Z-nightly';
const [A, B] = [ODD.walking, ODD.walkedInto];
const written = (run: string, file: string): Buffer => readFileSync(join(directory, 'reports', run, file));

it('a night tells of first audits in one mail, which has the report about all accounts and not those of each, and refers to it', async () => {
  await night(
    { id: FIRST, audited: [A, B] },
    { lead: { attach: ['html', 'organization-paths.csv', 'findings.csv'] }, table: { attach: ['csv'] }, others: {} },
  );
  const [mail, ...more] = mailsTo('lead');
  expect(more).toEqual([]);
  expect(mail?.text).toMatch(/^2 accounts: first audit\.\r\n\r\nThese are the first audits of 2 accounts\./);
  expect([...(mail?.files ?? [])].map(([name, content]) => [name, content.toString('base64')])).toEqual(
    ['organization.html', 'organization-paths.csv'].map((file) => [
      `vigil-${FIRST}-${file}`,
      written(FIRST, file).toString('base64'),
    ]),
  );
  expect(mail?.text).toContain(`Not attached: findings.csv of run ${FIRST}: this run made none.`);
  expect(mail?.text).toContain(`Report: https://vigil.example.com/reports/${FIRST}/organization.html`);
  expect(mail?.text).toContain(`/reports/accounts/${A}/${FIRST}-${A}/report.html#f-`);
  expect([...(mailsTo('table')[0]?.files.keys() ?? [])]).toEqual(
    ['accounts', 'controls', 'paths', 'columns'].map((table) => `vigil-${FIRST}-organization-${table}.csv`),
  );
  expect(mailsTo('others').map(({ files }) => files.size)).toEqual([0]);
});

it('the first mail of a night has its report, and one about a single account those of that account', async () => {
  await night({ id: FIRST, audited: [A], failed: [ODD.denied] }, { lead: { attach: ['html'] } });
  expect(mailsTo('lead').map(({ files, text }) => [text.split('\r\n')[0], ...files.keys()])).toEqual([
    [`Account ${ODD.denied}: missing from the audit.`, `vigil-${FIRST}-organization.html`],
    [`Account ${A}: first audit.`, `vigil-${FIRST}-${A}-report.html`],
  ]);
});

it('a digest has the report of the latest night, and says what was changed since it was written', async () => {
  const routes = {
    lead: { attach: ['html'], digest: 'daily 08:00' },
    table: { attach: ['organization.json'], digest: 'daily 08:00' },
  };
  await night({ id: FIRST, audited: [A, B] }, routes);
  const { config } = await night({ id: SECOND, audited: [], failed: [A, B] }, routes);
  expect(server.received).toEqual([]);
  writeFileSync(join(directory, 'reports', SECOND, 'organization.json'), '{}');
  const tomorrow = toInstant(Date.now() + 25 * 3_600_000);
  await deliverWaiting({ place, password: null }, config, { clock: { now: () => tomorrow }, terminal });
  const [lead, table] = [mailsTo('lead'), mailsTo('table')];
  expect(lead.map(({ files }) => [...files.keys()])).toEqual([[`vigil-${SECOND}-organization.html`]]);
  expect(lead[0]?.text).toContain(`Report: https://vigil.example.com/reports/${SECOND}/organization.html`);
  expect(lead[0]?.text).toContain('Not attached: the reports of 1 earlier run of the same accounts.');
  expect(table.map(({ files }) => files.size)).toEqual([0]);
  expect(table[0]?.text).toContain(
    `Not attached: organization.json of run ${SECOND}: it was changed after it was written.`,
  );
});

it('hundreds of accounts that are missing are one message a route and night, and so are those that are back', async () => {
  const chat = await loopbackHttp([{ status: 200, body: 'ok' }]);
  vi.stubEnv('TEST_URL', chat.url);
  vi.stubEnv('TEST_KEY', 'key');
  const url = { env: 'TEST_URL' };
  const routes = {
    lead: { attach: ['html'] },
    other: { accounts: [ODD.denied] },
    chat: { channel: 'slack', url },
    hook: { channel: 'webhook', url, signingKey: { env: 'TEST_KEY' } },
  };
  const others = Array.from({ length: 300 }, (_, index) => String(200_000_000_000 + index));
  const order = await night({ id: FIRST, audited: [], failed: [A, B, ...others], name: HOSTILE }, routes);
  // One that is made again tells nothing.
  expect(await performNightReport(order, terminal)).toMatchObject({ kind: 'done' });
  const [mail, ...more] = mailsTo('lead');
  expect([more, mailsTo('other')]).toEqual([[], []]);
  expect(mail?.text).toMatch(/^302 accounts: missing from the audit\.\r\n\r\n302 accounts \(100000000005 <!channel>/);
  expect(mail?.text).toContain(
    'and 298 more) could not be audited; no audit is known that read any of them: role arn:aws:iam::ACCOUNT:role/vigil-audit cannot be assumed.',
  );
  expect(mail?.text).not.toMatch(/^(Bcc|body)/m);
  expect(mail?.text).toContain(`Report: https://vigil.example.com/reports/${FIRST}/organization.html`);
  expect([...(mail?.files.keys() ?? [])]).toEqual([`vigil-${FIRST}-organization.html`]);
  const bodies = chat.received.splice(0).map(({ body }) => body);
  expect(bodies).toHaveLength(2);
  const [slack = '', json = ''] = bodies.toSorted(
    (a, b) => Number(a.includes('vigil.alert')) - Number(b.includes('vigil.alert')),
  );
  expect(slack).toContain('Vigil: 302 accounts: missing from the audit');
  expect(JSON.parse(slack).blocks[1].text.text).not.toMatch(/<|@(here|channel|everyone)|https:\/\//);
  expect(JSON.parse(json)).toMatchObject({ account: null, accountIds: [A, B, ...others], findings: [] });

  await night({ id: SECOND, audited: [A, B], failed: [...others, ODD.denied], name: HOSTILE }, routes);
  const [, changed, first, ...rest] = mailsTo('lead');
  expect(rest).toEqual([]);
  expect(changed?.text).toMatch(/^3 accounts: missing from the audit; back in the audit\./);
  expect(changed?.text).toContain(
    `__proto__ could not be audited: role arn:aws:iam::${ODD.denied}:role/vigil-audit cannot`,
  );
  expect(first?.text).toMatch(/^2 accounts: first audit\./);
  expect(mailsTo('other').map(({ text }) => text.split('\r\n')[0])).toEqual([
    expect.stringMatching(new RegExp(`\\(${ODD.denied}\\): missing from the audit\\.$`)),
  ]);
  await chat.close();
});

it('first audits whose night is given up are one message', async () => {
  const routes = { lead: { attach: ['html'] } };
  const { config } = await audits({ id: FIRST, audited: [A, B], failed: [], name: null }, routes);
  expect(server.received).toEqual([]);
  await giveUpNight(history.nights, FIRST, 'its worker was lost');
  const now = toInstant(Date.now());
  await deliverWaiting({ place, password: null }, config, { clock: { now: () => now }, terminal });
  expect(mailsTo('lead').map(({ text }) => text.split('\r\n')[0])).toEqual(['2 accounts: first audit.']);
});
