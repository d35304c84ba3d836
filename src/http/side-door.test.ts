import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../kernel/secret.ts';
import { openSideDoor } from './side-door.ts';

const RUN = '20270101T023000Z';
const TOKEN = 'a-token:with-a-colon';

let directory = '';
let close: () => Promise<void> = async () => {};
let port = 0;
let isReady = true;

const open = async (token: string | null): Promise<void> => {
  const door = await openSideDoor(
    { host: '127.0.0.1', port: 0, token: token === null ? null : new Secret(token) },
    {
      isReady: () => isReady,
      metrics: async () => ({ text: 'vigil_build_info 1\n', contentType: 'text/plain; version=0.0.4' }),
      reports: () => join(directory, 'reports'),
    },
  );
  if (!door.ok) throw new Error(door.error);
  ({ close, port } = door.value);
};

beforeEach(() => {
  isReady = true;
  directory = mkdtempSync(join(tmpdir(), 'vigil-door-'));
  const run = join(directory, 'reports', RUN);
  mkdirSync(run, { recursive: true });
  writeFileSync(join(directory, 'secret.txt'), 'hush');
  writeFileSync(join(run, 'report.html'), '<!doctype html>report');
  writeFileSync(join(run, 'findings.csv'), 'a,b\n');
  writeFileSync(join(run, 'notes.txt'), 'hush');
  symlinkSync(join(directory, 'secret.txt'), join(run, 'findings.json'));
  mkdirSync(join(run, 'coverage.csv'));
  mkdirSync(join(directory, 'elsewhere'));
  writeFileSync(join(directory, 'elsewhere', 'report.html'), 'hush');
  symlinkSync(join(directory, 'elsewhere'), join(directory, 'reports', '20270102T023000Z'));
});
afterEach(async () => {
  await close();
  rmSync(directory, { recursive: true });
});

/** Sends a request whose path goes out as it is written. */
const ask = (
  path: string,
  { method = 'GET', headers = {} }: { readonly method?: string; readonly headers?: Record<string, string> } = {},
): Promise<{ status: number; headers: Record<string, unknown>; body: string }> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      text(response).then(
        (body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        reject,
      );
    })
      .on('error', reject)
      .end();
  });

describe('health', () => {
  it('is told to everybody, with or without a token', async () => {
    await open(TOKEN);
    expect(await ask('/healthz')).toMatchObject({ status: 200 });
    expect(await ask('/readyz')).toMatchObject({ status: 200 });
  });
  it('is not ready before the daemon has started nor while it ends', async () => {
    await open(null);
    isReady = false;
    expect(await ask('/healthz')).toMatchObject({ status: 200 });
    expect(await ask('/readyz')).toMatchObject({ status: 503 });
  });
});

