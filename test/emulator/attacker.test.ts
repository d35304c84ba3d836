import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createAccountAccess } from '../../src/access/account-access.ts';
import { findPrincipals } from '../../src/access/find-principals.ts';
import { accountToDocuments } from '../../src/account/account-documents.ts';
import type { AccountState } from '../../src/account/account-state.ts';
import { createAuthorizer } from '../../src/account/authorizer.ts';
import { callBy, cloudOfFiles, NOW, sessionOf } from '../../src/account/testing/cloud-of-file.ts';
import { createPolicyInterner } from '../../src/policy/policy-interner.ts';
import { loadServiceReference } from '../../src/reference/service-reference.ts';
import { assembleSnapshot } from '../../src/snapshot/assemble-snapshot.ts';

// A scripted attacker with a limited key is refused exactly where `vigil can` says so: the emulator decides calls by its
// own state and their input, `vigil can` questions about a snapshot of the same account.

const reference = await loadServiceReference();
const arn = (resource: string): string => `arn:aws:iam::123456789012:${resource}`;

const NAMES = ['alice', 'bob', 'carol'] as const;

/** A call, and the question that it puts to `vigil can`. */
interface Attempt {
  readonly operation: string;
  readonly input: object;
  readonly resource: string;
  readonly context?: Record<string, string>;
}

const user = fc.constantFrom(...NAMES);
const userArn = (name: string): string => arn(`user/${name === 'carol' ? 'ops/' : ''}${name}`);
const policyArn = fc.constantFrom(arn('policy/one'), arn('policy/two'), 'arn:aws:iam::aws:policy/AdministratorAccess');

const attempt: fc.Arbitrary<Attempt> = fc.oneof(
  fc
    .record({
      operation: fc.constantFrom(
        'iam:GetUser',
        'iam:DeleteUser',
        'iam:CreateAccessKey',
        'iam:CreateLoginProfile',
        'iam:ListAccessKeys',
        'iam:PutUserPolicy',
        'iam:DeleteUserPolicy',
        'iam:ListUserTags',
      ),
      name: user,
    })
    .map(({ operation, name }) => ({ operation, input: { UserName: name }, resource: userArn(name) })),
  fc
    .record({
      operation: fc.constantFrom('iam:AttachUserPolicy', 'iam:DetachUserPolicy'),
      name: user,
      policy: policyArn,
    })
    .map(({ operation, name, policy }) => ({
      operation,
      input: { UserName: name, PolicyArn: policy },
      resource: userArn(name),
      context: { 'iam:PolicyARN': policy },
    })),
  fc
    .record({
      operation: fc.constantFrom('iam:GetRole', 'iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy', 'iam:DeleteRole'),
      name: fc.constantFrom('deploy', 'admin'),
    })
    .map(({ operation, name }) => ({ operation, input: { RoleName: name }, resource: arn(`role/${name}`) })),
  fc
    .record({
      operation: fc.constantFrom('iam:CreatePolicyVersion', 'iam:GetPolicy', 'iam:SetDefaultPolicyVersion'),
      policy: policyArn,
    })
    .map(({ operation, policy }) => ({ operation, input: { PolicyArn: policy }, resource: policy })),
  fc
    .record({ operation: fc.constantFrom('iam:AddUserToGroup', 'iam:PutGroupPolicy', 'iam:GetGroup'), name: user })
    .map(({ operation, name }) => ({
      operation,
      input: { GroupName: 'staff', UserName: name },
      resource: arn('group/staff'),
    })),
  fc
    .constantFrom(
      'iam:ListUsers',
      'iam:ListRoles',
      'iam:GetAccountSummary',
      'iam:GenerateCredentialReport',
      'iam:ListPolicies',
    )
    .map((operation) => ({ operation, input: {}, resource: '*' })),
  fc.record({ name: fc.constantFrom('deploy', 'admin') }).map(({ name }) => ({
    operation: 'sts:AssumeRole',
    input: { RoleArn: arn(`role/${name}`), RoleSessionName: 'me' },
    resource: arn(`role/${name}`),
    context: { 'sts:RoleSessionName': 'me' },
  })),
);

const action = fc.constantFrom(
  '*',
  'iam:*',
  'iam:Get*',
  'iam:List*',
  'iam:*User*',
  'iam:*Role*',
  'iam:*Policy*',
  'iam:CreateAccessKey',
  'iam:AttachUserPolicy',
  'sts:*',
  'sts:AssumeRole',
  's3:*',
);
const resource = fc.constantFrom(
  '*',
  arn('*'),
  arn('user/*'),
  arn('user/ops/*'),
  arn('user/${aws:username}'),
  arn('role/d*'),
  arn('policy/one'),
  arn('group/*'),
);
const condition = fc.constantFrom(
  {},
  {},
  {},
  { StringEquals: { 'aws:ResourceTag/team': 'red' } },
  { StringNotEquals: { 'aws:PrincipalTag/team': 'red' } },
  { ArnEquals: { 'iam:PolicyARN': arn('policy/one') } },
  { StringEqualsIfExists: { 'aws:username': 'alice' } },
  { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } },
);
const statement = fc.record({
  Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
  Action: fc.array(action, { minLength: 1, maxLength: 2 }),
  Resource: resource,
  Condition: condition,
});
const document = fc
  .array(statement, { minLength: 1, maxLength: 3 })
  .map((Statement) => JSON.stringify({ Version: '2012-10-17', Statement }));
