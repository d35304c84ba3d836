import { describe, expect, it } from 'vitest';
import { createAccountAccess } from '../../../access/account-access.ts';
import { serviceReference } from '../../../reference/service-reference.ts';
import type { AccountSnapshot } from '../../../snapshot/account-snapshot.ts';
import { allow, trusts } from '../../../snapshot/testing/policy-builder.ts';
import {
  group,
  managedPolicy,
  role,
  snapshot,
  type UserParts,
  user,
} from '../../../snapshot/testing/snapshot-builder.ts';
import type { EscalationPath } from '../escalation-path.ts';
import { createEscalationFinder } from '../find-escalation.ts';
import { pathConditions, toEscalation } from '../tell-path.ts';
import { createPathProver, type ProvablePath } from './prove-paths.ts';

const reference = serviceReference();
const SELF = 'arn:aws:iam::123456789012:user/mallory';
const EVERYTHING = allow('*');
const PUT = allow('iam:PutUserPolicy', SELF);

const mallory = (parts: UserParts, more: Parameters<typeof snapshot>[0] = {}): AccountSnapshot =>
  snapshot({ ...more, users: [user('mallory', parts), ...(more.users ?? [])] });

const provable = (account: AccountSnapshot): ProvablePath | null => {
  const access = createAccountAccess(account, reference, account.collectedAt);
  const [start] = account.users;
  const answer = start === undefined ? null : createEscalationFinder(account, access, reference)(start);
  return start === undefined || answer?.kind !== 'found' ? null : { start, path: answer.path };
};

const proofIn = (account: AccountSnapshot, path: EscalationPath) => {
  const [start] = account.users;
  if (start === undefined) throw new Error('nobody asks');
  return createPathProver(account, reference, account.collectedAt)([{ start, path }])[0];
};

const proofOf = (account: AccountSnapshot) => {
  const found = provable(account);
  return found === null ? null : proofIn(account, found.path);
};

const deny = (Action: string, Resource = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action, Resource }],
});
const allowIf = (Condition: object) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'iam:PutUserPolicy', Resource: '*', Condition }],
});

