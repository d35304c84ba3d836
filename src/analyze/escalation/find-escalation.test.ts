import { beforeAll, describe, expect, it } from 'vitest';
import { createAccountAccess } from '../../access/account-access.ts';
import { loadServiceReference, type ServiceReference } from '../../reference/service-reference.ts';
import type { AccountSnapshot } from '../../snapshot/account-snapshot.ts';
import { at } from '../../snapshot/testing/collected-builder.ts';
import { allow } from '../../snapshot/testing/policy-builder.ts';
import { group, managedPolicy, role, snapshot, user } from '../../snapshot/testing/snapshot-builder.ts';
import { escalationMethods } from './catalogue/index.ts';
import { createEscalationFinder } from './find-escalation.ts';

const ACCOUNT = '123456789012';
const deny = (action: string | readonly string[]) => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Deny', Action: action, Resource: '*' },
});
const only = managedPolicy('only', allow('iam:CreatePolicyVersion'));
const full = managedPolicy('only', allow('iam:CreatePolicyVersion'), {
  olderVersions: [allow('s3:*'), allow('s3:*'), allow('s3:*'), allow('s3:*')],
});
const pruned = managedPolicy('only', allow(['iam:CreatePolicyVersion', 'iam:DeletePolicyVersion']), {
  olderVersions: [allow('s3:*'), allow('s3:*'), allow('s3:*'), allow('s3:*')],
});
const putsUser = managedPolicy('puts-user', allow('iam:PutUserPolicy'));
const putsRole = managedPolicy('puts-role', allow('iam:PutRolePolicy'));
const bounding = (...actions: readonly string[]) => managedPolicy('bounding', allow(actions));

const alice = (parts: Parameters<typeof user>[1], rest: Partial<AccountSnapshot> = {}) =>
  snapshot({ users: [user('alice', parts)], ...rest });
const app = (parts: Parameters<typeof role>[1], rest: Partial<AccountSnapshot> = {}) =>
  snapshot({ roles: [role('app', parts)], ...rest });

const boundUser = (...actions: readonly string[]) =>
  alice(
    { attachedManagedPolicies: [putsUser], permissionsBoundary: bounding(...actions) },
    { managedPolicies: [putsUser, bounding(...actions)] },
  );
const boundRole = (...actions: readonly string[]) =>
  app(
    { attachedManagedPolicies: [putsRole], permissionsBoundary: bounding(...actions) },
    { managedPolicies: [putsRole, bounding(...actions)] },
  );

