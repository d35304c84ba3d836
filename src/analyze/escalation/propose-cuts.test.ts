import { describe, expect, it } from 'vitest';
import { loadServiceReference } from '../../reference/service-reference.ts';
import type { AccountSnapshot } from '../../snapshot/account-snapshot.ts';
import { at, TEST_TIME } from '../../snapshot/testing/collected-builder.ts';
import { allow, trusts } from '../../snapshot/testing/policy-builder.ts';
import { group, managedPolicy, role, snapshot, user } from '../../snapshot/testing/snapshot-builder.ts';
import { createCheckTools } from '../check-tools.ts';
import { type ProposedCuts, proposeCuts } from './propose-cuts.ts';

const reference = await loadServiceReference();

const cutsOf = (account: AccountSnapshot): ProposedCuts => {
  const tools = createCheckTools(account, reference, at(TEST_TIME));
  const open = [...account.users, ...account.roles].flatMap((principal) => {
    const answer = tools.escalationOf(principal);
    return answer.kind === 'found' ? [[principal.arn, answer.paths] as const] : [];
  });
  return proposeCuts(new Map(open), { account, ...tools });
};

const arnOf = (name: string): string => `arn:aws:iam::123456789012:${name}`;
const alice = arnOf('user/alice');
const own = ['iam:PutUserPolicy', 's3:GetObject'];

/** Last accessed information of users: the days on which they used actions of a service; null: never. */
const accessed = (service: string, used: Readonly<Record<string, Readonly<Record<string, string | null>>>>) =>
  new Map(
    Object.entries(used).map(([arn, actions]) => {
      const dates = Object.entries(actions).map(([action, day]) => ({
        action,
        lastAccessed: day === null ? null : at(`${day}T00:00:00Z`),
      }));
      const lastAuthenticated = dates.map(({ lastAccessed }) => lastAccessed).find((date) => date !== null) ?? null;
      return [arn, [{ service, lastAuthenticated, actions: dates }]] as const;
    }),
  );

