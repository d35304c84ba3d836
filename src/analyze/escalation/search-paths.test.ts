import { describe, expect, it } from 'vitest';
import { createAccountAccess } from '../../access/account-access.ts';
import { serviceReference } from '../../reference/service-reference.ts';
import type { AccountSnapshot } from '../../snapshot/account-snapshot.ts';
import { allow, trusts } from '../../snapshot/testing/policy-builder.ts';
import { group, managedPolicy, role, snapshot, user } from '../../snapshot/testing/snapshot-builder.ts';
import { createEscalationFinder } from './find-escalation.ts';

const ACCOUNT = '123456789012';
const arn = (resource: string): string => `arn:aws:iam::${ACCOUNT}:${resource}`;
const reference = serviceReference();

const admin = (trust: unknown) => role('admin', { inlinePolicies: { all: allow('*') }, trustPolicy: trust });
const lambda = trusts({ Service: 'lambda.amazonaws.com' });
const withMfa = (action: string | readonly string[], resource = '*') => ({
  Statement: {
    Effect: 'Allow',
    Action: action,
    Resource: resource,
    Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  },
});

/** The answer about a principal, by its name: methods and principals of the path, and what is known beside. */
const ask = (account: AccountSnapshot, name: string) => {
  const access = createAccountAccess(account, reference, account.collectedAt);
  const principal = [...account.users, ...account.roles].find(({ arn: each }) => each.endsWith(`/${name}`));
  if (principal === undefined) throw new Error(`no ${name}`);
  const answer = createEscalationFinder(account, access, reference)(principal);
  if (answer.kind !== 'found') return answer.kind;
  const { path, alternatives, conditionalAlternatives } = answer;
  return {
    steps: path.steps.map(({ method, to }) => `${method} ${to.slice(to.indexOf('/') + 1)}`),
    residual: path.residual.kind,
    provided: path.provided,
    alternatives,
    conditionalAlternatives,
  };
};

