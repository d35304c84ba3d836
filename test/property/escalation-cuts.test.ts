import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAccountAccess } from '../../src/access/account-access.ts';
import { createCheckTools } from '../../src/analyze/check-tools.ts';
import { applyCut } from '../../src/analyze/escalation/cut-apply.ts';
import { createEscalationFinder } from '../../src/analyze/escalation/find-escalation.ts';
import { proposeCuts } from '../../src/analyze/escalation/propose-cuts.ts';
import type { CutChange, EscalationCut } from '../../src/finding/escalation-cut.ts';
import { loadServiceReference } from '../../src/reference/service-reference.ts';
import type { AccountSnapshot } from '../../src/snapshot/account-snapshot.ts';
import { at, TEST_TIME } from '../../src/snapshot/testing/collected-builder.ts';
import { allow, trusts } from '../../src/snapshot/testing/policy-builder.ts';
import { group, managedPolicy, role, snapshot, user } from '../../src/snapshot/testing/snapshot-builder.ts';

const numRuns = Math.ceil(Number(process.env['VIGIL_PROPERTY_RUNS'] ?? 3_000) / 100);
const reference = await loadServiceReference();
const now = at(TEST_TIME);

const ACTIONS = [
  'iam:PutUserPolicy',
  'iam:PutRolePolicy',
  'iam:AttachUserPolicy',
  'iam:CreateAccessKey',
  'iam:CreatePolicyVersion',
  'iam:AddUserToGroup',
  'iam:UpdateAssumeRolePolicy',
  'iam:Attach*',
  'iam:PassRole',
  'lambda:*',
  'sts:AssumeRole',
  's3:GetObject',
];
const arnOf = (name: string): string => `arn:aws:iam::123456789012:${name}`;
const RESOURCES = ['*', ...['user/a', 'user/b', 'role/r', 'role/admin', 'group/g'].map(arnOf)];

const document = fc
  .array(fc.tuple(fc.subarray(ACTIONS, { minLength: 1, maxLength: 3 }), fc.constantFrom(...RESOURCES)), {
    minLength: 1,
    maxLength: 2,
  })
  .map((statements) => ({
    Version: '2012-10-17',
    Statement: statements.flatMap(([action, resource]) => allow(action, resource).Statement),
  }));
const documents = fc
  .array(document, { maxLength: 2 })
  .map((all) => Object.fromEntries(all.map((each, index) => [`p${index}`, each])));

/** Small accounts in which users and roles hold dangerous grants, some of them by a group or a shared policy. */
const accountArbitrary = fc
  .record({
    ofA: documents,
    ofB: documents,
    ofRole: documents,
    ofGroup: documents,
    shared: document,
    awsManaged: fc.boolean(),
    trusted: fc.constantFrom({ AWS: '123456789012' }, { AWS: arnOf('user/a') }, { Service: 'lambda.amazonaws.com' }),
  })
  .map(({ ofA, ofB, ofRole, ofGroup, shared, awsManaged, trusted }): AccountSnapshot => {
    const everything = managedPolicy('AdministratorAccess', allow('*'), { awsManaged: true });
    const policy = managedPolicy('shared', shared, { awsManaged });
    return snapshot({
      managedPolicies: [everything, policy],
      users: [
        user('a', { inlinePolicies: ofA, groups: ['g'] }),
        user('b', { inlinePolicies: ofB, attachedManagedPolicies: [policy] }),
      ],
      groups: [group('g', { inlinePolicies: ofGroup })],
      roles: [
        role('r', { inlinePolicies: ofRole, attachedManagedPolicies: [policy], trustPolicy: trusts(trusted) }),
        role('admin', { attachedManagedPolicies: [everything], trustPolicy: trusts(trusted) }),
      ],
    });
  });

const escalating = (account: AccountSnapshot) => {
  const escalationOf = createEscalationFinder(account, createAccountAccess(account, reference, now), reference);
  return [...account.users, ...account.roles].filter((principal) => escalationOf(principal).kind === 'found');
};

const cutsOf = (account: AccountSnapshot) => {
  const tools = createCheckTools(account, reference, now);
  const open = [...account.users, ...account.roles].flatMap((principal) => {
    const answer = tools.escalationOf(principal);
    return answer.kind === 'found' ? [[principal.arn, answer.paths] as const] : [];
  });
  return proposeCuts(new Map(open), { account, ...tools });
};

test('a cut leaves those whom it closes no path, opens none for others, and takes from nobody what it does not say', () => {
  fc.assert(
    fc.property(accountArbitrary, (account) => {
      const before = new Set<string>(escalating(account).map(({ arn }) => arn));
      const { best, of } = cutsOf(account);
      expect([...of.keys()].filter((arn) => !before.has(arn))).toEqual([]);
      for (const cut of best.filter(({ verified }) => verified === 'alone')) {
        const changed = applyCut(account, cut.changes);
        const after = escalating(changed).map(({ arn }) => arn);
        expect(after.filter((arn) => cut.closes.includes(arn))).toEqual([]);
        expect(after.filter((arn) => !before.has(arn))).toEqual([]);
        for (const [action, resource] of lost(account, changed)) expect(says(cut, action, resource)).toBe(true);
      }
      const all = applyCut(
        account,
        best.flatMap(({ changes }) => changes),
      );
      expect(escalating(all).filter(({ arn }) => of.has(arn))).toEqual([]);
    }),
    { numRuns, seed: 20_261_122 },
  );
});

/** Requests on things of the account that somebody could make before and can make no more. */
const lost = (before: AccountSnapshot, after: AccountSnapshot): readonly (readonly [string, string])[] => {
  const known = createAccountAccess(before, reference, now);
  const left = createAccountAccess(after, reference, now);
  const asked = ACTIONS.map((action) =>
    action.replace('iam:Attach*', 'iam:AttachRolePolicy').replace('*', 'InvokeFunction'),
  );
  return [...before.users, ...before.roles].flatMap((self) => {
    const same = [...after.users, ...after.roles].find(({ arn }) => arn === self.arn) ?? self;
    return asked.flatMap((action) =>
      RESOURCES.slice(1).flatMap((resource) =>
        known.canPerform(self, action, resource).kind === 'allowed' &&
        left.canPerform(same, action, resource).kind !== 'allowed'
          ? [[action, resource] as const]
          : [],
      ),
    );
  });
};

/** Whether a cut says that it takes an action on a resource; a whole statement or policy, or what a boundary denies, does. */
const says = ({ changes }: EscalationCut, action: string, resource: string): boolean =>
  changes.some((change) => isTaken(change, action, resource));

const isTaken = (change: CutChange, action: string, resource: string): boolean => {
  switch (change.kind) {
    case 'remove-actions':
      return change.actions.some((pattern) => matches(pattern, action));
    case 'add-deny':
      return change.actions.includes(action) && ['*', resource].some((each) => change.resources.includes(each));
    case 'set-boundary':
      return change.denies.includes(action);
    case 'remove-statement':
    case 'detach-policy':
      return true;
  }
};

const matches = (pattern: string, action: string): boolean =>
  pattern === action || (pattern.endsWith('*') && action.startsWith(pattern.slice(0, -1)));
