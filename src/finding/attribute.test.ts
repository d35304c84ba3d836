import { describe, expect, it } from 'vitest';
import { at, TEST_ACCOUNT } from '../snapshot/testing/collected-builder.ts';
import { group, managedPolicy, role, snapshot, user } from '../snapshot/testing/snapshot-builder.ts';
import type { AccountChange, ChangeKind } from './account-change.ts';
import { requestsToLookUp, withActors } from './attribute.ts';
import type { Finding } from './audit-report.ts';
import { finding } from './testing/finding-builder.ts';
import type { WriteEvent } from './write-event.ts';

const iam = (resource: string) => `arn:aws:iam::${TEST_ACCOUNT}:${resource}`;
const ALICE = iam('user/staff/alice');
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const DEPLOYERS = iam('policy/deployers');

const ACCOUNT = snapshot({
  users: [user('alice', { path: '/staff/', groups: ['ops'], attachedManagedPolicies: [ADMINISTRATOR] })],
  groups: [group('ops', { attachedManagedPolicies: [DEPLOYERS] })],
  roles: [role('deploy', { path: '/ci/' })],
  managedPolicies: [managedPolicy('deployers', { Version: '2012-10-17', Statement: [] })],
});

let events = 0;
/** An event by the user who is named, or by whatever ARN; the later in a test, the later it happened. */
const event = (
  request: string,
  parameters: Readonly<Record<string, string>>,
  by = 'bob',
  parts: Partial<WriteEvent> = {},
): WriteEvent => {
  events += 1;
  return {
    id: `event ${events}`,
    accountId: TEST_ACCOUNT,
    region: 'us-east-1',
    actor: {
      arn: by.startsWith('arn:') ? by : iam(`user/${by}`),
      at: at(`2026-01-01T00:${String(events % 60).padStart(2, '0')}:00Z`),
      request,
      sourceIp: '203.0.113.9',
    },
    parameters: new Map(Object.entries(parameters)),
    ...parts,
  };
};

const change = (kind: ChangeKind, subject: Partial<AccountChange['subject']> = {}): AccountChange => ({
  accountId: TEST_ACCOUNT,
  kind,
  subject: { arn: ALICE, type: 'User', id: 'AIDAALICE', part: null, ...subject },
  before: null,
  after: null,
  by: [],
});

const whoChanged = (it: AccountChange, seen: readonly WriteEvent[]) =>
  withActors({ changes: [it], findings: [] }, ACCOUNT, seen).changes[0]?.by.map(({ arn }) => arn.split('/').at(-1));
const whoCaused = (it: Finding, seen: readonly WriteEvent[]) =>
  withActors({ changes: [], findings: [it] }, ACCOUNT, seen).findings[0]?.by?.map(({ arn }) => arn.split('/').at(-1));

const GROUP = { arn: iam('group/ops'), type: 'Group', id: 'AGPAOPS' } as const;
const ROLE = { arn: iam('role/ci/deploy'), type: 'Role', id: 'AROADEPLOY' } as const;
const ROOT = { arn: iam('root'), type: 'RootUser', id: iam('root') } as const;
const POLICY = { arn: DEPLOYERS, type: 'ManagedPolicy', id: 'ANPADEPLOYERS' } as const;
const resource = (arn: string) => ({ arn, type: 'Resource', id: arn }) as const;
const BUCKET = resource('arn:aws:s3:::reports');
const QUEUE = resource(`arn:aws:sqs:eu-west-1:${TEST_ACCOUNT}:reports`);
const FUNCTION = resource(`arn:aws:lambda:eu-west-1:${TEST_ACCOUNT}:function:pay`);
const SECRET = resource(`arn:aws:secretsmanager:eu-west-1:${TEST_ACCOUNT}:secret:prod/db-AbC123`);
const ANALYZER = {
  arn: `arn:aws:access-analyzer:eu-west-1:${TEST_ACCOUNT}:analyzer/outside`,
  type: 'Analyzer',
  id: 'x',
} as const;
const RULE = { ...ANALYZER, type: 'ArchiveRule', part: 'known' } as const;
const UNIT = { arn: 'ou-ab12-cd34', type: 'OrganizationPolicy', id: 'ou-ab12-cd34 scps', part: 'guardrail' } as const;
const KEY = 'AKIAIOSFODNN7EXAMPLE';
const EU = { region: 'eu-west-1' };

