import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runAuditCommand } from '../../src/cli/run-audit-command.ts';
import { addDays, toInstant } from '../../src/kernel/time.ts';
import { allow, trusts } from '../../src/snapshot/testing/policy-builder.ts';

const HERE = '111111111111';
const PRODUCTION = '222222222222';
const DEPLOY = `arn:aws:iam::${PRODUCTION}:role/deploy`;
const KEY = `principal-can-become-administrator-elsewhere:${HERE}:AIDAEXAMPLEANN000001:${PRODUCTION}`;

let directory = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-across-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const listOf = (lists: { readonly users?: readonly object[]; readonly roles?: readonly object[] }): string =>
  JSON.stringify({
    UserDetailList: lists.users ?? [],
    GroupDetailList: [],
    RoleDetailList: lists.roles ?? [],
    Policies: [],
    IsTruncated: false,
  });

const entity = (account: string, kind: 'user' | 'role', name: string) => ({
  Path: '/',
  Arn: `arn:aws:iam::${account}:${kind}/${name}`,
  CreateDate: '2024-01-01T00:00:00Z',
  AttachedManagedPolicies: [],
  Tags: [],
});

const tooling = listOf({
  users: [
    {
      ...entity(HERE, 'user', 'ann'),
      UserName: 'ann',
      UserId: 'AIDAEXAMPLEANN000001',
      GroupList: [],
      UserPolicyList: [{ PolicyName: 'ship', PolicyDocument: allow('sts:AssumeRole', DEPLOY) }],
    },
  ],
});

const production = (trusted: string): string =>
  listOf({
    roles: [
      {
        ...entity(PRODUCTION, 'role', 'deploy'),
        RoleName: 'deploy',
        RoleId: 'AROAEXAMPLEDEPLOY001',
        AssumeRolePolicyDocument: trusts({ AWS: trusted }),
        InstanceProfileList: [],
        RolePolicyList: [{ PolicyName: 'all', PolicyDocument: allow('*') }],
      },
    ],
  });

let nights = 0;

/** Audits accounts, a night after the last, and tells the state of the finding about ann in the report; nothing: it is not there. */
const night = async (...accounts: readonly string[]): Promise<string | undefined> => {
  const files = accounts.map((text, index) => {
    const file = join(directory, `account-${index}.json`);
    writeFileSync(file, text);
    return file;
  });
  nights += 1;
  const out = join(directory, 'report');
  const options = {
    authorizationDetails: files,
    out,
    history: join(directory, 'history.sqlite'),
    format: ['json'],
    now: addDays(toInstant(Date.UTC(2026, 2, 1)), nights),
  } as const;
  await runAuditCommand(options, {
    print: () => {},
    say: () => {},
    progress: { phase: () => {}, step: () => {} },
    style: (_, text) => text,
  });
  const { findings }: { readonly findings: readonly { readonly key: string; readonly state: string }[] } = JSON.parse(
    readFileSync(join(out, 'findings.json'), 'utf8'),
  );
  return findings.find(({ key }) => key === KEY)?.state;
};

it('a way into another account is told, is not forgotten while that is not read, and is resolved when it is shut', async () => {
  const open = production(`arn:aws:iam::${HERE}:root`);
  expect(await night(tooling, open)).toBe('new');
  expect(await night(tooling)).toBe('not-evaluated');
  expect(await night(tooling, open)).toBe('open');
  expect(await night(tooling, production(`arn:aws:iam::${HERE}:user/bob`))).toBe('resolved');
}, 60_000);
