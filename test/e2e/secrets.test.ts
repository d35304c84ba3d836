import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loopbackSmtp } from '../../src/alert/testing/loopback-smtp.ts';
import { startEmulator } from '../../src/emulator/emulator-server.ts';
import { toInstant } from '../../src/kernel/time.ts';
import { runVigil } from './run-vigil.ts';
import { type StartedDaemon, startDaemon } from './start-daemon.ts';
import { formsOf, textsBelow, tracesIn } from './traces-of-secrets.ts';

let directory = '';
let daemon: StartedDaemon | undefined;
const closing: (() => unknown)[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-secrets-'));
});
afterEach(async () => {
  daemon?.kill('SIGKILL');
  await daemon?.ended;
  await Promise.all(closing.splice(0).map((close) => close()));
  rmSync(directory, { recursive: true, force: true });
});

/** Secrets with characters that each form of escaping changes, where the secret may have them. */
const SECRETS = {
  slack: 'T0SLACK7/B0SLACK8/zs7Qk2LmYw9pXb',
  webhook: 'hook-path-4Zr8sWq1Tn6v',
  deadWebhook: 'dead-path-7Gm3xKc9Lu2e',
  signature: 'sig<"&\\ü/+ =>5Jd8Rf1',
  pager: 'r0ut1ngk3y9Xc4Vb7Nm2Qa5Ws8Ed1Rf6',
  smtp: 'smtp<"&\\ß/+ =>6Hy3Ju',
  wrongSmtp: 'wrong<"&\\ß/+ =>2Fe9Ki',
  awsSecret: 'wJalr/XUtnFEMI+K7MDENG/bPxRfiCYzz+3Tq8Lp',
  externalId: 'ext-id=,.@:/-5Bn2Mk',
  door: 'door<"&\\é/+ =>8Po1Lw',
} as const;