/** By method: an account where it works, and that account with one thing taken away. */
const accounts: Readonly<Record<string, readonly [works: AccountSnapshot, fails: AccountSnapshot]>> = {
  'iam-007': [
    alice({ inlinePolicies: { p: allow('iam:PutUserPolicy', `arn:aws:iam::${ACCOUNT}:user/alice`) } }),
    alice({ inlinePolicies: { p: allow('iam:PutUserPolicy', `arn:aws:iam::${ACCOUNT}:user/bob`) } }),
  ],
  'iam-008': [
    alice({ inlinePolicies: { p: allow('iam:AttachUserPolicy') } }),
    alice({ inlinePolicies: { p: allow('iam:AttachUserPolicy'), d: deny('iam:AttachUserPolicy') } }),
  ],
  'iam-005': [
    app({ inlinePolicies: { p: allow('iam:PutRolePolicy') } }),
    app({ inlinePolicies: { p: allow('iam:PutRolePolicy') }, path: '/aws-reserved/sso.amazonaws.com/' }),
  ],
  'iam-009': [
    app({ inlinePolicies: { p: allow('iam:AttachRolePolicy') } }),
    app({ inlinePolicies: { p: allow('iam:AttachUserPolicy') } }),
  ],
  'iam-001': [
    alice({ attachedManagedPolicies: [only] }, { managedPolicies: [only] }),
    alice({ attachedManagedPolicies: [full] }, { managedPolicies: [full] }),
  ],
  'iam-011': [
    alice({ groups: ['dev'] }, { groups: [group('dev', { inlinePolicies: { p: allow('iam:PutGroupPolicy') } })] }),
    alice({ inlinePolicies: { p: allow('iam:PutGroupPolicy') } }, { groups: [group('dev')] }),
  ],
  'iam-010': [
    alice({ groups: ['dev'] }, { groups: [group('dev', { inlinePolicies: { p: allow('iam:AttachGroupPolicy') } })] }),
    alice({ inlinePolicies: { p: allow('iam:AttachGroupPolicy') } }, { groups: [group('dev')] }),
  ],
  'iam-022': [boundUser('iam:PutUserPolicy', 'iam:DeleteUserPermissionsBoundary'), boundUser('iam:PutUserPolicy')],
  'iam-023': [boundRole('iam:PutRolePolicy', 'iam:DeleteRolePermissionsBoundary'), boundRole('iam:PutRolePolicy')],
  'own-iam-put-user-boundary': [
    boundUser('iam:PutUserPolicy', 'iam:PutUserPermissionsBoundary'),
    boundUser('iam:PutUserPolicy', 's3:*'),
  ],
  'own-iam-put-role-boundary': [
    boundRole('iam:PutRolePolicy', 'iam:PutRolePermissionsBoundary'),
    boundRole('iam:PutRolePolicy', 's3:*'),
  ],
  'own-iam-edit-boundary': [
    boundUser('iam:PutUserPolicy', 'iam:CreatePolicyVersion'),
    boundUser('iam:PutUserPolicy', 'iam:CreatePolicy'),
  ],
  'own-iam-drop-deny': [
    alice({ inlinePolicies: { p: allow('iam:PutUserPolicy'), d: deny('s3:*') } }),
    alice({
      inlinePolicies: {
        p: allow('iam:PutUserPolicy'),
        d: deny(['s3:*', 'iam:D*', 'iam:C*', 'iam:Update*', 'iam:*Role*', 'iam:Pass*', 'sts:*']),
      },
    }),
  ],
  'own-iam-create-user': [
    boundUser('iam:PutUserPolicy', 'iam:CreateUser', 'iam:AttachUserPolicy', 'iam:CreateAccessKey'),
    boundUser('iam:PutUserPolicy', 'iam:CreateUser', 'iam:AttachUserPolicy'),
  ],
};

