import { connect } from 'node:net';
import { GetUserCommand } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator/emulator-server.ts';
import type { Instant } from '../../src/kernel/time.ts';
import { runningAccount } from './running-account.ts';

const signedFor = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=AKIAANYBODYS22222222/20260131/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', authorization: signedFor('iam') };

const listUsers = 'Action=ListUsers&Version=2010-05-08';

describe('a request to the emulated account', () => {
  it.each<
    [string, { method?: string; query?: string; headers?: Record<string, string>; body?: string }, number, string]
  >([
    ['an empty body', { headers: form, body: '' }, 400, 'MissingAction'],
    ['an unknown action', { headers: form, body: 'Action=Dance&Version=2010-05-08' }, 400, 'InvalidAction'],
    [
      'an action that is called as an object member',
      { headers: form, body: 'Action=__proto__&Version=2010-05-08' },
      400,
      'InvalidAction',
    ],
    [
      'an action of another service',
      { headers: form, body: 'Action=GetCallerIdentity&Version=2011-06-15' },
      400,
      'InvalidAction',
    ],
    [
      'an action that IAM does not have',
      { headers: form, body: 'Action=CreateNothing&Version=2010-05-08&UserName=a' },
      400,
      'InvalidAction',
    ],
    ['no version', { headers: form, body: 'Action=ListUsers' }, 400, 'InvalidAction'],
    ['another version', { headers: form, body: 'Action=ListUsers&Version=1999-01-01' }, 400, 'InvalidAction'],
    [
      'another service in the scope',
      { headers: { ...form, authorization: signedFor('ec2') }, body: listUsers },
      400,
      'InvalidAction',
    ],
    [
      'no signature',
      { headers: { 'content-type': form['content-type'] }, body: listUsers },
      403,
      'MissingAuthenticationToken',
    ],
    [
      'a signature of another kind',
      { headers: { ...form, authorization: 'Bearer token' }, body: listUsers },
      403,
      'MissingAuthenticationToken',
    ],
    [
      'half a credential',
      { headers: { ...form, authorization: 'AWS4-HMAC-SHA256 Credential=AKIA/x' }, body: listUsers },
      403,
      'MissingAuthenticationToken',
    ],
    [
      'a body of JSON',
      { headers: { ...form, 'content-type': 'application/json' }, body: '{"Action":"ListUsers"}' },
      400,
      'MissingAction',
    ],
    ['bad percent-encoding', { headers: form, body: `${listUsers}&PathPrefix=%zz` }, 400, 'MalformedQueryString'],
    ['bytes that are no UTF-8', { headers: form, body: `${listUsers}&PathPrefix=%c3%28` }, 400, 'MalformedQueryString'],
    [
      'nesting without end',
      { headers: form, body: `${listUsers}&${'a.'.repeat(10_000)}=1` },
      400,
      'MalformedQueryString',
    ],
    [
      'very many parameters',
      { headers: form, body: `${listUsers}&${'a=1&'.repeat(100_000)}` },
      400,
      'MalformedQueryString',
    ],
    [
      'a body that is too large',
      { headers: form, body: `${listUsers}&x=${'x'.repeat(2_000_000)}` },
      413,
      'RequestEntityTooLarge',
    ],
    ['text for a number', { headers: form, body: `${listUsers}&MaxItems=many` }, 400, 'MalformedInput'],
    ['a list in place of text', { headers: form, body: `${listUsers}&PathPrefix.member.1=/` }, 400, 'ValidationError'],
    ['another method', { method: 'PUT', headers: form, body: listUsers }, 405, 'MethodNotAllowed'],
    ['a deletion', { method: 'DELETE', headers: form }, 405, 'MethodNotAllowed'],
    ['no action in the query', { method: 'GET', headers: form }, 400, 'MissingAction'],
  ])('with %s is answered with an AWS error', async (_what, { query = '', method = 'POST', ...init }, status, code) => {
    const { endpoint } = await runningAccount('{}');
    const response = await fetch(`${endpoint}/${query}`, { method, ...init });
    const text = await response.text();
    expect(text).toContain(`<Code>${code}</Code>`);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('text/xml');
    expect(response.headers.get('x-amzn-requestid')).toBe(/<RequestId>(.+)<\/RequestId>/.exec(text)?.[1]);
  });

  it.each<[string, string, { method: string; headers: Record<string, string> }, string]>([
    ['glue', 'JSON', { method: 'POST', headers: { 'x-amz-target': 'AWSGlue.GetJobs' } }, '/'],
    ['eks', 'JSON', { method: 'GET', headers: {} }, '/clusters'],
    ['ec2', 'XML', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, '/'],
  ])('for %s says in %s that the service is not emulated', async (service, form, { method, headers }, path) => {
    const { endpoint } = await runningAccount('{}');
    const signed = { ...headers, authorization: signedFor(service) };
    const response = await fetch(`${endpoint}${path}`, { method, headers: signed });
    const text = await response.text();
    expect(response.status).toBe(400);
    const message = `The emulated account does not speak \`${service}\` yet; it speaks iam, sts, organizations, `;
    const start =
      form === 'JSON'
        ? `{"__type":"InvalidAction","message":"${message}`
        : `<Code>InvalidAction</Code><Message>${message}`;
    expect(text).toContain(start);
  });

  it.each<[string, string, string, RequestInit, number, string]>([
    [
      'no such operation',
      'kms',
      '/',
      { headers: { 'x-amz-target': 'TrentService.X' } },
      400,
      'UnknownOperationException',
    ],
    [
      'broken JSON',
      'organizations',
      '/',
      { headers: { 'x-amz-target': 'AWSOrganizationsV20161128.ListRoots' }, body: '{' },
      400,
      'SerializationException',
    ],
    ['no such path', 'lambda', '/nowhere', {}, 403, 'AccessDeniedException'],
    ['a part of S3 that is not there', 's3', '/bucket?acl', { method: 'GET' }, 501, 'NotImplemented'],
  ])(
    'of another protocol, with %s, is answered with an AWS error',
    async (_what, service, path, init, status, code) => {
      const { endpoint } = await runningAccount('{}');
      const headers = { ...init.headers, authorization: signedFor(service) };
      const response = await fetch(`${endpoint}${path}`, { method: 'POST', ...init, headers });
      const text = await response.text();
      expect(response.status).toBe(status);
      expect(`${response.headers.get('x-amzn-errortype')} ${text}`).toContain(code);
    },
  );

  it('may come as a query, presigned or not', async () => {
    const { endpoint } = await runningAccount('{ users: [{ userName: alice }] }');
    const inHeader = await fetch(`${endpoint}/?${listUsers}`, { headers: { authorization: signedFor('iam') } });
    expect(await inHeader.text()).toContain('<UserName>alice</UserName>');
    const scope = encodeURIComponent('AKIAANYBODYS22222222/20260131/us-east-1/iam/aws4_request');
    const presigned = await fetch(`${endpoint}/?${listUsers}&X-Amz-Credential=${scope}`);
    expect(await presigned.text()).toContain('<UserName>alice</UserName>');
  });

  it('is answered in the namespace of its service', async () => {
    const { endpoint } = await runningAccount('{}');
    const response = await fetch(endpoint, { method: 'POST', headers: form, body: listUsers });
    expect(await response.text()).toMatch(
      /^<ListUsersResponse xmlns="https:\/\/iam\.amazonaws\.com\/doc\/2010-05-08\/"><ListUsersResult><Users><\/Users><IsTruncated>false<\/IsTruncated><\/ListUsersResult><ResponseMetadata><RequestId>[0-9a-f-]{36}<\/RequestId><\/ResponseMetadata><\/ListUsersResponse>$/,
    );
  });

  it('is counted by its action, refused or not', async () => {
    const { endpoint, iam, requests } = await runningAccount('{}');
    await expect(iam.send(new GetUserCommand({ UserName: 'nobody' }))).rejects.toThrow();
    await fetch(endpoint, { method: 'POST', headers: form, body: listUsers });
    await fetch(endpoint, { method: 'POST', headers: form, body: 'Action=Dance&Version=2010-05-08' });
    expect(Object.fromEntries(requests)).toEqual({ 'iam:GetUser': 1, 'iam:ListUsers': 1 });
  });

  it('that is no HTTP, or breaks off, leaves the server answering', async () => {
    const { endpoint } = await runningAccount('{}');
    const { port } = new URL(endpoint);
    for (const bytes of [
      '\u0000\u0001garbage\r\n\r\n',
      `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nAction=`,
    ]) {
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), '127.0.0.1', () => socket.end(bytes));
        socket
          .on('close', () => resolve())
          .on('error', () => resolve())
          .resume();
      });
    }
    const response = await fetch(endpoint, { method: 'POST', headers: form, body: listUsers });
    expect(response.status).toBe(200);
  });
});