const trust = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    Principal: fc.constantFrom({ AWS: '123456789012' }, { AWS: userArn('alice') }, { AWS: arn('role/deploy') }),
    Condition: fc.constantFrom({}, { StringEquals: { 'sts:RoleSessionName': 'me' } }),
  })
  .map((given) => JSON.stringify({ Version: '2012-10-17', Statement: { ...given, Action: 'sts:AssumeRole' } }));

const account = fc
  .record({
    one: document,
    two: document,
    inline: document,
    group: document,
    role: document,
    trusts: fc.tuple(trust, trust),
    bounded: fc.boolean(),
  })
  .map(
    ({ one, two, inline, group, role, trusts, bounded }) => `
policies: [{ policyName: one, document: ${one} }, { policyName: two, tags: { team: red }, document: ${two} }]
groups: [{ groupName: staff, inlinePolicies: [{ policyName: g, document: ${group} }] }]
users:
  - { userName: alice, groups: [staff], tags: { team: red }, inlinePolicies: [{ policyName: i, document: ${inline} }]${bounded ? ', permissionsBoundary: two' : ''} }
  - { userName: bob, attachedPolicies: [one], tags: { team: blue } }
  - { userName: carol, path: /ops/, groups: [staff], attachedPolicies: [two] }
roles:
  - { roleName: deploy, tags: { team: red }, assumeRolePolicyDocument: ${trusts[0]}, inlinePolicies: [{ policyName: r, document: ${role} }] }
  - { roleName: admin, assumeRolePolicyDocument: ${trusts[1]}, attachedPolicies: [AdministratorAccess] }
`,
  );

/** What every call of the attacker is like, beside what it asks for. */
const SURROUNDINGS = {
  'aws:MultiFactorAuthPresent': null,
  'aws:SourceIp': '127.0.0.1',
  'aws:TokenIssueTime': null,
};

/** What a session has beside. */
const SESSION = { 'aws:TokenIssueTime': NOW, 'aws:MultiFactorAuthPresent': 'false', 'aws:userid': 'x:session' };

/** `vigil can` knows the tags of users and roles alone. */
const policyTags = (on: string): Record<string, string | null> => {
  if (/:(?:user|role)\//.test(on)) return {};
  return { 'aws:ResourceTag/team': on === arn('policy/two') ? 'red' : null };
};

const isRole = (who: string): boolean => who === 'deploy';

/** What `vigil can` says about an account. */
const questionsTo = (state: AccountState) => {
  const snapshot = assembleSnapshot(accountToDocuments(state, NOW), createPolicyInterner());
  if (!snapshot.ok) throw new Error(JSON.stringify(snapshot.error));
  const access = createAccountAccess(snapshot.value, reference, NOW);
  return (who: string, { operation, resource: on, context = {} }: Attempt): string => {
    const [principal] = findPrincipals(snapshot.value, `${isRole(who) ? 'role' : 'user'}/${who}`);
    if (principal === undefined) throw new Error(`nobody is ${who}`);
    const known = { ...SURROUNDINGS, ...(isRole(who) ? SESSION : {}), 'iam:PolicyARN': null, ...context };
    return access.canPerform(principal, operation, on, { ...known, ...policyTags(on) }).kind;
  };
};

it('an attacker with a limited key is refused exactly where `vigil can` says so', () => {
  const seen = { allowed: 0, denied: 0 };
  const authorize = createAuthorizer(reference);
  const attempts = fc.array(fc.tuple(fc.constantFrom(...NAMES, 'deploy'), attempt), { minLength: 10, maxLength: 20 });
  fc.assert(
    fc.property(account, attempts, (file, tried) => {
      const cloud = cloudOfFiles(file);
      const can = [...cloud.accounts.values()].map(questionsTo)[0];
      for (const [who, each] of tried) {
        const call = callBy(isRole(who) ? { kind: 'role', nameKey: who, session: sessionOf() } : who);
        const allowed = authorize(cloud, each.operation, each.input, call).ok;
        const expected: unknown = allowed ? 'allowed' : expect.stringMatching(/^(?:ex|im)plicitDeny$/);
        expect({ who, ...each, can: can?.(who, each) }).toEqual({ who, ...each, can: expected });
        seen[allowed ? 'allowed' : 'denied'] += 1;
      }
    }),
    { numRuns: 300, seed: 7 },
  );
  // Neither answer is rare.
  expect(Math.min(seen.allowed, seen.denied)).toBeGreaterThan(500);
});
