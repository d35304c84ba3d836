import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ran, runVigil } from './run-vigil.ts';

const ACCOUNT = 'arn:aws:iam::123456789012';
const mfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
const entity = (type: string, name: string) => ({
  Path: '/',
  Arn: `${ACCOUNT}:${type}/${name}`,
  CreateDate: '2026-01-01T00:00:00Z',
});
const policy = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement });
const details = {
  UserDetailList: [
    {
      ...entity('user', 'alice'),
      UserName: 'alice',
      UserId: 'AIDAALICEALICEALICE01',
      UserPolicyList: [
        {
          PolicyName: 'work',
          PolicyDocument: policy(
            { Sid: 'Read', Effect: 'Allow', Action: 's3:Get*', Resource: '*' },
            { Effect: 'Allow', Action: 's3:Put*', Resource: '*', Condition: mfa },
            { Sid: 'NoSecrets', Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::secret/*' },
          ),
        },
      ],
    },
    { ...entity('user', 'bob'), UserName: 'bob', UserId: 'AIDABOBBOBBOBBOBBOB01' },
  ],
  GroupDetailList: [],
  RoleDetailList: [
    {
      ...entity('role', 'bob'),
      RoleName: 'bob',
      RoleId: 'AROABOBBOBBOBBOBBOB01',
      AssumeRolePolicyDocument: policy({
        Effect: 'Allow',
        Principal: { AWS: `${ACCOUNT}:user/bob` },
        Action: 'sts:AssumeRole',
      }),
    },
  ],
  Policies: [],
};

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-e2e-'));
  writeFileSync(join(directory, 'details.json'), JSON.stringify(details));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const ask = (...words: string[]): Promise<Ran> =>
  runVigil([...words, '--authorization-details', 'details.json'], directory);

describe('vigil can', () => {
  it('says that something is allowed, and by which statement', async () => {
    const { exitCode, stdout } = await ask('can', 'alice', 's3:GetObject', 'arn:aws:s3:::b/k');
    expect(exitCode).toBe(0);
    expect(stdout).toBe(`${ACCOUNT}:user/alice  s3:GetObject  arn:aws:s3:::b/k
allowed
  the identity-based policies: allowed
    ${ACCOUNT}:user/alice#inline/work statement 0 (Sid Read)
`);
  });

  it('says on which condition something is allowed', async () => {
    const { stdout } = await ask('can', 'user/alice', 's3:PutObject', 'arn:aws:s3:::b/k');
    expect(stdout).toContain('allowed if `aws:MultiFactorAuthPresent` is `true`');
  });

  it('takes what is known of the request into account', async () => {
    const { stdout } = await ask(
      'can',
      'alice',
      's3:PutObject',
      'arn:aws:s3:::b/k',
      '--context',
      'aws:MultiFactorAuthPresent=true',
    );
    expect(stdout.split('\n')[1]).toBe('allowed');
  });

  it('says which Deny stands in the way', async () => {
    const { stdout } = await ask('can', 'alice', 's3:GetObject', 'arn:aws:s3:::secret/k');
    expect(stdout).toContain('denied by a Deny');
    expect(stdout).toContain('this statement would have to spare it first');
    expect(stdout).toContain('(Sid NoSecrets)');
  });

  it('tells programs the same', async () => {
    const { stdout } = await ask('can', 'alice', 's3:PutObject', 'arn:aws:s3:::b/k', '--json');
    expect(JSON.parse(stdout)).toEqual({
      principal: `${ACCOUNT}:user/alice`,
      action: 's3:PutObject',
      resource: 'arn:aws:s3:::b/k',
      answer: 'exact',
      decision: 'AllowedIf',
      because: [{ policy: `${ACCOUNT}:user/alice#inline/work`, statement: 1, sid: null, pointer: '/Statement/1' }],
      conditions: {
        text: '`aws:MultiFactorAuthPresent` is `true`',
        formula: { operator: 'Bool', key: 'aws:MultiFactorAuthPresent', values: ['true'] },
      },
    });
  });

  it('says of a pattern that every resource is allowed, or none', async () => {
    const every = await ask('can', 'alice', 's3:PutObject', 'arn:aws:s3:::b/*');
    expect(every.stdout.split('\n')[1]).toBe(
      'allowed on every resource that matches, if `aws:MultiFactorAuthPresent` is `true`',
    );
    const none = await ask('can', 'alice', 's3:GetObject', 'arn:aws:s3:::secret/a*');
    expect(none.stdout.split('\n')[1]).toBe('not allowed on any resource that matches');
  });

  it('says of a pattern which of its resources are allowed', async () => {
    const { stdout } = await ask('can', 'alice', 's3:GetObject', 'arn:aws:s3:::s*', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      answer: 'sound',
      on: 'some',
      complete: true,
      granted: [
        {
          resourceWithPolicy: null,
          resources: ['arn:aws:s3:::s*'],
          conditions: null,
          except: [{ limit: 'identity', resources: ['arn:aws:s3:::secret/*'], because: [{ sid: 'NoSecrets' }] }],
        },
      ],
    });
  });

  it.each([
    ['a name that nobody has', ['carol', 's3:GetObject'], 'carol'],
    ['a name that two have', ['bob', 's3:GetObject'], `${ACCOUNT}:role/bob`],
    ['an action with wildcards', ['alice', 's3:*'], 's3:*'],
    ['a resource that is no ARN', ['alice', 's3:GetObject', 'bucket'], 'bucket'],
    ['context without a value', ['alice', 's3:GetObject', '*', '--context', 'aws:SourceIp'], 'aws:SourceIp'],
  ])('refuses %s in one line', async (_, words, named) => {
    const { exitCode, stdout, stderr } = await ask('can', ...words);
    expect({ exitCode, stdout, lines: stderr.trim().split('\n').length }).toEqual({
      exitCode: 2,
      stdout: '',
      lines: 1,
    });
    expect(stderr).toContain(named);
  });
});

describe('vigil who-can', () => {
  it('lists who may, the root user included, and under which conditions', async () => {
    const { exitCode, stdout } = await ask('who-can', 's3:PutObject', 'arn:aws:s3:::b/k');
    expect(exitCode).toBe(0);
    expect(stdout.trim().split('\n')).toEqual([
      `${ACCOUNT}:root`,
      `${ACCOUNT}:user/alice  allowed if \`aws:MultiFactorAuthPresent\` is \`true\``,
    ]);
  });

  it('asks the trust policy who may assume a role', async () => {
    const { stdout } = await ask('who-can', 'sts:AssumeRole', `${ACCOUNT}:role/bob`, '--json');
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      {
        principal: `${ACCOUNT}:user/bob`,
        answer: 'exact',
        decision: 'Allowed',
        because: [{ policy: `${ACCOUNT}:role/bob#trust`, statement: 0, sid: null, pointer: '/Statement/0' }],
      },
    ]);
  });

  it('tells of a pattern who may on every resource, and who on some', async () => {
    const { stdout } = await ask('who-can', 's3:GetObject', 'arn:aws:s3:::s*');
    expect(stdout.trim().split('\n')).toEqual([
      `${ACCOUNT}:root  allowed on every resource that matches`,
      `${ACCOUNT}:user/alice  allowed on some of the resources that match: on arn:aws:s3:::s* but not on arn:aws:s3:::secret/*`,
    ]);
  });
});

describe('vigil what-can', () => {
  it('tells what a principal may do, where, on which condition and by which statement', async () => {
    const { exitCode, stdout } = await ask('what-can', 'alice', '--service', 'S3');
    expect(exitCode).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    const [get = '', put = ''] = lines.filter((line) => line.startsWith('      '));
    expect(get).toMatch(/^ {6}s3:Get\* {2}\(\d+ Read\)$/);
    expect(put).toMatch(/^ {6}s3:Put\* {2}\(\d+ Write, \d+ Permissions management, \d+ Tagging\)$/);
    const work = `${ACCOUNT}:user/alice#inline/work`;
    const denied = `    but not on arn:aws:s3:::secret/*, denied by ${work} statement 2 (Sid NoSecrets)`;
    expect(lines).toEqual([
      `${ACCOUNT}:user/alice`,
      '  on every resource',
      denied,
      `    by ${work} statement 0 (Sid Read)`,
      get,
      '  on every resource if `aws:MultiFactorAuthPresent` is `true`',
      denied,
      `    by ${work} statement 1`,
      put,
    ]);
  });

  it('tells programs the same, a line a permission', async () => {
    const { stdout } = await ask('what-can', 'alice', '--json');
    const [summary, ...permissions] = stdout
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(summary).toEqual({
      kind: 'principal',
      principal: `${ACCOUNT}:user/alice`,
      administrator: 'no',
      complete: true,
      doubts: [],
    });
    expect(permissions).toMatchObject([
      { kind: 'permission', actions: ['s3:Get*'], notActions: [], resources: ['*'], conditions: null },
      {
        kind: 'permission',
        actions: ['s3:Put*'],
        resources: ['*'],
        conditions: { text: '`aws:MultiFactorAuthPresent` is `true`' },
      },
    ]);
  });

  it('has one line for everything', async () => {
    const { stdout } = await ask('what-can', 'root');
    expect(stdout).toBe(`${ACCOUNT}:root  administrator: every action on every resource
  on every resource
    by itself: the root user needs no policy
      every action
`);
  });

  it.each([
    ['a name that nobody has', ['carol'], 'carol'],
    ['a service that is none', ['alice', '--service', 's3:Get'], 's3:Get'],
  ])('refuses %s in one line', async (_, words, named) => {
    const { exitCode, stdout, stderr } = await ask('what-can', ...words);
    expect({ exitCode, stdout, lines: stderr.trim().split('\n').length }).toEqual({
      exitCode: 2,
      stdout: '',
      lines: 1,
    });
    expect(stderr).toContain(named);
  });
});