describe('the paths of the emulator itself', () => {
  const get = async (url: string, method = 'GET') => {
    const response = await fetch(url, { method });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  it('tell that it is ready', async () => {
    const { endpoint } = await runningAccount('{}');
    expect(await get(`${endpoint}/_vigil/health`)).toEqual({ status: 200, body: { status: 'ready' } });
  });

  it('empty the account, and bring it back', async () => {
    const { endpoint, iam } = await runningAccount('{ accountId: "000000000042", users: [{ userName: alice }] }');
    const alice = new GetUserCommand({ UserName: 'alice' });
    expect((await get(`${endpoint}/_vigil/reset`, 'POST')).status).toBe(200);
    await expect(iam.send(alice)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
    expect((await get(`${endpoint}/_vigil/reset?to=initial`, 'POST')).status).toBe(200);
    expect((await iam.send(alice)).User?.Arn).toBe('arn:aws:iam::000000000042:user/alice');
    expect((await get(`${endpoint}/_vigil/reset?to=never`, 'POST')).status).toBe(400);
  });

  it('export the account as the files of a snapshot directory', async () => {
    const { endpoint } = await runningAccount(
      '{ alias: acme, users: [{ userName: alice, accessKeys: [{ createDate: 2025-01-01 }] }] }',
    );
    const { body } = await get(`${endpoint}/_vigil/state`);
    expect(body['account.json']).toMatchObject({
      accountId: '123456789012',
      alias: 'acme',
      partition: 'aws',
      collectedAt: '2026-01-31T12:00:00Z',
      gaps: [],
    });
    expect(body['authorization-details.json']).toMatchObject({ UserDetailList: [{ UserName: 'alice' }] });
    expect(body['credential-report.csv']).toMatch(/^user,arn,.*\n<root_account>,.*\nalice,/s);
    expect(body['access-keys.json']).toMatchObject({
      AccessKeyMetadata: [
        { UserName: 'alice', CreateDate: '2025-01-01T00:00:00Z', AccessKeyLastUsed: { ServiceName: 'N/A' } },
      ],
    });
    expect(body['password-policy.json']).toEqual({ PasswordPolicy: null });
  });

  it('are no more than these', async () => {
    const { endpoint } = await runningAccount('{}');
    expect((await get(`${endpoint}/_vigil/reset`)).status).toBe(404);
    expect((await get(`${endpoint}/_vigil/dance`, 'POST')).status).toBe(404);
  });
});

describe('startEmulator', () => {
  const start = ({ text = '{}', ...options }: { host?: string; port?: number; text?: string }) =>
    startEmulator({
      initial: { kind: 'account-file', name: 'account.yaml', text },
      clock: { now: () => '2026-01-31T12:00:00Z' as Instant },
      ...options,
    });

  it.each(['0.0.0.0', '::', '192.168.1.10', 'example.com', '127.0.0.1.example.com'])(
    'refuses to listen on %s',
    async (host) => {
      expect(await start({ host })).toMatchObject({
        ok: false,
        error: [expect.stringContaining('is not a loopback address')],
      });
    },
  );

  it('says what is wrong with the account file', async () => {
    expect(await start({ text: 'user: []' })).toEqual({
      ok: false,
      error: ['account.yaml:1:1: the file: unknown key `user`; did you mean `users`?'],
    });
  });

  it('says when the port is taken', async () => {
    const { endpoint } = await runningAccount('{}');
    const port = Number(new URL(endpoint).port);
    expect(await start({ port })).toMatchObject({ ok: false, error: [expect.stringContaining('EADDRINUSE')] });
  });
});