describe('who made a change', () => {
  it.each<[ChangeKind, Partial<AccountChange['subject']>, WriteEvent]>([
    ['created', {}, event('iam:CreateUser', { userName: 'alice', userId: 'AIDAALICE' })],
    ['deleted', {}, event('iam:DeleteUser', { userName: 'alice' })],
    ['renamed', {}, event('iam:UpdateUser', { userName: 'alicia', newUserName: 'alice' })],
    ['tags', { part: 'team' }, event('iam:TagUser', { userName: 'alice' })],
    [
      'policies',
      { part: ADMINISTRATOR },
      event('iam:AttachUserPolicy', { userName: 'alice', policyArn: ADMINISTRATOR }),
    ],
    ['policies', { part: 'own' }, event('iam:PutUserPolicy', { userName: 'ALICE', policyName: 'own' })],
    ['permissions-boundary', {}, event('iam:DeleteUserPermissionsBoundary', { userName: 'alice' })],
    ['group-membership', { part: 'ops' }, event('iam:AddUserToGroup', { userName: 'alice', groupName: 'ops' })],
    ['access-key', { part: KEY }, event('iam:CreateAccessKey', { userName: 'alice', accessKeyId: KEY })],
    ['access-key', { part: KEY }, event('iam:UpdateAccessKey', { accessKeyId: KEY }, 'alice')],
    ['password', {}, event('iam:UpdateLoginProfile', { userName: 'alice' })],
    ['password', {}, event('iam:ChangePassword', {}, 'alice')],
    ['mfa', {}, event('iam:DeactivateMFADevice', { userName: 'alice', serialNumber: iam('mfa/alice') })],
    ['credential', {}, event('iam:UploadSSHPublicKey', { userName: 'alice', sSHPublicKeyId: 'APKA1' })],
    ['policies', { ...GROUP, part: 'own' }, event('iam:PutGroupPolicy', { groupName: 'ops', policyName: 'own' })],
    ['trust-policy', ROLE, event('iam:UpdateAssumeRolePolicy', { roleName: 'deploy' })],
    ['created', ROLE, event('iam:CreateServiceLinkedRole', { roleName: 'deploy' })],
    ['policy-version', POLICY, event('iam:CreatePolicyVersion', { policyArn: DEPLOYERS })],
    ['policy-version', POLICY, event('iam:SetDefaultPolicyVersion', { policyArn: DEPLOYERS, versionId: 'v1' })],
    ['created', POLICY, event('iam:CreatePolicy', { policyName: 'deployers', arn: DEPLOYERS })],
    ['access-key', ROOT, event('iam:CreateAccessKey', { accessKeyId: KEY }, ROOT.arn)],
    ['password-policy', { ...ROOT, type: 'Account' }, event('iam:UpdateAccountPasswordPolicy', {})],
    ['organization-policy', UNIT, event('organizations:AttachPolicy', { policyId: 'p-1', targetId: 'ou-ab12-cd34' })],
    ['analyzer', ANALYZER, event('access-analyzer:CreateAnalyzer', { analyzerName: 'outside' }, 'bob', EU)],
    [
      'archive-rule',
      RULE,
      event('access-analyzer:CreateArchiveRule', { analyzerName: 'outside', ruleName: 'known' }, 'bob', EU),
    ],
    ['resource-policy', BUCKET, event('s3:PutBucketPolicy', { bucketName: 'reports' }, 'bob', EU)],
    [
      'resource-policy',
      QUEUE,
      event(
        'sqs:AddPermission',
        { queueUrl: `https://sqs.eu-west-1.amazonaws.com/${TEST_ACCOUNT}/reports` },
        'bob',
        EU,
      ),
    ],
    ['resource-policy', FUNCTION, event('lambda:AddPermission', { functionName: 'pay' }, 'bob', EU)],
    ['resource-policy', FUNCTION, event('lambda:AddPermission', { functionName: FUNCTION.arn }, 'bob', EU)],
    ['resource-policy', SECRET, event('secretsmanager:PutResourcePolicy', { secretId: 'prod/db' }, 'bob', EU)],
  ])('is told of %s %j', (kind, subject, seen) => {
    expect(whoChanged(change(kind, subject), [seen])).toEqual([seen.actor.arn.split('/').at(-1)]);
  });

  it.each<[string, ChangeKind, Partial<AccountChange['subject']>, WriteEvent]>([
    ['a request on somebody else', 'policies', {}, event('iam:AttachUserPolicy', { userName: 'eve' })],
    ['a request of another kind', 'policies', {}, event('iam:UpdateLoginProfile', { userName: 'alice' })],
    [
      'another policy',
      'policies',
      { part: ADMINISTRATOR },
      event('iam:AttachUserPolicy', { userName: 'alice', policyArn: DEPLOYERS }),
    ],
    [
      'an inline policy of the name of a managed one',
      'policies',
      { part: DEPLOYERS },
      event('iam:PutUserPolicy', { userName: 'alice', policyName: 'deployers' }),
    ],
    [
      'another key',
      'access-key',
      { part: KEY },
      event('iam:UpdateAccessKey', { userName: 'alice', accessKeyId: 'AKIAOTHER' }),
    ],
    ['a role of the same name', 'policies', {}, event('iam:AttachRolePolicy', { roleName: 'alice' })],
    [
      'a session of the same name that names no user',
      'access-key',
      {},
      event('iam:UpdateAccessKey', {}, `arn:aws:sts::${TEST_ACCOUNT}:assumed-role/x/alice`),
    ],
    [
      'the root user, on a user whom it names',
      'access-key',
      ROOT,
      event('iam:CreateAccessKey', { userName: 'alice' }, ROOT.arn),
    ],
    ['a user, on its own key', 'access-key', ROOT, event('iam:CreateAccessKey', {}, 'alice')],
    [
      'a queue of the name of the bucket',
      'resource-policy',
      BUCKET,
      event('sqs:AddPermission', { queueUrl: 'https://x/1/reports' }),
    ],
    [
      'the function of that name in another region',
      'resource-policy',
      FUNCTION,
      event('lambda:AddPermission', { functionName: 'pay' }),
    ],
    [
      'the policy on somebody else that grants',
      'permissions',
      {},
      event('iam:AttachUserPolicy', { userName: 'eve', policyArn: ADMINISTRATOR }),
    ],
    [
      'another member of the group',
      'permissions',
      {},
      event('iam:AddUserToGroup', { userName: 'eve', groupName: 'ops' }),
    ],
  ])('is not guessed from %s', (_, kind, subject, seen) => {
    expect(whoChanged(change(kind, subject), [seen])).toEqual([]);
  });

  it('of permissions is whoever changed what grants them, the latest first', () => {
    const seen = [
      event('iam:PutUserPolicy', { userName: 'alice', policyName: 'own' }, 'first'),
      event('iam:PutGroupPolicy', { groupName: 'ops', policyName: 'more' }, 'second'),
      event('iam:CreatePolicyVersion', { policyArn: DEPLOYERS }, 'third'),
    ];
    expect(whoChanged(change('permissions'), seen)).toEqual(['third', 'second', 'first']);
  });

  it('is told once, though an event was read twice, and with five requests at most', () => {
    const twice = event('iam:TagUser', { userName: 'alice' }, 'twice');
    expect(whoChanged(change('tags'), [twice, { ...twice }])).toEqual(['twice']);
    const many = Array.from({ length: 9 }, () => event('iam:TagUser', { userName: 'alice' }));
    expect(whoChanged(change('tags'), many)).toHaveLength(5);
  });
});

