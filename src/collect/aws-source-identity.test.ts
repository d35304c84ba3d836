import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SourceProblem } from '../ports/account-source.ts';
import type { AwsSourceOptions } from './aws/aws-source-options.ts';
import { createAwsSource } from './aws-source.ts';
import { collectFrom, noProgress, testOptions } from './testing/collect-from.ts';
import { fakeAccount } from './testing/fake-account.ts';
import { FAKE_ENDPOINT, type FakeAnswer, fakeIam } from './testing/fake-iam.ts';

let home: string;

const containing = (text: string): unknown => expect.stringContaining(text);
const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'vigil-aws-'));
  await writeFile(join(home, 'config'), '[profile audit]\nregion = eu-west-1\n[profile empty]\noutput = json\n');
  await writeFile(
    join(home, 'credentials'),
    '[audit]\naws_access_key_id = AKIAAUDIT\naws_secret_access_key = the-audit-secret\n',
  );
  vi.stubEnv('AWS_CONFIG_FILE', join(home, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(home, 'credentials'));
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  for (const name of [
    'AWS_PROFILE',
    'AWS_REGION',
    'AWS_DEFAULT_REGION',
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
  ]) {
    vi.stubEnv(name, undefined);
  }
});

afterEach(async () => {
  vi.unstubAllEnvs();
  nock.cleanAll();
  await rm(home, { recursive: true });
});

/** The problem of a collection that cannot say whose account it is. */
const problemOf = async (endpointUrl: string, options: Partial<AwsSourceOptions> = {}): Promise<SourceProblem> => {
  const collected = await createAwsSource(testOptions(endpointUrl, options)).collect(noProgress);
  if (collected.ok) throw new Error('the account was read');
  expect(collected.error.message).not.toMatch(/[\n\r]|secret-access-key|the-audit-secret/);
  return collected.error;
};

const identityAnswers = (answer: FakeAnswer) => fakeIam({ GetCallerIdentity: () => answer });