describe('what a snapshot does not tell of a replay', () => {
  it('is derived where a service does the rest', () => {
    const boss = role('boss', {
      inlinePolicies: { all: EVERYTHING },
      trustPolicy: trusts({ Service: 'lambda.amazonaws.com' }),
    });
    const grants = allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction']);
    const proof = proofOf(mallory({ inlinePolicies: { p: grants } }, { roles: [boss] }));
    expect(proof).toMatchObject({
      kind: 'derived',
      reason: `not carried out: iam:PassRole, lambda:CreateFunction, lambda:InvokeFunction, the credentials of ${boss.arn}`,
    });
    expect(proof?.transcript.map(({ caller, action, outcome }) => [caller.split('/')[1], action, outcome])).toEqual([
      ['mallory', 'iam:ListUsers', 'refused'],
      ['mallory', 'iam:PassRole', 'allowed'],
      ['mallory', 'lambda:CreateFunction', 'allowed'],
      ['mallory', 'lambda:InvokeFunction', 'allowed'],
      ['boss', 'iam:ListUsers', 'done'],
    ]);
  });

  it('is refused where one grant of a service is missing', () => {
    const boss = role('boss', {
      inlinePolicies: { all: EVERYTHING },
      trustPolicy: trusts({ Service: 'lambda.amazonaws.com' }),
    });
    const actions = ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'];
    const found = provable(mallory({ inlinePolicies: { p: allow(actions) } }, { roles: [boss] }));
    const kinds = actions.map((action) => {
      const others = allow(actions.filter((other) => other !== action));
      return found && proofIn(mallory({ inlinePolicies: { p: others } }, { roles: [boss] }), found.path)?.kind;
    });
    expect(kinds).toEqual(['refused', 'refused', 'refused']);
  });

  it('asks on every type of resource that a request names', () => {
    const boss = role('boss', {
      inlinePolicies: { all: EVERYTHING },
      trustPolicy: trusts({ Service: 'ec2.amazonaws.com' }),
      instanceProfiles: ['boss'],
    });
    const running = (resource: string) => ({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' },
        { Effect: 'Allow', Action: 'ec2:RunInstances', Resource: resource },
      ],
    });
    const account = (resource: string) => mallory({ inlinePolicies: { p: running(resource) } }, { roles: [boss] });
    const found = provable(account('*'));
    const proof = found && proofIn(account('*'), found.path);
    expect(proof?.kind).toBe('derived');
    const asked = proof?.transcript.filter(({ action }) => action === 'ec2:RunInstances') ?? [];
    expect(asked.map(({ resource }) => resource.split(':')[5]?.split('/')[0]).sort()).toEqual([
      'image',
      'instance',
      'network-interface',
      'security-group',
      'subnet',
    ]);
    const [first] = found?.path.steps[0]?.requests.slice(1) ?? [];
    const narrow = found && proofIn(account(first?.resource ?? ''), found.path);
    expect([narrow?.kind, narrow?.transcript.at(-1)?.outcome]).toEqual(['refused', 'refused']);
    expect(narrow?.transcript.at(-1)?.resource).toBe(first?.others[0]);
  });

  it('comes with MFA where the path hangs on it', () => {
    const account = mallory({ inlinePolicies: { p: allowIf({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }) } });
    expect(provable(account)?.path.residual.kind).toBe('atom');
    expect(proofOf(account)?.kind).toBe('proven');
  });

  it('is replayed no more than so often', () => {
    const account = mallory({ inlinePolicies: { p: PUT } });
    const found = provable(account);
    if (found === null) throw new Error('no path');
    const many = Array.from({ length: 3 }, () => ({ ...found }));
    const proofs = createPathProver(account, reference, account.collectedAt, 2)(many);
    expect(proofs.map(({ kind }) => kind)).toEqual(['proven', 'proven', 'not-replayed']);
    const [, , last] = proofs;
    expect(toEscalation(found.path, last, account)).toMatchObject({
      proof: 'derived',
      proofReason: 'not replayed: of an account 2 paths are, those without conditions first',
    });
  });

  it('tells no secret that was made on the way', () => {
    const admin = user('admin', { inlinePolicies: { all: EVERYTHING } });
    const grants = allow(['iam:CreateLoginProfile'], admin.arn);
    const proof = proofOf(mallory({ inlinePolicies: { p: grants } }, { users: [admin] }));
    expect(proof?.transcript[1]?.parameters).toEqual({ UserName: 'admin', Password: '<a new password>' });
    const key = proofOf(
      mallory({ inlinePolicies: { p: allow('iam:CreateAccessKey', admin.arn) } }, { users: [admin] }),
    );
    expect(JSON.stringify(key)).not.toMatch(/AKIA|Secret/);
  });

  it('ends, of a path to another principal, with who it is by then', () => {
    const target = role('target', { trustPolicy: trusts({ AWS: '123456789012' }) });
    const account = mallory(
      { inlinePolicies: { p: allow('sts:AssumeRole') } },
      { roles: [{ ...target, inlinePolicies: [] }] },
    );
    const open = provable(
      mallory(
        { inlinePolicies: { p: allow('sts:AssumeRole') } },
        {
          roles: [
            role('target', { inlinePolicies: { all: EVERYTHING }, trustPolicy: trusts({ AWS: '123456789012' }) }),
          ],
        },
      ),
    );
    if (open === null) throw new Error('no path');
    const proof = proofIn(account, { ...open.path, reaches: target.arn });
    expect(proof?.kind).toBe('proven');
    expect(proof?.transcript.map(({ action, outcome }) => [action, outcome])).toEqual([
      ['sts:AssumeRole', 'done'],
      ['sts:GetCallerIdentity', 'done'],
    ]);
    expect(proofIn(account, { ...open.path, reaches: account.users[0]?.arn ?? target.arn })?.kind).toBe('refused');
  });

  it('tells of a quota that nothing leaves room in', () => {
    const ten = Array.from({ length: 10 }, (_, count) => managedPolicy(`read-${count}`, allow('s3:GetObject')));
    const account = mallory(
      { inlinePolicies: { p: allow('iam:AttachUserPolicy') }, attachedManagedPolicies: ten },
      { managedPolicies: ten },
    );
    const found = provable(account);
    if (found === null) throw new Error('no path');
    const proof = proofIn(account, found.path);
    expect(toEscalation(found.path, proof, account).proof).toBe('conditional');
    expect(pathConditions(found.path, proof).conditions?.text).toBe(
      'a quota leaves room, other than in the replay, in which iam:AttachUserPolicy was refused with LimitExceeded: Cannot exceed quota for PoliciesPerUser: 10',
    );
  });

  it('tells the same twice', () => {
    const account = mallory(
      { inlinePolicies: { p: allow('iam:CreateAccessKey') } },
      { users: [user('admin', { inlinePolicies: { all: EVERYTHING } })] },
    );
    expect(proofOf(account)).toEqual(proofOf(account));
  });

  it('holds a policy that cannot be read, and one that nobody knows, for one that allows nothing', () => {
    const account = mallory(
      { inlinePolicies: { p: PUT } },
      {
        roles: [
          role('other', {
            inlinePolicies: { broken: 'no json' },
            attachedManagedPolicies: ['arn:aws:iam::aws:policy/NotYetKnown'],
          }),
        ],
      },
    );
    expect(proofOf(account)?.kind).toBe('proven');
  });
});

