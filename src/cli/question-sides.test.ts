import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ActionName } from '../iam/action-name.ts';
import { parseActionName } from '../iam/action-name.ts';
import type { ResourceDocument } from '../snapshot/resource.ts';
import { printSnapshotFiles } from '../snapshot/snapshot-directory.ts';
import { documents, roleDetail, userDetail } from '../snapshot/testing/documents-builder.ts';
import { allow, trusts } from '../snapshot/testing/policy-builder.ts';
import { runCanCommand } from './run-can-command.ts';
import { runWhoCanAssumeCommand } from './run-who-can-assume-command.ts';
import { runWhoCanCommand } from './run-who-can-command.ts';
import type { Terminal } from './terminal.ts';

const [HERE, THERE] = ['111111111111', '222222222222'] as const;
const userArn = (name: string): string => `arn:aws:iam::${HERE}:user/${name}`;
const TARGET = `arn:aws:iam::${THERE}:role/target`;
const OBJECT = 'arn:aws:s3:::reports/a.csv';
const QUEUE = 'arn:aws:sqs:us-east-1:333333333333:orders';

const userNamed = (name: string, ...grants: readonly string[]) =>
  userDetail(name, {
    Arn: userArn(name),
    UserPolicyList: grants.length === 0 ? [] : [{ PolicyName: 'own', PolicyDocument: allow(grants) }],
  });

const here = documents({
  account: { accountId: HERE },
  details: {
    UserDetailList: [
      userNamed('alice', 's3:GetObject', 'sts:AssumeRole', 'sqs:*'),
      userNamed('bob', 's3:GetObject', 'sts:AssumeRole'),
      userNamed('silent'),
    ],
  },
});

const bucket: ResourceDocument = {
  service: 's3',
  type: 'bucket',
  arn: 'arn:aws:s3:::reports',
  name: 'reports',
  policy: {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: HERE }, Action: 's3:GetObject', Resource: '*' },
      { Effect: 'Allow', Principal: { AWS: userArn('silent') }, Action: 's3:GetObject', Resource: '*' },
      { Effect: 'Deny', Principal: { AWS: userArn('bob') }, Action: 's3:*', Resource: '*' },
    ],
  },
};
const named: ResourceDocument = {
  ...bucket,
  arn: 'arn:aws:s3:::named',
  name: 'named',
  policy: {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: ['alice', 'gone'].map(userArn) }, Action: 's3:GetObject', Resource: '*' },
    ],
  },
};
/** A bucket whose policy lets somebody in, with Block Public Access. */
const blocked = (name: string, AWS: string): ResourceDocument => ({
  ...bucket,
  arn: `arn:aws:s3:::${name}`,
  name,
  policy: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 's3:GetObject', Resource: '*' }],
  },
  public_access_block: { RestrictPublicBuckets: true },
});
const there = documents({
  account: { accountId: THERE },
  details: {
    UserDetailList: [],
    RoleDetailList: [
      roleDetail('target', { Arn: TARGET, AssumeRolePolicyDocument: trusts({ AWS: [HERE, '444444444444'] }) }),
    ],
  },
  resources: [bucket, named, blocked('public', '*'), blocked('private', HERE)],
});

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-sides-'));
  for (const saved of [here, there]) {
    const own = join(directory, saved.account.accountId);
    mkdirSync(own);
    for (const [file, text] of printSnapshotFiles(saved)) writeFileSync(join(own, file), text);
  }
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const actionOf = (text: string): ActionName => {
  const action = parseActionName(text);
  if (!action.ok) throw new Error(action.error);
  return action.value;
};

const printedBy = async (ask: (terminal: Terminal) => Promise<unknown>): Promise<readonly string[]> => {
  const printed: string[] = [];
  await ask({
    print: (line) => void printed.push(line),
    say: () => {},
    progress: { phase: () => {}, step: () => {} },
    style: (_, text) => text,
  });
  return printed;
};

/** Both accounts, or one alone. */
const from = (account?: string) => (account === undefined ? directory : join(directory, account));
const can = (name: string, action: string, resource: string, parts: { json?: true; account?: string } = {}) => {
  const { account, ...options } = parts;
  return printedBy((terminal) =>
    runCanCommand(
      { principal: name, action: actionOf(action), resource },
      { from: from(account), ...options },
      terminal,
    ),
  );
};
const whoCan = (action: string, resource: string, parts: { json?: true; account?: string } = {}) => {
  const { account, ...options } = parts;
  return printedBy((terminal) =>
    runWhoCanCommand({ action: actionOf(action), resource }, { from: from(account), ...options }, terminal),
  );
};
const whoCanAssume = (parts: { json?: true; account?: string } = {}) => {
  const { account, ...options } = parts;
  return printedBy((terminal) => runWhoCanAssumeCommand('target', { from: from(account), ...options }, terminal));
};

