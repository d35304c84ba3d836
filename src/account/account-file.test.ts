import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Instant } from '../kernel/time.ts';
import { parseAccountFile } from './account-file.ts';
import type { AccountState } from './account-state.ts';

const policy = '{ Statement: { Effect: Deny, Action: "*", Resource: "*" } }';

const now = '2026-01-31T12:00:00Z' as Instant;

const accountOf = (text: string): AccountState => {
  const parsed = parseAccountFile(text, 'account.yaml', { now });
  if (!parsed.ok) throw new Error(parsed.error.join('\n'));
  return parsed.value.main;
};

const problemsOf = (text: string): readonly string[] => {
  const parsed = parseAccountFile(text, 'account.yaml', { now });
  return parsed.ok ? [] : parsed.error;
};

describe('parseAccountFile', () => {
  it('reads the example of its documentation', () => {
    const page = readFileSync(new URL('account-file.md', import.meta.url), 'utf8');
    const account = accountOf(/```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? 'no example');
    expect(account.users.get('alice')?.permissionsBoundary).toBe('arn:aws:iam::123456789012:policy/ci/deploy');
    expect(account.policies.get('reports')).toMatchObject({
      defaultVersionId: 'v2',
      updateDate: '2026-01-11T12:00:00Z',
    });
  });

  it('takes an empty file as an account with a root user and nothing else', () => {
    const account = accountOf('');
    expect(account).toMatchObject({ accountId: '123456789012', partition: 'aws', alias: null, passwordPolicy: null });
    expect(account.users.size + account.roles.size + account.policies.size).toBe(0);
    expect(account.root).toMatchObject({ accessKeys: [], mfaDevices: [], passwordLastUsed: null });
  });

  it('reckons relative times from the given moment', () => {
    const createDates = [
      '90d ago',
      '3h ago',
      '30m ago',
      '2w ago',
      '1y ago',
      'in 30d',
      '2020-02-29',
      '2020-02-29T10:00:00+02:00',
    ];
    const users = createDates.map((createDate, index) => `{ userName: u${index}, createDate: ${createDate} }`);
    const account = accountOf(`users: [${users.join(', ')}]`);
    expect([...account.users.values()].map(({ createDate }) => createDate)).toEqual([
      '2025-11-02T12:00:00Z',
      '2026-01-31T09:00:00Z',
      '2026-01-31T11:30:00Z',
      '2026-01-17T12:00:00Z',
      '2025-01-31T12:00:00Z',
      '2026-03-02T12:00:00Z',
      '2020-02-29T00:00:00Z',
      '2020-02-29T08:00:00Z',
    ]);
  });

  it('derives ids of the right form, the same ones each time and other ones for other names', () => {
    const text = `
users: [{ userName: alice, accessKeys: [{ createDate: 1d ago }, { createDate: 1d ago }] }, { userName: bob }]
groups: [{ groupName: alice }]
roles: [{ roleName: alice, assumeRolePolicyDocument: ${policy} }]
policies: [{ policyName: alice, document: ${policy} }]
instanceProfiles: [{ instanceProfileName: alice }]`;
    const { users, groups, roles, policies, instanceProfiles } = accountOf(text);
    const ids = [
      users.get('alice')?.userId,
      users.get('bob')?.userId,
      groups.get('alice')?.groupId,
      roles.get('alice')?.roleId,
      policies.get('alice')?.policyId,
      instanceProfiles.get('alice')?.instanceProfileId,
      ...(users.get('alice')?.accessKeys.map(({ accessKeyId }) => accessKeyId) ?? []),
    ];
    const forms = ['AIDA', 'AIDA', 'AGPA', 'AROA', 'ANPA', 'AIPA', 'AKIA', 'AKIA'];
    for (const [index, id] of ids.entries()) {
      expect(id).toMatch(new RegExp(`^${forms[index]}[A-Z2-7]{${forms[index] === 'AKIA' ? 16 : 17}}$`));
    }
    expect(new Set(ids.map((id) => id?.slice(4))).size).toBe(ids.length);
    expect(accountOf(text).users.get('alice')?.userId).toBe(ids[0]);
  });

  it('finds managed policies by name or ARN, customer managed before AWS managed', () => {
    const account = accountOf(`
policies: [{ policyName: ReadOnlyAccess, path: /own/, document: ${policy} }]
users:
  - userName: a
    attachedPolicies: [readonlyaccess, SecurityAudit, "arn:aws:iam::aws:policy/ReadOnlyAccess"]`);
    expect(account.users.get('a')?.attachedPolicies).toEqual([
      'arn:aws:iam::123456789012:policy/own/ReadOnlyAccess',
      'arn:aws:iam::aws:policy/SecurityAudit',
      'arn:aws:iam::aws:policy/ReadOnlyAccess',
    ]);
  });

  it('puts the partition into every ARN, also of AWS managed policies', () => {
    const account = accountOf(
      'partition: aws-cn\naccountId: "000000000001"\nusers: [{ userName: a, attachedPolicies: [AdministratorAccess] }]',
    );
    expect(account.users.get('a')).toMatchObject({
      arn: 'arn:aws-cn:iam::000000000001:user/a',
      attachedPolicies: ['arn:aws-cn:iam::aws:policy/AdministratorAccess'],
    });
  });

  it('raises the quotas that it names and leaves the others', () => {
    const { quotas } = accountOf('quotas: { RolesPerAccount: 5000 }');
    expect([quotas.RolesPerAccount, quotas.UsersPerAccount]).toEqual([5000, 5000]);
    expect(quotas.GroupsPerAccount).toBe(300);
    expect(accountOf('').quotas.RolesPerAccount).toBe(1000);
  });

  it('keeps names and tags that object members are called', () => {
    const account = accountOf(
      'users: [{ userName: __proto__, tags: { __proto__: x, constructor: "<b>&", n: 7, on: true } }]\ngroups: [{ groupName: constructor }]',
    );
    expect([...(account.users.get('__proto__')?.tags ?? [])]).toEqual([
      ['__proto__', 'x'],
      ['constructor', '<b>&'],
      ['n', '7'],
      ['on', 'true'],
    ]);
    expect(account.groups.get('constructor')?.groupName).toBe('constructor');
  });

  it('keeps a policy document that is given as JSON text as it was written', () => {
    const account = accountOf(
      `policies: [{ policyName: p, document: '{ "Statement" : {"Effect":"Deny","Action":"*","Resource":"*"} }' }]`,
    );
    expect(account.policies.get('p')?.versions[0]?.document).toBe(
      '{ "Statement" : {"Effect":"Deny","Action":"*","Resource":"*"} }',
    );
  });

  it('derives the ARNs of resources and analyzers, and what they run as', () => {
    const account = accountOf(`
roles: [{ roleName: r, path: /f/, assumeRolePolicyDocument: ${policy} }]
resources:
  - { service: s3, name: b, region: eu-west-1, blockPublicAccess: true }
  - { service: kms, name: 0a1b, region: eu-west-1, policy: ${policy} }
  - { service: lambda, name: f, region: eu-west-1, role: r }
  - { service: ecr, name: team/app, region: eu-west-1 }
  - { service: secretsmanager, name: team/db, region: eu-west-1 }
analyzers: [{ analyzerName: idle, region: eu-west-1, type: ACCOUNT_UNUSED_ACCESS, unusedAccessAge: 30 }]`);
    const resources = [...account.resources.values()];
    expect(resources.map(({ arn }) => arn.replace(/(db-)[A-Z2-7]{6}$/, '$1…')).sort()).toEqual([
      'arn:aws:ecr:eu-west-1:123456789012:repository/team/app',
      'arn:aws:kms:eu-west-1:123456789012:key/0a1b',
      'arn:aws:lambda:eu-west-1:123456789012:function:f',
      'arn:aws:s3:::b',
      'arn:aws:secretsmanager:eu-west-1:123456789012:secret:team/db-…',
    ]);
    expect(resources.find(({ service }) => service === 'lambda')?.roleArn).toBe('arn:aws:iam::123456789012:role/f/r');
    expect(resources.find(({ service }) => service === 's3')?.attributes).toMatchObject({
      region: 'eu-west-1',
      RestrictPublicBuckets: 'true',
    });
    expect([...account.analyzers.values()]).toMatchObject([
      { arn: 'arn:aws:access-analyzer:eu-west-1:123456789012:analyzer/idle', unusedAccessAgeDays: 30 },
    ]);
  });

  it('tells what users and roles called last', () => {
    const account = accountOf(`
users: [{ userName: u, userId: AIDAAAAAAAAAAAAAAAAAA, uses: { "s3:GetObject": 3d ago } }]
roles: [{ roleName: r, assumeRolePolicyDocument: ${policy}, uses: { "sqs:SendMessage": 1d ago } }]`);
    expect([...account.actionUses.values()]).toMatchObject([
      { action: 's3:GetObject', date: '2026-01-28T12:00:00Z' },
      { action: 'sqs:SendMessage', date: '2026-01-30T12:00:00Z' },
    ]);
  });

  it('gives virtual MFA devices an ARN and hardware ones a serial number', () => {
    const account = accountOf(
      'root: { mfa: [{ kind: virtual }] }\nusers: [{ userName: a, mfa: [{ kind: virtual }, { kind: hardware }] }]',
    );
    expect([...account.virtualMfaDevices.values()]).toMatchObject([
      { serialNumber: 'arn:aws:iam::123456789012:mfa/a', assignedTo: { kind: 'user', nameKey: 'a' } },
      { serialNumber: 'arn:aws:iam::123456789012:mfa/root-account-mfa-device', assignedTo: { kind: 'root' } },
    ]);
    expect(account.users.get('a')?.mfaDevices[1]?.serialNumber).toMatch(/^GAHT[A-Z2-7]{8}$/);
  });
});

describe('the problems of an account file', () => {
  it('are told all at once, each with its line, its place and what to do', () => {
    expect(
      problemsOf(`accountId: 123456789012
users:
  - userName: a b
    path: x
    accessKeys:
      - createDate: soon
  - userName: ${'u'.repeat(65)}
    grups: []
roles: [{ roleName: r }]
policies: [{ policyName: p, document: 3 }]
`),
    ).toEqual([
      'account.yaml:1:12: accountId: an account id is text: put its twelve digits between quotes',
      'account.yaml:10:39: policies.0.document: a policy document is a mapping with `Version` and `Statement`',
      'account.yaml:3:15: users.0.userName: a name has letters, digits and `_+=,.@-` only, at least one',
      'account.yaml:4:11: users.0.path: a path begins and ends with `/`',
      'account.yaml:6:21: users.0.accessKeys.0.createDate: `soon` is not a time; write `2026-01-31`, `2026-01-31T09:00:00Z`, `90d ago` or `in 30d`',
      'account.yaml:7:15: users.1.userName: a name here has at most 64 characters',
      'account.yaml:8:5: users.1: unknown key `grups`; did you mean `groups`?',
      'account.yaml:9:9: roles.0.assumeRolePolicyDocument: a policy document is a mapping with `Version` and `Statement`',
    ]);
  });

  it('include quotas that there are not and such as are no number', () => {
    expect(problemsOf('quotas: { Roles: 5, UsersPerAccount: -1 }')).toHaveLength(2);
  });

  it('include names that stand twice and names of nothing', () => {
    expect(
      problemsOf(`users:
  - { userName: alice, groups: [ops], attachedPolicies: [deploy], permissionsBoundary: "arn:aws:iam::aws:policy/None" }
  - { userName: ALICE, inlinePolicies: [{ policyName: p, document: ${policy} }, { policyName: P, document: ${policy} }] }
instanceProfiles: [{ instanceProfileName: i, roles: [r] }]
policies: [{ policyName: p }, { policyName: q, versions: [{ versionId: v1, document: ${policy} }] }]
`),
    ).toEqual([
      'account.yaml:3:5: users.1: `ALICE` stands twice; names need to differ by more than the case of their letters',
      'account.yaml:3:131: users.1.inlinePolicies.1: `P` stands twice; names need to differ by more than the case of their letters',
      'account.yaml:2:33: users.0.groups.0: there is no group `ops` in this file',
      'account.yaml:4:54: instanceProfiles.0.roles.0: there is no role `r` in this file',
      'account.yaml:5:12: policies.0: needs either `document` or `versions`',
      'account.yaml:5:31: policies.1: exactly one of `versions` needs `isDefaultVersion: true`',
      'account.yaml:2:58: users.0.attachedPolicies.0: there is no managed policy `deploy` in this file, nor among the AWS managed policies known here',
      'account.yaml:2:88: users.0.permissionsBoundary: there is no managed policy `arn:aws:iam::aws:policy/None` in this file, nor among the AWS managed policies known here',
    ]);
  });

  it('include roles of resources that there are not, and uses that are of no action', () => {
    const problems = problemsOf(`
users: [{ userName: u, uses: { s3: 3d ago } }]
resources: [{ service: lambda, name: f, region: eu-west-1, role: gone }, { service: ec2, name: i, region: Europe }]`);
    expect(problems.join('\n')).toContain('a use is of one action');
    expect(problems.join('\n')).toContain('resources.1.service');
    expect(problems.join('\n')).toContain('a region is written like');
    const role = 'resources: [{ service: lambda, name: f, region: eu-west-1, role: gone }]';
    expect(problemsOf(role).join()).toContain('there is no role `gone`');
  });

  it('include what AWS would refuse in a policy document, by its place', () => {
    expect(
      problemsOf(`policies:
  - policyName: p
    document:
      Version: "2012-10-17"
      Statement:
        - { Effect: Allow, Action: "s3:*", Resource: "*" }
        - { Effect: Alow, Action: "s3:*", Resource: "*" }
`),
    ).toEqual([expect.stringMatching(/^account\.yaml:7:\d+: policies\.0\.document\.Statement\.1\.Effect: /)]);
  });

  it.each([
    ['no YAML', 'users: ['],
    ['a list', '- 1'],
    ['a text', '"users"'],
    ['a key that stands twice', 'alias: abc\nalias: abd'],
    ['nesting without end', '['.repeat(50_000)],
    ['an alias of itself', 'users: &a [*a]'],
    [
      'a third access key',
      'users: [{ userName: a, accessKeys: [{ createDate: 1d ago }, { createDate: 1d ago }, { createDate: 1d ago }] }]',
    ],
    ['an id of another prefix', 'users: [{ userName: a, userId: AROA234567ABCDEFGHIJK }]'],
    ['a tag that is a list', 'users: [{ userName: a, tags: { k: [] } }]'],
    ['a time both past and to come', 'users: [{ userName: a, createDate: in 3d ago }]'],
  ])('make it refused: %s', (_what, text) => {
    expect(problemsOf(text).length).toBeGreaterThan(0);
  });
});

describe('an account file of several accounts', () => {
  const parse = (text: string) => parseAccountFile(text, 'account.yaml', { now });

  it('holds them all', () => {
    const parsed = parse(
      'accounts:\n  - accountId: "111122223333"\n    users: [{ userName: u }]\n  - accountId: "444455556666"\n',
    );
    expect(
      parsed.ok && [...parsed.value.cloud.accounts.values()].map(({ accountId, users }) => [accountId, users.size]),
    ).toEqual([
      ['111122223333', 1],
      ['444455556666', 0],
    ]);
  });

  it('may hold one without a list', () => {
    const parsed = parse('alias: acme');
    expect(parsed.ok && [...parsed.value.cloud.accounts.values()].map(({ alias }) => alias)).toEqual(['acme']);
  });

  it.each([
    [
      '{ accounts: [{}, {}] }',
      'account.yaml:1:18: accounts.1.accountId: account 123456789012 stands twice in this file',
    ],
    ['accounts:\n  - users: 3', 'account.yaml:2:12: accounts.0.users: '],
    ['accounts: []', 'account.yaml:1:11: accounts.0: is missing: it must be keys with values'],
  ])('refuses `%s`', (text, problem) => {
    const parsed = parse(text);
    expect(parsed.ok ? [] : parsed.error).toEqual([expect.stringContaining(problem)]);
  });
});