const escalation = (parts: Partial<Finding> = {}): Finding =>
  finding({
    checkId: 'principal-can-become-administrator',
    category: 'escalation',
    subject: { arn: ALICE, type: 'User', id: 'AIDAALICE', part: null },
    evidence: {},
    escalation: {
      reaches: 'administrator',
      proof: 'derived',
      steps: [
        {
          method: 'sts-001',
          from: ALICE,
          to: ROLE.arn,
          requests: [
            { action: 'sts:AssumeRole', resource: ROLE.arn, grantedBy: [{ policy: DEPLOYERS, statement: 0 }] },
          ],
        },
      ],
    },
    ...parts,
  });

describe('who caused a finding', () => {
  it('is first whoever changed the policy that grants, then its subject, then what lies on the way', () => {
    const seen = [
      event('iam:CreatePolicyVersion', { policyArn: DEPLOYERS }, 'grants'),
      event('iam:PutUserPolicy', { userName: 'alice', policyName: 'other' }, 'own'),
      event('iam:UpdateAssumeRolePolicy', { roleName: 'deploy' }, 'way'),
      event('iam:CreateUser', { userName: 'alice' }, 'made'),
    ];
    expect(whoCaused(escalation(), seen)).toEqual(['grants', 'own', 'way', 'made']);
  });

  it('is whoever attached the granting policy to a group of the user', () => {
    const seen = [
      event('iam:AttachGroupPolicy', { groupName: 'ops', policyArn: DEPLOYERS }, 'grants'),
      event('iam:AttachGroupPolicy', { groupName: 'ops', policyArn: ADMINISTRATOR }, 'related'),
    ];
    expect(whoCaused(escalation(), seen)).toEqual(['grants', 'related']);
  });

  it('is whoever wrote the inline policy that the evidence names', () => {
    const seen = [
      event('iam:PutUserPolicy', { userName: 'alice', policyName: 'all' }, 'wrote'),
      event('iam:PutUserPolicy', { userName: 'alice', policyName: 'other' }, 'other'),
    ];
    const grants = finding({
      category: 'policy',
      subject: { arn: ALICE, type: 'User', id: 'AIDAALICE', part: null },
      evidence: { statements: [{ policy: `${ALICE}#inline/all`, statement: 0 }] },
    });
    expect(whoCaused(grants, seen)).toEqual(['wrote', 'other']);
  });

  it('of a trust policy is whoever wrote it, or made the role', () => {
    const trust = finding({ category: 'external', checkId: 'role-trusts-any-principal' });
    expect(whoCaused(trust, [event('iam:UpdateAssumeRolePolicy', { roleName: 'deploy' }, 'wrote')])).toEqual(['wrote']);
    expect(whoCaused(trust, [event('iam:CreateRole', { roleName: 'deploy' }, 'made')])).toEqual(['made']);
    expect(whoCaused(trust, [event('iam:AttachRolePolicy', { roleName: 'deploy' })])).toBeUndefined();
  });

  it('of a key is whoever did something with that key, not with another', () => {
    const key = finding({
      category: 'credentials',
      checkId: 'user-access-key-made-at-creation',
      subject: { arn: ALICE, type: 'User', id: 'AIDAALICE', part: KEY },
    });
    expect(whoCaused(key, [event('iam:CreateAccessKey', { userName: 'alice', accessKeyId: KEY }, 'x')])).toEqual(['x']);
    expect(
      whoCaused(key, [event('iam:CreateAccessKey', { userName: 'alice', accessKeyId: 'AKIAOTHER' })]),
    ).toBeUndefined();
  });

  it('of what is unused is nobody, but who took something away', () => {
    const unused = finding({ category: 'unused', checkId: 'role-unused' });
    expect(whoCaused(unused, [event('iam:CreateRole', { roleName: 'deploy' })])).toBeUndefined();
    const unattached = finding({ checkId: 'managed-policy-unattached', subject: { ...POLICY, part: null } });
    const detached = event('iam:DetachRolePolicy', { roleName: 'deploy', policyArn: DEPLOYERS }, 'detached');
    expect(whoCaused(unattached, [detached])).toEqual(['detached']);
  });

  it('of a policy of AWS is whoever attached it', () => {
    const subject = { arn: ADMINISTRATOR, type: 'ManagedPolicy', id: ADMINISTRATOR, part: null } as const;
    const grants = finding({ category: 'policy', checkId: 'managed-policy-grants-everything', subject });
    const attached = event('iam:AttachUserPolicy', { userName: 'alice', policyArn: ADMINISTRATOR }, 'attached');
    expect(whoCaused(grants, [attached])).toEqual(['attached']);
    const own = finding({ ...grants, subject: { ...POLICY, part: null } });
    expect(whoCaused(own, [event('iam:AttachUserPolicy', { userName: 'x', policyArn: DEPLOYERS })])).toBeUndefined();
  });

  it('of a policy that is told with whom it is attached to is whoever attached it, after whoever wrote it', () => {
    const subject = { ...POLICY, part: null };
    const grants = finding({ category: 'policy', checkId: 'x', subject, evidence: { attachedTo: [ALICE] } });
    const attached = event('iam:AttachUserPolicy', { userName: 'alice', policyArn: DEPLOYERS }, 'attached');
    const written = event('iam:CreatePolicyVersion', { policyArn: DEPLOYERS }, 'written');
    expect(whoCaused(grants, [attached])).toEqual(['attached']);
    expect(whoCaused(grants, [attached, written])).toEqual(['written', 'attached']);
  });

  it('of an archive rule is whoever made it, and not another', () => {
    const analyzer = 'arn:aws:access-analyzer:eu-west-1:123456789012:analyzer/outside';
    const subject = { arn: ROOT.arn, type: 'Account', id: ROOT.arn, part: `${analyzer}/archive-rule/roles` } as const;
    const hides = finding({ category: 'account', checkId: 'analyzer-archives-too-much', subject });
    const made = (ruleName: string) => ({
      ...event('access-analyzer:CreateArchiveRule', { analyzerName: 'outside', ruleName }, ruleName),
      region: 'eu-west-1',
    });
    expect(whoCaused(hides, [made('queues'), made('roles')])).toEqual(['roles']);
    expect(new Set(requestsToLookUp({ changes: [], findings: [hides] }, ACCOUNT).map(({ region }) => region))).toEqual(
      new Set(['eu-west-1']),
    );
  });

  it('of the account is whoever changed the password policy where that is what it is about', () => {
    const seen = [event('iam:DeleteAccountPasswordPolicy', {}, 'deleted')];
    const subject = { arn: ROOT.arn, type: 'Account', id: ROOT.arn, part: null } as const;
    const about = (checkId: string) => whoCaused(finding({ category: 'account', checkId, subject }), seen);
    expect(about('account-password-policy-weak')).toEqual(['deleted']);
    expect(about('account-without-support-role')).toBeUndefined();
  });

  it('survives evidence of any depth', () => {
    let evidence: Finding['evidence'] = { policy: DEPLOYERS };
    for (let depth = 0; depth < 10_000; depth += 1) evidence = { evidence };
    expect(whoCaused(escalation({ evidence }), [])).toBeUndefined();
  });
});

describe('what is looked up', () => {
  it('is nothing where nothing happened', () => {
    expect(requestsToLookUp({ changes: [], findings: [] }, ACCOUNT)).toEqual([]);
  });

  it('is which requests can have done it, each once', () => {
    expect(requestsToLookUp({ changes: [change('policies'), change('policies')], findings: [] }, ACCOUNT)).toEqual(
      ['AttachUserPolicy', 'DeleteUserPolicy', 'DetachUserPolicy', 'PutUserPolicy'].map((name) => ({
        request: `iam:${name}`,
        region: null,
      })),
    );
  });

  it('is asked where a resource is', () => {
    const asked = requestsToLookUp({ changes: [change('resource-policy', FUNCTION)], findings: [] }, ACCOUNT);
    expect(new Set(asked.map(({ region }) => region))).toEqual(new Set(['eu-west-1']));
    expect(asked.map(({ request }) => request)).toContain('lambda:AddPermission');
    expect(asked.every(({ request }) => request.startsWith('lambda:'))).toBe(true);
  });
});