describe('where the accounts of principal and resource were both read', () => {
  it('`can` proves what both allow', async () => {
    expect(await can('alice', 's3:GetObject', OBJECT)).toEqual([
      `${userArn('alice')}  s3:GetObject  ${OBJECT}`,
      'allowed',
      '  the identity-based policies: allowed',
      `    ${userArn('alice')}#inline/own statement 0`,
      '  the resource-based policy: allowed',
      '    arn:aws:s3:::reports#policy statement 0',
      `  both accounts were asked: ${HERE}, of the principal, and ${THERE}, of the resource`,
    ]);
    const [told = ''] = await can('alice', 's3:GetObject', OBJECT, { json: true });
    expect(JSON.parse(told)).toMatchObject({
      decision: 'Allowed',
      because: [{ policy: `${userArn('alice')}#inline/own` }, { policy: 'arn:aws:s3:::reports#policy' }],
      sides: 'both',
      resourceAccount: THERE,
    });
  });

  it('`can` says which account denies, and what would have to change first', async () => {
    const byTheirs = await can('bob', 's3:GetObject', OBJECT);
    expect(byTheirs.slice(-3)).toEqual([
      '  to allow it, this statement would have to spare it first: arn:aws:s3:::reports#policy statement 2',
      `  denied by account ${THERE}, of the resource`,
      `  both accounts were asked: ${HERE}, of the principal, and ${THERE}, of the resource`,
    ]);
    const byOwn = await can('silent', 's3:GetObject', OBJECT);
    expect(byOwn.slice(-3, -1)).toEqual([
      '  to allow it, the identity-based policies would have to allow it first',
      `  denied by account ${HERE}, of the principal`,
    ]);
    const byBoth = await can('silent', 's3:PutObject', OBJECT, { json: true });
    expect(JSON.parse(byBoth[0] ?? '')).toMatchObject({
      decision: 'ImplicitlyDenied',
      deniedBy: ['principal', 'resource'],
    });
  });

  it('`can` tells of Block Public Access where that keeps others from a public bucket', async () => {
    expect((await can('alice', 's3:GetObject', 'arn:aws:s3:::public/x')).slice(-3, -1)).toEqual([
      '  S3 Block Public Access keeps other accounts from a bucket whose policy is public, as this one is',
      `  denied by account ${THERE}, of the resource`,
    ]);
    const others = [
      await can('alice', 's3:GetObject', 'arn:aws:s3:::private/x'),
      await can('silent', 's3:GetObject', 'arn:aws:s3:::private/x'),
      await can('alice', 's3:PutObject', 'arn:aws:s3:::public/x'),
    ];
    expect(others.flat().join()).not.toContain('Block Public Access');
  });

  it('`can` does not blame the account of a root user, which needs no policy there', async () => {
    const [told = ''] = await can(`arn:aws:iam::${HERE}:root`, 's3:PutObject', OBJECT, { json: true });
    expect(JSON.parse(told)).toMatchObject({ decision: 'ImplicitlyDenied', deniedBy: ['resource'] });
  });

  it('`who-can` lists whom both let, nobody twice, and what the policy leaves to the other account', async () => {
    expect(await whoCan('s3:GetObject', OBJECT)).toEqual([
      `arn:aws:iam::${HERE}:root`,
      userArn('alice'),
      `arn:aws:iam::${THERE}:root`,
      `any principal of account ${HERE}  whom that account lets: today those listed by themselves`,
    ]);
    const told = (await whoCan('s3:GetObject', OBJECT, { json: true })).map((line): unknown => JSON.parse(line));
    expect(told).toMatchObject([
      { principal: `arn:aws:iam::${HERE}:root`, sides: 'both', resourceAccount: THERE },
      { principal: userArn('alice'), answer: 'exact', decision: 'Allowed', sides: 'both', resourceAccount: THERE },
      { principal: `arn:aws:iam::${THERE}:root` },
      { outsider: HERE, kind: 'account', accountRead: true },
    ]);
    expect(told[2]).not.toHaveProperty('sides');
  });

  it('`who-can` tells of those whom the policy names, and who are not there, as of strangers', async () => {
    expect(await whoCan('s3:GetObject', 'arn:aws:s3:::named')).toEqual([
      userArn('alice'),
      `arn:aws:iam::${THERE}:root`,
      userArn('gone'),
    ]);
  });

  it('`who-can-assume` lists those of the other account whom both let', async () => {
    expect(await whoCanAssume()).toEqual([
      TARGET,
      `  ${userArn('alice')}`,
      `  ${userArn('bob')}`,
      `  any principal of account ${HERE}  whom that account lets: today those listed by themselves  by sts:AssumeRole`,
      '  any principal of account 444444444444  by sts:AssumeRole',
    ]);
    const told = (await whoCanAssume({ json: true })).map((line): unknown => JSON.parse(line));
    expect(told.slice(0, 3)).toMatchObject([
      {
        role: TARGET,
        principal: userArn('alice'),
        because: [{ policy: `${userArn('alice')}#inline/own` }, { policy: `${TARGET}#trust` }],
        sides: 'both',
        resourceAccount: THERE,
      },
      { principal: userArn('bob') },
      { outsider: HERE, accountRead: true },
    ]);
  });

  it('about a pattern the principal alone is asked, which is said', async () => {
    expect((await can('alice', 's3:GetObject', 'arn:aws:s3:::reports/*')).at(-1)).toBe(
      '  resources of other accounts are judged by the policies of the principal alone: ask about one of them to hear both sides',
    );
    const [first = ''] = await whoCan('s3:GetObject', 'arn:aws:s3:::reports/*', { json: true });
    expect(JSON.parse(first)).toMatchObject({ answer: 'sound', sides: 'principal' });
  });
});