describe('cuts', () => {
  it('are none where nobody escalates', () => {
    expect(cutsOf(snapshot({ users: [user('alice', { inlinePolicies: { p: allow('s3:*') } })] }))).toEqual({
      best: [],
      of: new Map(),
      untried: null,
    });
  });

  it('keep a group from its own members, and close what all of them can do at once', () => {
    const members = ['alice', 'bob', 'carol'].map((name) => user(name, { groups: ['staff'] }));
    const staff = group('staff', { inlinePolicies: { self: allow('iam:PutUserPolicy') } });
    const { best } = cutsOf(snapshot({ users: members, groups: [staff] }));
    expect(best).toEqual([
      {
        accountId: '123456789012',
        changes: [
          {
            kind: 'add-deny',
            policy: arnOf('group/staff#inline/self'),
            actions: ['iam:PutUserPolicy'],
            resources: [arnOf('user/alice'), arnOf('user/bob'), arnOf('user/carol')],
          },
        ],
        sentences: [
          'Deny `iam:PutUserPolicy` on `user/alice`, `user/bob`, `user/carol` in inline policy `self` of group `staff`.',
        ],
        closes: [arnOf('user/alice'), arnOf('user/bob'), arnOf('user/carol')],
        usedAccess: { status: 'unknown', used: [] },
        verified: 'alone',
      },
    ]);
  });

  it('are not worked out where searching again would take too long, and that is said', () => {
    const many = Array.from({ length: 6_000 }, (_, count) => user(`u${count}`));
    const { best, untried } = cutsOf(
      snapshot({ users: [user('alice', { inlinePolicies: { p: allow(own, alice) } }), ...many] }),
    );
    expect(best).toEqual([]);
    expect(untried).toMatch(/^No change that closes it was worked out: .* at most 6,000 users, roles and findings/);
  });

  it('take only the action out of a statement that says more about the same resource', () => {
    const { of } = cutsOf(snapshot({ users: [user('alice', { inlinePolicies: { p: allow(own, alice) } })] }));
    expect(of.get(alice)).toMatchObject({
      changes: [{ kind: 'remove-actions', policy: `${alice}#inline/p`, statement: 0, actions: ['iam:PutUserPolicy'] }],
      sentences: ['Take `iam:PutUserPolicy` out of statement 1 of inline policy `p` of user `alice`.'],
      verified: 'alone',
    });
  });

  it('deny what a pattern allows where the action itself is not written', () => {
    const { of } = cutsOf(
      snapshot({ users: [user('alice', { inlinePolicies: { p: allow('iam:PutUser*', alice) } })] }),
    );
    expect(of.get(alice)?.changes).toEqual([
      { kind: 'add-deny', policy: `${alice}#inline/p`, actions: ['iam:PutUserPolicy'], resources: ['*'] },
    ]);
  });

  it('are two where two policies do, and say that it takes both', () => {
    const policies = { p: allow('iam:PutUserPolicy', alice), q: allow('iam:AttachUserPolicy', alice) };
    const { best, of } = cutsOf(snapshot({ users: [user('alice', { inlinePolicies: policies })] }));
    expect(of.get(alice)).toMatchObject({
      changes: [
        { kind: 'remove-statement', policy: `${alice}#inline/p`, statement: 0 },
        { kind: 'remove-statement', policy: `${alice}#inline/q`, statement: 0 },
      ],
      closes: [alice],
      verified: 'alone',
    });
    expect(best).toHaveLength(1);
  });

  it('count statements of the policy as written', () => {
    const statements = [
      ...allow('s3:GetObject').Statement,
      ...allow('sqs:SendMessage').Statement,
      ...allow('iam:PutUserPolicy', alice).Statement,
    ];
    const policies = { ci: { Version: '2012-10-17', Statement: statements } };
    const { of } = cutsOf(snapshot({ users: [user('alice', { inlinePolicies: policies })] }));
    expect(of.get(alice)?.changes).toEqual([{ kind: 'remove-statement', policy: `${alice}#inline/ci`, statement: 2 }]);
    expect(of.get(alice)?.sentences).toEqual(['Remove statement 3 of inline policy `ci` of user `alice`.']);
  });

  it('close what many can do where they all pass: at the role that they assume', () => {
    const deploy = arnOf('role/deploy');
    const users = ['alice', 'bob'].map((name) =>
      user(name, { inlinePolicies: { assume: allow('sts:AssumeRole', deploy) } }),
    );
    const roles = [
      role('deploy', {
        trustPolicy: trusts({ AWS: '123456789012' }),
        inlinePolicies: { p: allow('iam:PutRolePolicy', deploy) },
      }),
    ];
    const { best, of } = cutsOf(snapshot({ users, roles }));
    expect(best.map(({ changes, closes }) => [changes, closes])).toEqual([
      [[{ kind: 'remove-statement', policy: `${deploy}#inline/p`, statement: 0 }], [deploy, alice, arnOf('user/bob')]],
    ]);
    expect(of.get(alice)).toBe(best[0]);
  });

  it('keep iam:PassRole from the role that leads on, and leave it for others', () => {
    const administrator = managedPolicy('AdministratorAccess', allow('*'), { awsManaged: true });
    const trustPolicy = trusts({ Service: 'lambda.amazonaws.com' });
    const roles = [
      role('powerful', { trustPolicy, attachedManagedPolicies: [administrator] }),
      role('harmless', { trustPolicy }),
    ];
    const lambda = ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'];
    const users = [user('alice', { inlinePolicies: { dev: allow(lambda) } })];
    const { of } = cutsOf(snapshot({ users, roles, managedPolicies: [administrator] }));
    expect(of.get(alice)?.changes).toEqual([
      {
        kind: 'add-deny',
        policy: `${alice}#inline/dev`,
        actions: ['iam:PassRole'],
        resources: [arnOf('role/powerful')],
      },
    ]);
  });

  it('leave the policies of AWS alone: what they grant is denied to whom they are attached', () => {
    const writer = managedPolicy('IAMWriter', allow('iam:PutUserPolicy'), { awsManaged: true });
    const users = [user('alice', { attachedManagedPolicies: [writer] })];
    const { of } = cutsOf(snapshot({ users, managedPolicies: [writer] }));
    expect(of.get(alice)?.changes).toEqual([
      {
        kind: 'add-deny',
        policy: `${alice}#inline/deny-escalation`,
        actions: ['iam:PutUserPolicy'],
        resources: [alice],
      },
    ]);
  });

  it('leave alone what administrators have too', () => {
    const everything = managedPolicy('everything', allow('*'));
    const shared = managedPolicy('shared', allow('iam:PutUserPolicy'));
    const users = [
      user('root-like', { attachedManagedPolicies: [everything, shared] }),
      user('alice', { attachedManagedPolicies: [shared] }),
    ];
    const { of } = cutsOf(snapshot({ users, managedPolicies: [everything, shared] }));
    expect(of.get(alice)?.changes.map((change) => 'policy' in change && change.policy)).toEqual([
      `${alice}#inline/deny-escalation`,
    ]);
  });

  it('are a permissions boundary where one principal has many ways', () => {
    const ways = ['PutUserPolicy', 'AttachUserPolicy', 'CreatePolicyVersion', 'PutGroupPolicy', 'AttachGroupPolicy'];
    const inlinePolicies = Object.fromEntries([...ways, 'AddUserToGroup'].map((way) => [way, allow(`iam:${way}`)]));
    const notes = managedPolicy('notes', allow('s3:GetObject'));
    const { of } = cutsOf(
      snapshot({
        managedPolicies: [notes],
        groups: [group('staff'), group('admins', { inlinePolicies: { all: allow('*') } })],
        users: [user('alice', { inlinePolicies, attachedManagedPolicies: [notes], groups: ['staff'] })],
      }),
    );
    const cut = of.get(alice);
    expect(cut?.changes).toEqual([
      {
        kind: 'set-boundary',
        principal: alice,
        denies: [
          'iam:AddUserToGroup',
          'iam:AttachGroupPolicy',
          'iam:AttachUserPolicy',
          'iam:CreatePolicyVersion',
          'iam:PutGroupPolicy',
          'iam:PutUserPolicy',
        ],
      },
    ]);
    expect(cut?.verified).toBe('alone');
    expect(cut?.sentences[0]).toContain('Set a permissions boundary on user `alice` that allows everything but');
  });

  it('are not proposed for a role that AWS keeps', () => {
    const reserved = '/aws-reserved/sso.amazonaws.com/';
    const roles = [role('AWSReservedSSO_Dev', { path: reserved, inlinePolicies: { p: allow('iam:PutUserPolicy') } })];
    const users = [user('bob', { inlinePolicies: { keys: allow('iam:CreateAccessKey') } })];
    const { of } = cutsOf(snapshot({ users, roles }));
    expect([...of.keys()].filter((arn) => arn.includes(reserved))).toEqual([]);
  });
});

