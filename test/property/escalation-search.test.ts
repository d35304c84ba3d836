import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createAccountAccess } from '../../src/access/account-access.ts';
import { escalationMethods } from '../../src/analyze/escalation/catalogue/index.ts';
import { isUnconditional } from '../../src/analyze/escalation/escalation-path.ts';
import { createSearchContext } from '../../src/analyze/escalation/search-context.ts';
import { searchPaths } from '../../src/analyze/escalation/search-paths.ts';
import { serviceReference } from '../../src/reference/service-reference.ts';
import type { AccountSnapshot } from '../../src/snapshot/account-snapshot.ts';
import { trusts } from '../../src/snapshot/testing/policy-builder.ts';
import { group, managedPolicy, role, snapshot, user } from '../../src/snapshot/testing/snapshot-builder.ts';
import { naiveEscalations, type Reach } from '../naive/naive-escalation.ts';

const RUNS = Number(process.env['VIGIL_PROPERTY_RUNS'] ?? 150);
const ACCOUNT = '123456789012';
const arn = (resource: string): string => `arn:aws:iam::${ACCOUNT}:${resource}`;

const reference = serviceReference();
const now = snapshot({}).collectedAt;
const methods = escalationMethods.filter(({ id }) =>
  /^(?:iam-0\d\d|sts-001|lambda-00[1346]|own-iam-(?:create|retag|set|put|edit|drop|mfa-on).*)$/.test(id),
);

const actions = fc.constantFrom(
  ['iam:CreateAccessKey'],
  ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'],
  ['iam:PassRole'],
  ['lambda:*'],
  ['sts:AssumeRole'],
  ['iam:PutUserPolicy', 'iam:PutRolePolicy'],
  ['iam:AttachRolePolicy'],
  ['iam:UpdateAssumeRolePolicy'],
  ['iam:AddUserToGroup'],
  ['iam:CreatePolicyVersion'],
  ['iam:SetDefaultPolicyVersion'],
  ['iam:DeleteUserPermissionsBoundary', 'iam:DeleteRolePermissionsBoundary'],
  ['iam:DeleteUserPolicy', 'iam:TagUser', 'iam:TagRole'],
  ['iam:*'],
  ['s3:GetObject'],
  ['*'],
);
const resources = fc.constantFrom(
  '*',
  '*',
  arn('role/*'),
  arn('role/r0'),
  arn('role/r1'),
  arn('user/u0'),
  arn('user/${aws:username}'),
  arn('policy/own'),
  `arn:aws:lambda:*:${ACCOUNT}:function:dev-*`,
);
const conditions = fc.constantFrom(
  undefined,
  undefined,
  undefined,
  { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  { StringEquals: { 'aws:PrincipalTag/team': 'red' } },
  { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
  { StringEquals: { 'aws:ResourceTag/team': 'red' } },
);
const statement = fc
  .record({ deny: fc.integer({ min: 0, max: 7 }), actions, resources, conditions })
  .map(({ deny, actions: Action, resources: Resource, conditions: Condition }) => ({
    Effect: deny === 0 ? 'Deny' : 'Allow',
    Action,
    Resource,
    ...(Condition && { Condition }),
  }));
const document = fc
  .array(statement, { minLength: 1, maxLength: 3 })
  .map((Statement) => ({ Version: '2012-10-17', Statement }));
const trust = fc.constantFrom(
  trusts({ Service: 'lambda.amazonaws.com' }),
  trusts({ AWS: arn('root') }),
  trusts({ AWS: arn('user/u0') }),
  trusts({ AWS: arn('user/u1') }, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
  trusts({ Service: 'ec2.amazonaws.com' }),
);
const tags = fc.constantFrom({}, { team: 'red' }, { team: 'blue' });
const principal = fc.record({
  document,
  bounded: fc.nat(5),
  holdsOwn: fc.boolean(),
  inGroup: fc.boolean(),
  tags,
  trust,
});

const account = fc
  .record({
    users: fc.array(principal, { minLength: 2, maxLength: 3 }),
    roles: fc.array(principal, { minLength: 2, maxLength: 3 }),
    own: document,
    older: document,
    ceiling: document,
    ofGroup: document,
  })
  .map(({ users, roles, own, older, ceiling, ofGroup }): AccountSnapshot => {
    const policies = {
      own: managedPolicy('own', own, { olderVersions: [older] }),
      ceiling: managedPolicy('ceiling', ceiling),
    };
    const parts = (each: (typeof users)[number]) => ({
      inlinePolicies: { p: each.document },
      attachedManagedPolicies: each.holdsOwn ? [policies.own] : [],
      permissionsBoundary: each.bounded === 0 ? policies.ceiling : null,
      tags: each.tags,
    });
    return snapshot({
      managedPolicies: [policies.own, policies.ceiling],
      groups: [group('g', { inlinePolicies: { p: ofGroup } })],
      users: users.map((each, index) => user(`u${index}`, { ...parts(each), groups: each.inGroup ? ['g'] : [] })),
      roles: roles.map((each, index) => role(`r${index}`, { ...parts(each), trustPolicy: each.trust })),
    });
  });

const found = (of: AccountSnapshot): Readonly<Record<string, Reach>> => {
  const access = createAccountAccess(of, reference, now);
  const { paths } = searchPaths(createSearchContext(of, access, reference), methods);
  return Object.fromEntries(
    [...of.users, ...of.roles].map((each): [string, Reach] => {
      if (access.unlimited(each) === 'yes') return [each.arn, 'administrator'];
      const own = [...(paths.get(each)?.values() ?? [])];
      return [each.arn, own.some(isUnconditional) ? 'certain' : own.length > 0 ? 'conditional' : 'none'];
    }),
  );
};

it('finds who can become administrator as trying everything on everybody does', () => {
  fc.assert(
    fc.property(account, (of) => {
      expect(found(of)).toEqual(naiveEscalations(of, methods, reference, now));
    }),
    { numRuns: RUNS },
  );
}, 0);
