import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runVigil } from './run-vigil.ts';

const ACCOUNT = 'arn:aws:iam::123456789012';
const policy = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement });
const details = {
  UserDetailList: [],
  GroupDetailList: [],
  RoleDetailList: [
    {
      Path: '/',
      Arn: `${ACCOUNT}:role/vendor`,
      CreateDate: '2026-01-01T00:00:00Z',
      RoleName: 'vendor',
      RoleId: 'AROAVENDORVENDOR00001',
      AssumeRolePolicyDocument: policy({
        Effect: 'Allow',
        Principal: { AWS: '444455556666' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': 'x' } },
      }),
    },
  ],
  Policies: [],
};
const bucket = {
  service: 's3',
  type: 'bucket',
  arn: 'arn:aws:s3:::site',
  name: 'site',
  policy: policy({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::site/*' }),
};
const level = (id: string, ...scps: unknown[]) => ({ id, name: id, scps: [policy(...scps)], rcps: [] });
const all = { Effect: 'Allow', Action: '*', Resource: '*' };
const organization = {
  organizationId: 'o-1',
  managementAccountId: '111122223333',
  path: [
    level('r-1', all, { Sid: 'Kept', Effect: 'Deny', Action: 's3:DeleteBucket', Resource: '*' }),
    level('123456789012', all),
  ],
};

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-e2e-'));
  const files = { 'details.json': details, 'resources.json': [bucket], 'organization.json': organization };
  for (const [file, content] of Object.entries(files)) writeFileSync(join(directory, file), JSON.stringify(content));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const ask = (...words: string[]) =>
  runVigil(
    [
      ...words,
      ...['--authorization-details', 'details.json', '--resources', 'resources.json'],
      ...['--organization', 'organization.json'],
    ],
    directory,
  );

it('who-can names whom the policy of a bucket lets in from outside', async () => {
  const { exitCode, stdout } = await ask('who-can', 's3:GetObject', 'arn:aws:s3:::site/index.html');
  expect(exitCode).toBe(0);
  expect(stdout.trim().split('\n')).toEqual([
    `${ACCOUNT}:root`,
    `${ACCOUNT}:role/vendor`,
    'anybody, without credentials',
  ]);
});

it('can tells of an SCP that denies', async () => {
  const { stdout } = await ask('can', 'root', 's3:DeleteBucket', 'arn:aws:s3:::site');
  expect(stdout).toContain('denied by a Deny');
  expect(stdout).toContain('organization.json#/path/0/scps/0 statement 1 (Sid Kept)');
});

it('who-can-assume lists who may begin a session of each role', async () => {
  const { stdout } = await ask('who-can-assume');
  expect(stdout).toBe(`${ACCOUNT}:role/vendor
  any principal of account 444455556666  allowed if \`sts:ExternalId\` is \`x\`  by sts:AssumeRole
`);
  const told = await ask('who-can-assume', 'vendor', '--json');
  expect(JSON.parse(told.stdout)).toMatchObject({
    role: `${ACCOUNT}:role/vendor`,
    action: 'sts:AssumeRole',
    outsider: '444455556666',
    kind: 'account',
    decision: 'AllowedIf',
    because: [{ policy: `${ACCOUNT}:role/vendor#trust`, statement: 0 }],
    conditions: { text: '`sts:ExternalId` is `x`' },
  });
});

it('who-can-assume refuses a role that nobody has', async () => {
  const { exitCode, stderr } = await ask('who-can-assume', 'nobody');
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr: 'vigil: no role is called `nobody`; give an ARN, `role/NAME` or a name\n',
  });
});