describe('what a cut takes', () => {
  const policies = { p: allow('iam:PutUserPolicy', alice), q: allow('iam:AttachUserPolicy', alice) };

  it('is named where it is used', () => {
    const lastAccessed = accessed('iam', { [alice]: { PutUserPolicy: '2025-12-24', AttachUserPolicy: null } });
    const users = [user('alice', { inlinePolicies: policies })];
    expect(cutsOf(snapshot({ users, lastAccessed })).of.get(alice)?.usedAccess).toEqual({
      status: 'used',
      used: [{ principal: alice, action: 'iam:PutUserPolicy', lastUsed: '2025-12-24T00:00:00Z' }],
    });
  });

  it('is nothing in use where nobody has used it: then the statement goes as a whole', () => {
    const lastAccessed = accessed('iam', { [alice]: { PutUserPolicy: null } });
    const users = [user('alice', { inlinePolicies: { p: allow('iam:PutUserPolicy') } })];
    expect(cutsOf(snapshot({ users, lastAccessed })).of.get(alice)).toMatchObject({
      changes: [{ kind: 'remove-statement', policy: `${alice}#inline/p`, statement: 0 }],
      usedAccess: { status: 'unused', used: [] },
    });
  });

  it('is what nobody uses, of two that a path needs', () => {
    const administrator = managedPolicy('AdministratorAccess', allow('*'), { awsManaged: true });
    const roles = [
      role('powerful', {
        trustPolicy: trusts({ AWS: '123456789012' }),
        attachedManagedPolicies: [administrator],
        createDate: '2025-12-31T00:00:00Z',
      }),
    ];
    const keys = arnOf('user/bob');
    const users = [
      user('alice', { inlinePolicies: { keys: allow('iam:CreateAccessKey', keys) } }),
      user('bob', { inlinePolicies: { assume: allow('sts:AssumeRole', arnOf('role/powerful')) } }),
    ];
    const lastAccessed = new Map([
      ...accessed('iam', { [alice]: { CreateAccessKey: '2025-12-30' } }),
      ...accessed('sts', { [keys]: { AssumeRole: null } }),
    ]);
    const { best } = cutsOf(snapshot({ users, roles, managedPolicies: [administrator], lastAccessed }));
    expect(best.map(({ changes, closes }) => [changes, closes])).toEqual([
      [[{ kind: 'remove-statement', policy: `${keys}#inline/assume`, statement: 0 }], [alice, keys]],
    ]);
  });
});