/** Something that answers everything with what it was asked, which errors may be made from. */
const echoing = async (status: (path: string) => number) => {
  const received: { path: string; body: string }[] = [];
  const server: Server = createServer((request, response) => {
    void textOf(request).then((body) => {
      const path = request.url ?? '';
      received.push({ path, body });
      const echo = `${path} ${JSON.stringify(request.headers)} ${body}`;
      response.writeHead(status(path), { 'content-type': 'text/plain', 'x-echo': encodeURIComponent(path) }).end(echo);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
};

/** A port at which nobody listens now. */
const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

const ACCOUNT = '123456789012';

const startAccount = async (): Promise<string> => {
  const text = `{
    users: [{ userName: ada, attachedPolicies: [AdministratorAccess], password: {} }],
    roles: [{ roleName: vigil, assumeRolePolicyDocument: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: { AWS: "*" }, Action: "sts:AssumeRole" } }, attachedPolicies: [SecurityAudit] }] }`;
  const started = await startEmulator({
    initial: { kind: 'account-file', name: 'account.yaml', text },
    clock: { now: () => toInstant(Date.now()) },
  });
  if (!started.ok) throw new Error(started.error.join('\n'));
  closing.push(() => started.value.close());
  return started.value.endpoint;
};

/** What assuming the role gave: passes every call through and keeps the credentials. */
const keeping = async (endpoint: string) => {
  const given: string[] = [];
  const server = createServer((request, response) => {
    void textOf(request).then(async (body) => {
      const headers = Object.entries(request.headers).flatMap(([name, value]) =>
        typeof value === 'string' && !['host', 'connection', 'content-length'].includes(name) ? [[name, value]] : [],
      );
      const answer = await fetch(`${endpoint}${request.url ?? '/'}`, {
        method: request.method ?? 'GET',
        headers: Object.fromEntries(headers),
        ...(body !== '' && { body }),
      });
      const text = await answer.text();
      for (const [, secret = ''] of text.matchAll(/<(?:SecretAccessKey|SessionToken)>([^<]+)</g)) given.push(secret);
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/xml' }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, given };
};

it('finds secrets in whatever form', () => {
  for (const secret of Object.values(SECRETS)) {
    for (const form of formsOf(secret))
      expect(tracesIn(new Map([['x', `y${form}z`]]), { secret })).toEqual(['secret in x']);
    const basic = Buffer.from(`user:${secret}!`).toString('base64');
    expect(tracesIn(new Map([['x', basic]]), { secret })).toEqual(['secret in x']);
  }
});

it('no secret of the configuration stands in logs, history, reports, alerts or messages, whatever fails', {
  timeout: 180_000,
}, async () => {
  const { endpoint, given } = await keeping(await startAccount());
  const takes = await echoing(() => 200);
  const refuses = await echoing((path) => (path.startsWith('/500') ? 500 : 404));
  const mail = await loopbackSmtp({
    secure: true,
    account: { user: 'vigil', password: SECRETS.smtp },
  });
  closing.push(() => mail.close());
  const signingKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const keyBody = signingKey.split('\n')[1] ?? '';
  const secretFiles = join(directory, 'given');
  writeFileSync(secretFiles, signingKey, { mode: 0o600 });
  const mailTo = (password: string) =>
    `channel: email, host: localhost, port: ${mail.port}, security: tls, user: vigil, password: { env: ${password} }, from: vigil@example.com, to: [ops@example.com]`;
  const every = 'severity: info';
  const config = `
history: { file: h.sqlite }
report: { directory: reports, formats: [html, csv, json, ocsf, sarif, asff, junit, prometheus], evidence: true, signingKey: { file: ${secretFiles} }, destinations: [{ kind: s3, bucket: some-bucket, endpointUrl: "${refuses.url}", region: us-east-1 }] }
aws: { endpointUrl: "${endpoint}", region: us-east-1, roleArn: "arn:aws:iam::${ACCOUNT}:role/vigil", externalId: "${SECRETS.externalId}" }
collect: { lastAccessed: false, resources: false, cacheHours: 0 }
accounts: { list: [{ name: own, endpointUrl: "${endpoint}", roleArn: "arn:aws:iam::${ACCOUNT}:role/vigil", externalId: "${SECRETS.externalId}" }, { name: gone, endpointUrl: "http://127.0.0.1:1", roleArn: "arn:aws:iam::999999999999:role/vigil", externalId: "${SECRETS.externalId}" }] }
daemon: { groups: [{ name: all, cron: '0 3 29 2 *' }] }
http: { port: PORT, token: { env: DOOR } }
alerts:
  timeoutSeconds: 2
  routes:
    - { name: slack, channel: slack, url: { env: SLACK }, ${every} }
    - { name: slack-refuses, channel: slack, url: { env: SLACK_REFUSES }, ${every} }
    - { name: hook, channel: webhook, url: { env: HOOK }, signingKey: { env: SIGNATURE }, ${every} }
    - { name: hook-dead, channel: webhook, url: { env: HOOK_DEAD }, signingKey: { env: SIGNATURE }, ${every} }
    - { name: hook-broken, channel: webhook, url: { env: HOOK_BROKEN }, signingKey: { env: SIGNATURE }, ${every} }
    - { name: pager, channel: pagerduty, routingKey: { env: PAGER }, url: "${takes.url}/enqueue", ${every} }
    - { name: pager-refuses, channel: pagerduty, routingKey: { env: PAGER }, url: "${refuses.url}/enqueue", ${every} }
    - { name: mail, ${mailTo('SMTP')}, ${every} }
    - { name: mail-wrong, ${mailTo('WRONG_SMTP')}, ${every} }
    - { name: topic, channel: sns, topicArn: "arn:aws:sns:us-east-1:${ACCOUNT}:vigil", endpointUrl: "${refuses.url}", ${every} }
    - { name: bus, channel: eventbridge, eventBus: vigil, endpointUrl: "${refuses.url}", region: us-east-1, ${every} }
`;
  const port = await freePort();
  writeFileSync(join(directory, 'vigil.yaml'), config.replace('PORT', String(port)));
  const environment = {
    AWS_ACCESS_KEY_ID: 'AKIAVIGILEMULATEROOT',
    AWS_SECRET_ACCESS_KEY: SECRETS.awsSecret,
    SLACK: `${takes.url}/services/${SECRETS.slack}`,
    SLACK_REFUSES: `${refuses.url}/services/${SECRETS.slack}`,
    HOOK: `${takes.url}/${SECRETS.webhook}`,
    HOOK_DEAD: `http://127.0.0.1:${await freePort()}/${SECRETS.deadWebhook}`,
    HOOK_BROKEN: `${refuses.url}/500/${SECRETS.webhook}`,
    SIGNATURE: SECRETS.signature,
    PAGER: SECRETS.pager,
    SMTP: SECRETS.smtp,
    WRONG_SMTP: SECRETS.wrongSmtp,
    DOOR: SECRETS.door,
    // The mail server's certificate is nobody's.
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
  };
  const said = new Map<string, string>();
  const vigil = async (...args: string[]) => {
    const ran = await runVigil(args, directory, environment);
    said.set(`what vigil ${args.join(' ')} says`, `${ran.stdout}\n${ran.stderr}`);
    return ran;
  };

  daemon = startDaemon(directory, [], environment);
  await daemon.said('group scheduled');
  expect(await vigil('run-now')).toMatchObject({ exitCode: 5 });
  for (const path of ['/metrics', '/reports/', '/healthz']) {
    const authorization = `Basic ${Buffer.from(`anybody:${SECRETS.door}`).toString('base64')}`;
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization } });
    expect(answer.status).toBe(200);
    said.set(`the door at ${path}`, `${await answer.text()} ${JSON.stringify([...answer.headers])}`);
  }
  await vigil('status');
  await vigil('status', '--json');
  daemon.kill('SIGHUP');
  await daemon.said('configuration reloaded');
  daemon.kill('SIGTERM');
  await daemon.ended;
  said.set('the log of the daemon', JSON.stringify(daemon.log));

  expect(await vigil('audit', '--alert')).toMatchObject({ exitCode: 5 });
  for (const route of ['slack-refuses', 'hook-dead', 'mail-wrong']) await vigil('alert', '--test', route);
  for (const question of [
    ['runs', '--json'],
    ['findings', '--json'],
    ['who-can', 'iam:CreateUser'],
    ['collect', '--out', 'snapshot'],
  ])
    await vigil(...question);
  // An account that cannot be read at all, and secrets where they do not belong.
  await vigil('audit', '--alert', '--endpoint-url', 'http://127.0.0.1:1');
  const written = config.replace('{ env: SLACK }', `"https://hooks.example.com/services/${SECRETS.slack}"`);
  writeFileSync(join(directory, 'written.yaml'), written.replace('PORT', String(port)));
  expect(await vigil('audit', '--config', 'written.yaml')).toMatchObject({ exitCode: 2 });

  const alerts = takes.received.map(
    ({ path, body }, index) => [`alert ${index} to ${path.slice(0, 9)}`, body] as const,
  );
  expect(mail.received.length).toBeGreaterThan(0);
  for (const [index, { raw }] of mail.received.entries()) said.set(`mail ${index}`, raw);
  const isGiven = (file: string) => file === secretFiles || /\/(vigil|written)\.yaml$/.test(file);
  const files = textsBelow(directory, isGiven);
  expect(
    [...files.keys()].filter((file) => / documents$|evidence.zip \S+$| alerts$/.test(file)).length,
  ).toBeGreaterThan(3);
  expect(given.length).toBeGreaterThan(1);
  const secrets = {
    ...SECRETS,
    signingKey: keyBody,
    ...Object.fromEntries(given.map((secret, index) => [`credentials of the role ${index}`, secret])),
  };
  expect(tracesIn(new Map([...said, ...files]), secrets)).toEqual([]);
  // The routing key is part of what PagerDuty is told, and of nothing else.
  const { pager: _, ...others } = secrets;
  expect(tracesIn(new Map(alerts), others)).toEqual([]);
  const elsewhere = alerts.filter(([name]) => !name.endsWith('/enqueue'));
  expect(elsewhere.length).toBeGreaterThan(1);
  expect(tracesIn(new Map(elsewhere), secrets)).toEqual([]);
});