describe('finding escalations', () => {
  let reference: ServiceReference;
  beforeAll(async () => {
    reference = await loadServiceReference();
  });
  const find = (account: AccountSnapshot) => {
    const access = createAccountAccess(account, reference, at('2026-01-01T00:00:00Z'));
    const escalationOf = createEscalationFinder(account, access, reference);
    const [principal] = [...account.users, ...account.roles];
    if (principal === undefined) throw new Error('the account has no principal');
    return escalationOf(principal);
  };
  const methodsOf = (account: AccountSnapshot) => {
    const answer = find(account);
    return answer.kind === 'found' ? answer.path.steps.map(({ method }) => method) : [];
  };

  for (const { id, title } of escalationMethods) {
    const pair = accounts[id];
    if (pair === undefined) continue;
    it(`${id}: ${title}`, () => {
      if (pair === undefined) throw new Error(`${id} has no accounts`);
      const [works, fails] = pair;
      expect(methodsOf(works)).toContain(id);
      expect(find(fails)).toEqual({ kind: 'none' });
    });
  }

  it('needs iam:DeletePolicyVersion too where a policy has five versions', () => {
    const answer = find(alice({ attachedManagedPolicies: [pruned] }, { managedPolicies: [pruned] }));
    expect(answer.kind === 'found' && answer.path.steps[0]?.requests.map(({ action }) => action)).toEqual([
      'iam:DeletePolicyVersion',
      'iam:CreatePolicyVersion',
    ]);
  });

  it('names the statement that grants each request', () => {
    const answer = find(alice({ inlinePolicies: { p: allow('iam:PutUserPolicy') } }));
    expect(answer.kind === 'found' && answer.path.steps).toMatchObject([
      {
        method: 'iam-007',
        from: `arn:aws:iam::${ACCOUNT}:user/alice`,
        to: `arn:aws:iam::${ACCOUNT}:user/alice`,
        requests: [
          {
            action: 'iam:PutUserPolicy',
            resource: `arn:aws:iam::${ACCOUNT}:user/alice`,
            grantedBy: [{ policy: `arn:aws:iam::${ACCOUNT}:user/alice#inline/p`, statement: 0 }],
            parameters: expect.anything(),
          },
        ],
      },
    ]);
  });

  it('attaches a policy of the account that allows everything where AdministratorAccess may not be attached', () => {
    const everything = managedPolicy('team-everything', allow('*'));
    const attach = {
      Statement: {
        Effect: 'Allow',
        Action: 'iam:AttachUserPolicy',
        Resource: '*',
        Condition: { ArnLike: { 'iam:PolicyARN': `arn:aws:iam::${ACCOUNT}:policy/team-*` } },
      },
    };
    expect(methodsOf(alice({ inlinePolicies: { p: attach } }, { managedPolicies: [everything] }))).toEqual(['iam-008']);
    expect(methodsOf(alice({ inlinePolicies: { p: attach } }))).toEqual([]);
  });

  it('does not leave the group that the gain came through to be rid of its Deny', () => {
    const account = alice(
      { groups: ['dev'] },
      {
        groups: [
          group('dev', {
            inlinePolicies: {
              p: allow('iam:PutGroupPolicy'),
              d: deny(['s3:*', 'iam:C*', 'iam:D*', 'iam:Pass*', 'iam:Update*']),
            },
          }),
        ],
      },
    );
    expect(find(account)).toEqual({ kind: 'none' });
  });

  it('prefers a path without conditions to a shorter one with', () => {
    const withMfa = {
      Statement: {
        Effect: 'Allow',
        Action: 'iam:PutUserPolicy',
        Resource: '*',
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      },
    };
    const answer = find(alice({ inlinePolicies: { m: withMfa, p: allow('iam:AttachUserPolicy') } }));
    expect(answer).toMatchObject({
      kind: 'found',
      path: { steps: [{ method: 'iam-008' }] },
      alternatives: [],
      conditionalAlternatives: ['iam-007'],
    });
  });

  it('takes a token issued since 2020 for granted of roles, and for a condition of users', () => {
    const since2020 = {
      Statement: ['iam:PutUserPolicy', 'iam:PutRolePolicy'].map((action) => ({
        Effect: 'Allow',
        Action: action,
        Resource: '*',
        Condition: { DateGreaterThan: { 'aws:TokenIssueTime': '2020-01-01T00:00:00Z' } },
      })),
    };
    expect(find(app({ inlinePolicies: { p: since2020 } }))).toMatchObject({ path: { residual: { kind: 'true' } } });
    expect(find(alice({ inlinePolicies: { p: since2020 } }))).toMatchObject({ path: { residual: { kind: 'atom' } } });
  });

  it('rules out a token issued before 2020', () => {
    const before2020 = {
      Statement: {
        Effect: 'Allow',
        Action: 'iam:PutUserPolicy',
        Resource: '*',
        Condition: { DateLessThan: { 'aws:TokenIssueTime': '2020-01-01T00:00:00Z' } },
      },
    };
    expect(find(alice({ inlinePolicies: { p: before2020 } }))).toEqual({ kind: 'none' });
  });

  it('knows a role for one of a service though everybody may assume it', () => {
    const open = {
      Version: '2012-10-17',
      Statement: [{ AWS: '*' }, { Service: 'lambda.amazonaws.com' }].map((Principal) => ({
        Effect: 'Allow',
        Principal,
        Action: 'sts:AssumeRole',
      })),
    };
    const runsCode = allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction']);
    const owner = role('owner', { trustPolicy: open, inlinePolicies: { p: allow('*') } });
    const answer = find(alice({ inlinePolicies: { p: runsCode } }, { roles: [owner] }));
    expect(answer).toMatchObject({ kind: 'found', alternatives: expect.arrayContaining(['lambda-001']) });
  });

  it('says that the administrator it reaches is one under conditions', () => {
    const denyWithoutMfa = {
      Statement: {
        Effect: 'Deny',
        NotAction: 'iam:PutUserPolicy',
        Resource: '*',
        Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
      },
    };
    const answer = find(alice({ inlinePolicies: { p: allow('iam:PutUserPolicy'), d: denyWithoutMfa } }));
    expect(answer).toMatchObject({ kind: 'found', path: { reaches: 'administrator under conditions' } });
  });
});