describe('an endpoint that cannot be reached', () => {
  const withServer = async <T>(use: (port: number, server: Server) => Promise<T>): Promise<T> => {
    const server = createServer((_, response) => response.end('hello'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      return await use((server.address() as AddressInfo).port, server);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  };

  it('is told when nothing listens there', async () => {
    const port = await withServer(async (free) => free);
    expect(await problemOf(`http://127.0.0.1:${port}`)).toEqual({
      kind: 'unreachable',
      message: `nothing listens at \`http://127.0.0.1:${port}\`; check the endpoint URL and that it is running`,
    });
  });

  it('is told when it does not speak TLS', async () => {
    const { message } = await withServer((port) => problemOf(`https://127.0.0.1:${port}`));
    expect(message).toMatch(/^TLS with `https:\/\/127\.0\.0\.1:\d+` failed \(EPROTO\); check http or https/);
  });

  it('is told when its name does not resolve', async () => {
    identityAnswers({ breaks: 'ENOTFOUND' });
    expect((await problemOf(FAKE_ENDPOINT)).message).toContain('`http://iam.fake.test` cannot be resolved');
  });

  it('is told when no answer comes, after three attempts', async () => {
    const calls = identityAnswers({ hangs: true });
    const { message } = await problemOf(FAKE_ENDPOINT, { timeouts: { connectionMs: 20, requestMs: 20 } });
    expect(message).toMatch(/^no answer from `http:\/\/iam\.fake\.test`/);
    expect(calls.length).toBeLessThanOrEqual(3);
  });

  it.each([
    ['a page of HTML', { raw: '<html><body>hi</body></html>' }, 'HTTP 200'],
    ['text', { raw: 'it works' }, 'HTTP 200'],
    ['not found', { raw: 'no such page', status: 404 }, 'HTTP 404'],
    ['an account id that is none', { result: { Account: 'me', Arn: 'arn:aws:iam::1:root' } }, 'HTTP 200'],
  ])('is told when it answers with %s', async (_, answer, status) => {
    identityAnswers(answer);
    expect((await problemOf(FAKE_ENDPOINT)).message).toBe(
      `\`http://iam.fake.test\` answers (${status}), but not as AWS does; check the endpoint URL and any proxy on the way`,
    );
  });

  it('is named without the password in its URL', async () => {
    identityAnswers({ raw: 'hello' });
    const { message } = await problemOf('http://me:hunter2@iam.fake.test/?token=hunter2');
    expect(message).toContain('`http://iam.fake.test`');
    expect(message).not.toContain('hunter2');
  });

  it.each(['127.0.0.1:4599', 'nonsense', 'ftp://example.com'])('is bad input where it is no URL: %s', async (url) => {
    expect(await problemOf(url)).toMatchObject({ kind: 'input', message: containing(`\`${url}\``) });
  });
});

describe('credentials that AWS refuses', () => {
  it.each([
    ['InvalidClientTokenId', 'AWS does not know the access key'],
    ['SignatureDoesNotMatch', 'the secret access key is wrong, or the clock'],
    ['ExpiredToken', 'the session credentials have expired; log in again'],
    ['AccessDenied', 'AWS refused to say whose credentials these are'],
  ])('are told apart: %s', async (error, said) => {
    identityAnswers({ error, message: 'x-amz-security-token:the-secret-access-key-of-the-session', status: 403 });
    const collected = await createAwsSource(testOptions(FAKE_ENDPOINT)).collect(noProgress);
    expect(collected).toMatchObject({
      ok: false,
      error: { kind: 'unreachable', message: containing(said) },
    });
  });

  it('do not leak the session token that AWS quotes with a wrong signature', async () => {
    const message = 'The Canonical String should have been x-amz-security-token:secret-access-key';
    identityAnswers({ error: 'SignatureDoesNotMatch', message, status: 403 });
    await problemOf(FAKE_ENDPOINT);
  });
});

describe('credentials that are not there', () => {
  it('are told where no profile, environment or role has any', async () => {
    vi.stubEnv('AWS_CONFIG_FILE', join(home, 'absent'));
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(home, 'absent-too'));
    const { message } = await problemOf(FAKE_ENDPOINT, { credentials: undefined });
    expect(message).toMatch(/^no AWS credentials were found; give --profile/);
  });

  it('are told with the profiles there are, where the profile does not exist', async () => {
    const { message } = await problemOf(FAKE_ENDPOINT, { credentials: undefined, profile: 'adit' });
    expect(message).toBe(
      'profile `adit` is not in the shared AWS files (~/.aws/config, ~/.aws/credentials); there are `audit`, `empty`',
    );
  });

  it('are told where the profile has none', async () => {
    const { message } = await problemOf(FAKE_ENDPOINT, { credentials: undefined, profile: 'empty' });
    expect(message).toContain('`empty`');
  });

  it('are not even looked for where no region is configured', async () => {
    const options = { ...testOptions(''), endpointUrl: undefined };
    const collected = await createAwsSource(options).collect(noProgress);
    expect(collected).toMatchObject({
      ok: false,
      error: { kind: 'unreachable', message: matching(/^no region is configured; give --region/) },
    });
  });
});

describe('whose credentials are used', () => {
  it('are those of the profile', async () => {
    const calls = fakeIam(fakeAccount());
    await collectFrom(FAKE_ENDPOINT, { credentials: undefined, profile: 'audit' });
    expect(new Set(calls.map(({ signedWith }) => signedWith))).toEqual(new Set(['AKIAAUDIT']));
  });

  it('are those of the assumed role, asked for with the external id', async () => {
    const Credentials = {
      AccessKeyId: 'ASIAROLE',
      SecretAccessKey: 'role-secret',
      SessionToken: 'role-token',
      Expiration: '2099-01-01T00:00:00Z',
    };
    const calls = fakeIam({ ...fakeAccount(), AssumeRole: () => ({ result: { Credentials } }) });
    const roleArn = 'arn:aws:iam::111122223333:role/audit';
    const { apiCalls } = await collectFrom(FAKE_ENDPOINT, { roleArn, externalId: 'vigil-1' });
    const [assumption, ...others] = calls;
    expect(assumption?.action).toBe('AssumeRole');
    expect(assumption?.parameters.get('RoleArn')).toBe(roleArn);
    expect(assumption?.parameters.get('ExternalId')).toBe('vigil-1');
    expect(new Set(others.map(({ signedWith }) => signedWith))).toEqual(new Set(['ASIAROLE']));
    expect(apiCalls.get('sts:AssumeRole')).toBe(1);
  });

  it('are those of the role where the profile may assume it', async () => {
    const calls = fakeIam({ ...fakeAccount(), AssumeRole: () => ({ error: 'AccessDenied', status: 403 }) });
    const roleArn = 'arn:aws:iam::111122223333:role/audit';
    await problemOf(FAKE_ENDPOINT, { credentials: undefined, profile: 'audit', roleArn });
    expect(calls.map(({ action, signedWith }) => [action, signedWith])).toEqual([['AssumeRole', 'AKIAAUDIT']]);
  });

  it('are told where the role cannot be assumed', async () => {
    fakeIam({
      ...fakeAccount(),
      AssumeRole: () => ({ error: 'AccessDenied', message: 'no sts:AssumeRole', status: 403 }),
    });
    const { message } = await problemOf(FAKE_ENDPOINT, { roleArn: 'arn:aws:iam::111122223333:role/audit' });
    expect(message).toBe(
      'role `arn:aws:iam::111122223333:role/audit` cannot be assumed; check its trust policy, the external id and who asks: no sts:AssumeRole',
    );
  });
});