describe('where nobody knows what the account of the resource says', () => {
  it('the answer is that of the account of the principal, which is said', async () => {
    expect((await can('alice', 'sqs:SendMessage', QUEUE)).at(-1)).toBe(
      "  the policies of the principal's account alone: account 333333333333, of the resource, was not read",
    );
    expect((await can('alice', 'sqs:SendMessage', `arn:aws:sqs:us-east-1:${THERE}:lost`)).at(-1)).toBe(
      `  the policies of the principal's account alone: account ${THERE}, of the resource, was read, but no policy of the resource is known`,
    );
    expect((await can('alice', 's3:GetObject', 'arn:aws:s3:::lost/x')).at(-1)).toBe(
      "  the policies of the principal's account alone: whose the resource is, and its policy, is not known",
    );
    expect(await whoCan('sqs:SendMessage', QUEUE)).toContain(
      `${userArn('alice')}  by the policies of its own account alone`,
    );
    const [told = ''] = await can('alice', 'sqs:SendMessage', QUEUE, { json: true });
    expect(JSON.parse(told)).toMatchObject({
      decision: 'Allowed',
      sides: 'principal',
      resourceAccount: '333333333333',
    });
  });
});

describe('where one account was read', () => {
  it('the answers are about it alone, and say no more than that', async () => {
    const account = HERE;
    expect(await can('alice', 'sqs:SendMessage', QUEUE, { account })).toEqual([
      `${userArn('alice')}  sqs:SendMessage  ${QUEUE}`,
      'allowed',
      '  the identity-based policies: allowed',
      `    ${userArn('alice')}#inline/own statement 0`,
    ]);
    const [told = ''] = await can('alice', 'sqs:SendMessage', QUEUE, { account, json: true });
    expect(JSON.parse(told)).toEqual({
      principal: userArn('alice'),
      action: 'sqs:SendMessage',
      resource: QUEUE,
      answer: 'exact',
      decision: 'Allowed',
      because: [{ policy: `${userArn('alice')}#inline/own`, statement: 0, sid: null, pointer: '/Statement/0' }],
    });
    expect(await whoCan('sqs:SendMessage', QUEUE, { account })).toEqual([
      `arn:aws:iam::${HERE}:root`,
      userArn('alice'),
    ]);
    expect((await can('alice', 's3:GetObject', 'arn:aws:s3:::reports/*', { account })).at(-1)).toBe(
      '  a sound answer: resources whose own policies are not known are judged by the policies of the principal alone',
    );
    expect(await whoCan('s3:GetObject', OBJECT, { account: THERE })).toEqual([
      `arn:aws:iam::${THERE}:root`,
      `any principal of account ${HERE}`,
    ]);
    expect(await whoCan('s3:GetObject', 'arn:aws:s3:::named', { account: THERE })).toEqual([
      `arn:aws:iam::${THERE}:root`,
      userArn('alice'),
      userArn('gone'),
    ]);
    expect(await whoCanAssume({ account: THERE })).toEqual([
      TARGET,
      `  any principal of account ${HERE}  by sts:AssumeRole`,
      '  any principal of account 444444444444  by sts:AssumeRole',
    ]);
  });
});