describe('reports', () => {
  it('are listed with the files that Vigil writes, and those alone', async () => {
    await open(null);
    const { status, body, headers } = await ask('/reports/');
    expect(status).toBe(200);
    expect(body).toContain(`<a href="${RUN}/report.html">`);
    expect(body).not.toContain('notes.txt');
    expect(headers).toMatchObject({ 'content-security-policy': expect.stringContaining("default-src 'none'") });
  });

  it('are shown with the headers that keep a browser from harm', async () => {
    await open(null);
    expect(await ask(`/reports/${RUN}/report.html`)).toMatchObject({
      status: 200,
      body: '<!doctype html>report',
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        'content-security-policy': expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
      },
    });
  });

  it('have a page of each of several accounts, which the first one leads to', async () => {
    const page = 'account-123456789012.html';
    writeFileSync(join(directory, 'reports', RUN, page), 'of one account');
    writeFileSync(join(directory, 'reports', RUN, 'changes.csv'), 'a\n');
    await open(null);
    expect(await ask(`/reports/${RUN}/${page}`)).toMatchObject({ status: 200, body: 'of one account' });
    const { body } = await ask('/reports/');
    expect(body).toContain(`<a href="${RUN}/changes.csv">`);
    expect(body).toContain(`<a href="${RUN}/${page}">`);
    expect((await ask(`/reports/${RUN}/account-1.html`)).status).toBe(404);
  });

  it('are of an organization and of each of its accounts', async () => {
    const night = '20270103T023000Z-nightly';
    const below = `accounts/123456789012/${night}-123456789012`;
    for (const place of [night, below]) mkdirSync(join(directory, 'reports', place), { recursive: true });
    writeFileSync(join(directory, 'reports', night, 'organization.html'), 'of all accounts');
    writeFileSync(join(directory, 'reports', below, 'report.html'), 'of one');
    symlinkSync(join(directory, 'elsewhere'), join(directory, 'reports', 'accounts', 'linked'));
    await open(null);
    expect((await ask('/reports/')).body).toContain(`<a href="${night}/organization.html">`);
    expect(await ask(`/reports/${night}/organization.html`)).toMatchObject({ status: 200, body: 'of all accounts' });
    expect(await ask(`/reports/${below}/report.html`)).toMatchObject({ status: 200, body: 'of one' });
    for (const path of [
      `accounts/../accounts/123456789012/${night}-123456789012/report.html`,
      `accounts/linked/${night}/report.html`,
      `other/123456789012/${night}-123456789012/report.html`,
      `accounts/123456789012/report.html`,
    ])
      expect((await ask(`/reports/${path}`)).status, path).toBe(404);
  });

  it('are saved, not shown, where they are CSV', async () => {
    await open(null);
    expect(await ask(`/reports/${RUN}/findings.csv?x=1`)).toMatchObject({
      status: 200,
      body: 'a,b\n',
      headers: { 'content-disposition': `attachment; filename="${RUN}-findings.csv"`, 'content-length': '4' },
    });
  });

  it('answer a HEAD without a body', async () => {
    await open(null);
    expect(await ask(`/reports/${RUN}/report.html`, { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });

  it.each([
    ['a file that Vigil did not write', `/reports/${RUN}/notes.txt`],
    ['a link to another file', `/reports/${RUN}/findings.json`],
    ['a link to another directory', '/reports/20270102T023000Z/report.html'],
    ['a directory of the name of a file', `/reports/${RUN}/coverage.csv`],
    ['a way up', '/reports/../secret.txt'],
    ['a way up within', `/reports/${RUN}/../../secret.txt`],
    ['an encoded way up', `/reports/${RUN}/..%2f..%2fsecret.txt`],
    ['an encoded way up as the run', '/reports/..%2f../secret.txt'],
    ['a way with a zero byte', `/reports/${RUN}/report.html%00.csv`],
    ['a way with a backslash', '/reports\\..\\secret.txt'],
    ['a run that is none', '/reports/latest/report.html'],
    ['a run there is not', '/reports/20260101T000000Z/report.html'],
    ['the history', '/history.sqlite'],
    ['another host by the path', 'http://evil.example/reports/'],
  ])('are not served by %s', async (_, path) => {
    await open(null);
    const { status, body } = await ask(path);
    expect(status).toBe(404);
    expect(body).not.toContain('hush');
  });
});

describe('who may ask', () => {
  it('is nobody for anything but reading', async () => {
    await open(null);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      expect(await ask('/metrics', { method })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });

  it.each([
    ['localhost', 200],
    ['LOCALHOST:9464', 200],
    ['127.0.0.1:1', 200],
    ['[::1]:9464', 200],
    ['vigil.attacker.example', 403],
    ['localhost.attacker.example', 403],
    ['127.0.0.1.attacker.example:9464', 403],
  ])('without a token, is who asks for host `%s`: %i', async (host, status) => {
    await open(null);
    for (const path of ['/metrics', '/reports/', `/reports/${RUN}/report.html`])
      expect((await ask(path, { headers: { host } })).status).toBe(status);
  });

  it.each([
    ['the bearer', `Bearer ${TOKEN}`, 200],
    ['the bearer in another case', `bearer ${TOKEN}`, 200],
    ['the password of any user', `Basic ${Buffer.from(`me:${TOKEN}`).toString('base64')}`, 200],
    ['nobody', '', 401],
    ['a bearer of another', 'Bearer a-token', 401],
    ['a bearer of nothing', 'Bearer ', 401],
    ['a user without a password', `Basic ${Buffer.from('me').toString('base64')}`, 401],
    ['the token without a scheme', TOKEN, 401],
    ['no Base64', 'Basic \u00e4\u00f6', 401],
  ])('with a token, is %s', async (_, authorization, status) => {
    await open(TOKEN);
    const headers = { authorization: Buffer.from(authorization).toString('latin1'), host: 'vigil.example.com' };
    const answer = await ask('/metrics', { headers });
    expect(answer.status).toBe(status);
    expect(answer.body).toBe(status === 200 ? 'vigil_build_info 1\n' : 'a token is needed\n');
  });
});

it('says in one line why it cannot listen', async () => {
  await open(null);
  const other = await openSideDoor(
    { host: '127.0.0.1', port, token: null },
    { isReady: () => true, metrics: async () => ({ text: '', contentType: '' }), reports: () => directory },
  );
  expect(other).toEqual({
    ok: false,
    error: expect.stringMatching(/^http: cannot listen at `127.0.0.1` port \d+: .*EADDRINUSE/),
  });
});