describe('searching for escalations', () => {
  it('goes over several principals, each by what the one before may do', () => {
    const account = snapshot({
      users: [
        user('first', { inlinePolicies: { p: allow('iam:CreateAccessKey', arn('user/second')) } }),
        user('second', { inlinePolicies: { p: allow('sts:AssumeRole', arn('role/third')) } }),
        user('other', { inlinePolicies: { p: allow('iam:CreateAccessKey', arn('user/first-*')) } }),
      ],
      roles: [
        role('third', { trustPolicy: trusts({ AWS: arn('root') }), inlinePolicies: { p: allow('iam:PassRole') } }),
        role('fourth', {
          trustPolicy: trusts({ AWS: arn('user/second') }),
          inlinePolicies: { p: allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction']) },
        }),
        admin(lambda),
      ],
    });
    expect(ask(account, 'first')).toMatchObject({
      steps: ['iam-002 second', 'sts-001 fourth', 'lambda-001 admin'],
      residual: 'true',
      provided: [],
    });
    // It may pass roles, and has nothing that would run as one.
    expect(ask(account, 'third')).toBe('none');
    expect(ask(account, 'other')).toBe('none');
  });

  it('assumes a role that names the user with no grant of its own, and needs one where the role names the account', () => {
    const named = snapshot({ users: [user('alice')], roles: [admin(trusts({ AWS: arn('user/alice') }))] });
    const delegated = snapshot({ users: [user('alice')], roles: [admin(trusts({ AWS: arn('root') }))] });
    expect(ask(named, 'alice')).toMatchObject({ steps: ['sts-001 admin'] });
    expect(ask(delegated, 'alice')).toBe('none');
  });

  it('finds the one group of many that is of use, also where the user is allowed everything under conditions', () => {
    const groups = [
      ...Array.from({ length: 20 }, (_, at) => group(`harmless-${at}`, { inlinePolicies: { p: allow('s3:*') } })),
      group('keys', { inlinePolicies: { p: allow('*') } }),
    ];
    const joins = allow('iam:AddUserToGroup');
    const account = snapshot({
      users: [
        user('joins', { inlinePolicies: { p: joins } }),
        user('mfa', { inlinePolicies: { p: joins, all: withMfa('*') } }),
        user('limited', {
          inlinePolicies: {
            p: allow('*'),
            stop: { Statement: { Effect: 'Deny', NotAction: 'iam:AddUserToGroup', Resource: '*' } },
          },
        }),
      ],
      groups,
    });
    expect(ask(account, 'joins')).toMatchObject({ steps: ['iam-013 joins'], residual: 'true' });
    expect(ask(account, 'mfa')).toMatchObject({ steps: ['iam-013 mfa'], residual: 'true' });
    // Whatever the groups allow, the Deny stays.
    expect(ask(account, 'limited')).toBe('none');
  });

  it('names every other method that works, and apart from them those that may', () => {
    const account = snapshot({
      users: [
        user('alice', {
          inlinePolicies: {
            p: allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction', 'lambda:AddPermission']),
            m: withMfa('iam:CreateAccessKey'),
          },
        }),
        user('boss', { inlinePolicies: { all: allow('*') } }),
      ],
      roles: [admin(lambda)],
    });
    expect(ask(account, 'alice')).toMatchObject({
      steps: ['lambda-001 admin'],
      alternatives: ['lambda-006'],
      conditionalAlternatives: ['iam-002'],
    });
  });

  it('prefers a longer path without conditions to a shorter one with', () => {
    const account = snapshot({
      users: [
        user('alice', {
          inlinePolicies: { m: withMfa('sts:AssumeRole'), p: allow('iam:CreateAccessKey', arn('user/bob')) },
        }),
        user('bob', { inlinePolicies: { p: allow('iam:PutUserPolicy') } }),
      ],
      roles: [admin(trusts({ AWS: arn('root') }))],
    });
    expect(ask(account, 'alice')).toMatchObject({ steps: ['iam-002 bob', 'iam-007 bob'], residual: 'true' });
  });

  it('uses what a group that it joins allows', () => {
    const account = snapshot({
      users: [user('alice', { inlinePolicies: { p: allow('iam:AddUserToGroup', arn('group/operators')) } })],
      groups: [group('operators', { inlinePolicies: { p: allow('sts:AssumeRole') } })],
      roles: [admin(trusts({ AWS: arn('root') }))],
    });
    expect(ask(account, 'alice')).toMatchObject({ steps: ['iam-013 alice', 'sts-001 admin'] });
  });

  it('rolls a policy back to a version that allows more, and goes on from there', () => {
    const own = managedPolicy('own', allow('iam:SetDefaultPolicyVersion'), {
      olderVersions: [allow('sts:AssumeRole')],
    });
    const account = snapshot({
      managedPolicies: [own],
      users: [user('alice', { attachedManagedPolicies: [own] })],
      roles: [admin(trusts({ AWS: arn('root') }))],
    });
    expect(ask(account, 'alice')).toMatchObject({ steps: ['own-iam-set-default-version alice', 'sts-001 admin'] });
  });

  it('gives itself the tag that a trust policy asks for', () => {
    const trust = trusts({ AWS: arn('root') }, { StringEquals: { 'aws:PrincipalTag/team': 'red' } });
    const tagger = (action: string) =>
      snapshot({
        users: [user('alice', { tags: { team: 'blue' }, inlinePolicies: { p: allow([action, 'sts:AssumeRole']) } })],
        roles: [admin(trust)],
      });
    expect(ask(tagger('iam:TagUser'), 'alice')).toMatchObject({ steps: ['own-iam-retag-self alice', 'sts-001 admin'] });
    expect(ask(tagger('iam:TagRole'), 'alice')).toBe('none');
  });

  it('returns to where it began, to whom another has given everything', () => {
    const account = snapshot({
      users: [user('alice')],
      roles: [
        role('helper', {
          trustPolicy: trusts({ AWS: arn('user/alice') }),
          inlinePolicies: { p: allow(['iam:PutUserPolicy', 'iam:CreateAccessKey'], arn('user/alice')) },
        }),
      ],
    });
    expect(ask(account, 'alice')).toMatchObject({ steps: ['sts-001 helper', 'iam-018 alice'] });
  });

  it('says of what nobody has listed that it must be there', () => {
    const updater = (resources?: AccountSnapshot['resources']) =>
      snapshot({
        users: [
          user('alice', { inlinePolicies: { p: allow(['lambda:UpdateFunctionCode', 'lambda:InvokeFunction']) } }),
        ],
        roles: [admin(lambda)],
        ...(resources && { resources }),
      });
    const { resources } = snapshot({});
    expect(resources.known).toBe(true);
    // Listed, and there is none.
    expect(ask(updater(), 'alice')).toBe('none');
    const unread = {
      known: false as const,
      gap: {
        source: 'resources' as const,
        action: 'resources.json',
        reason: 'skipped' as const,
        detail: '',
        subject: null,
      },
    };
    expect(ask({ ...updater(), resources: unread }, 'alice')).toMatchObject({
      provided: [`there is a lambda function that runs as ${arn('role/admin')}`],
    });
  });

  it('speaks of an instance, not of a instance', () => {
    const account = snapshot({
      users: [user('alice', { inlinePolicies: { p: allow('ssm:StartSession') } })],
      roles: [{ ...admin(trusts({ Service: 'ec2.amazonaws.com' })), instanceProfiles: ['admin'] }],
    });
    const unread = {
      known: false,
      gap: { source: 'resources', action: '', reason: 'skipped', detail: '', subject: null },
    } as const;
    expect(ask({ ...account, resources: unread }, 'alice')).toMatchObject({
      provided: [expect.stringMatching(/^there is an ec2 instance that runs as /)],
    });
  });

  it('tries those whom a tag tells apart that only a variable reads', () => {
    const own = {
      Statement: {
        Effect: 'Allow',
        Action: 'iam:CreateAccessKey',
        Resource: '*',
        Condition: { StringEquals: { 'aws:PrincipalTag/team': '${aws:ResourceTag/team}' } },
      },
    };
    const administrator = (team: string) => user(team, { inlinePolicies: { all: allow('*') }, tags: { team } });
    const account = snapshot({
      users: [
        administrator('blue'),
        administrator('red'),
        user('alice', { inlinePolicies: { p: { Version: '2012-10-17', ...own } }, tags: { team: 'red' } }),
      ],
    });
    expect(ask(account, 'alice')).toMatchObject({ steps: ['iam-002 red'], residual: 'true' });
  });

  it('leaves out service-linked roles, which nobody but AWS can use', () => {
    const account = snapshot({
      roles: [
        role('AWSServiceRoleForX', {
          path: '/aws-service-role/x.amazonaws.com/',
          inlinePolicies: { p: allow('iam:*') },
        }),
      ],
    });
    expect(ask(account, 'AWSServiceRoleForX')).toBe('none');
  });
});