/** The path that is open without the trap. */
const OPEN = provable(mallory({ inlinePolicies: { p: PUT } }));

const limit = managedPolicy('limit', allow('s3:*'));

const traps: readonly (readonly [string, AccountSnapshot])[] = [
  [
    'a Deny in the same policy',
    mallory({ inlinePolicies: { p: { ...PUT, Statement: [...PUT.Statement, ...deny('iam:*').Statement] } } }),
  ],
  ['a Deny in another policy', mallory({ inlinePolicies: { p: PUT, d: deny('iam:Put*') } })],
  [
    'a Deny in the policy of a group',
    mallory(
      { inlinePolicies: { p: PUT }, groups: ['g'] },
      { groups: [group('g', { inlinePolicies: { d: deny('iam:PutUserPolicy') } })] },
    ),
  ],
  ['a boundary', mallory({ inlinePolicies: { p: PUT }, permissionsBoundary: limit }, { managedPolicies: [limit] })],
  ['another resource', mallory({ inlinePolicies: { p: allow('iam:PutUserPolicy', `${SELF}2`) } })],
  [
    'a condition that cannot hold',
    mallory({ inlinePolicies: { p: allowIf({ StringEquals: { 'aws:PrincipalAccount': '111122223333' } }) } }),
  ],
  [
    'a NotAction that leaves it out',
    mallory({
      inlinePolicies: {
        p: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }] },
      },
    }),
  ],
];

const ways: readonly (readonly [string, AccountSnapshot])[] = [
  [
    'a condition that holds',
    mallory({ inlinePolicies: { p: allowIf({ StringEquals: { 'aws:PrincipalAccount': '123456789012' } }) } }),
  ],
  [
    'a policy variable for itself',
    mallory({ inlinePolicies: { p: allow('iam:PutUserPolicy', 'arn:aws:iam::*:user/${aws:username}') } }),
  ],
  [
    'grants in two policies',
    mallory({ inlinePolicies: { a: allow('iam:CreateRole'), b: allow('iam:PutRolePolicy') } }),
  ],
  [
    'a NotAction',
    mallory({
      inlinePolicies: {
        p: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }] },
      },
    }),
  ],
  [
    'a trust policy that asks for an external id',
    mallory(
      { inlinePolicies: { p: allow('sts:AssumeRole') } },
      {
        roles: [
          role('boss', {
            inlinePolicies: { all: EVERYTHING },
            trustPolicy: trusts({ AWS: '123456789012' }, { StringEquals: { 'sts:ExternalId': 'open-sesame' } }),
          }),
        ],
      },
    ),
  ],
  [
    'a boundary that new users must have and that allows everything',
    mallory({
      inlinePolicies: {
        p: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['iam:CreateUser', 'iam:PutUserPolicy'],
              Resource: '*',
              Condition: { StringEquals: { 'iam:PermissionsBoundary': 'arn:aws:iam::aws:policy/AdministratorAccess' } },
            },
            { Effect: 'Allow', Action: 'iam:CreateAccessKey', Resource: '*' },
          ],
        },
      },
    }),
  ],
  [
    'a session name that a trust policy asks for',
    mallory(
      { inlinePolicies: { p: allow('sts:AssumeRole') } },
      {
        roles: [
          role('boss', {
            inlinePolicies: { all: EVERYTHING },
            trustPolicy: trusts({ AWS: '123456789012' }, { StringLike: { 'sts:RoleSessionName': 'ops-*' } }),
          }),
        ],
      },
    ),
  ],
  [
    'a chain of roles',
    mallory(
      { inlinePolicies: { p: allow('sts:AssumeRole', 'arn:aws:iam::123456789012:role/first') } },
      {
        roles: [
          role('first', {
            inlinePolicies: { p: allow('sts:AssumeRole') },
            trustPolicy: trusts({ AWS: '123456789012' }),
          }),
          role('last', {
            inlinePolicies: { all: EVERYTHING },
            trustPolicy: trusts({ AWS: 'arn:aws:iam::123456789012:role/first' }),
          }),
        ],
      },
    ),
  ],
];

describe('traps', () => {
  it.each(traps)('of %s close the path, for the search and for the replay', (_title, account) => {
    expect(provable(account)).toBeNull();
    expect(OPEN && proofIn(account, OPEN.path)?.kind).toBe('refused');
  });

  it.each(ways)('with %s there is a path, for the search and for the replay', (_title, account) => {
    const proof = proofOf(account);
    expect([proof?.kind, proof?.reason]).toEqual(['proven', null]);
  });
});
