import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createCheckTools } from '../../src/analyze/check-tools.ts';
import type { Door } from '../../src/analyze/escalation/across-accounts/door.ts';
import { isUnconditional } from '../../src/analyze/escalation/escalation-path.ts';
import { findDoors, findDoorsAmong } from '../../src/analyze/find-doors.ts';
import { openAccount } from '../../src/analyze/open-account.ts';
import { serviceReference } from '../../src/reference/service-reference.ts';
import type { AccountSnapshot } from '../../src/snapshot/account-snapshot.ts';
import type { Organization } from '../../src/snapshot/organization.ts';
import { allow, policyDocument } from '../../src/snapshot/testing/policy-builder.ts';
import { resource } from '../../src/snapshot/testing/resource-builder.ts';
import { role, snapshot, user } from '../../src/snapshot/testing/snapshot-builder.ts';
import { naiveDecide } from '../naive/naive-evaluator.ts';

const RUNS = Number(process.env['VIGIL_PROPERTY_RUNS'] ?? 150);
const [HERE, SECOND, THIRD] = ['123456789012', '222222222222', '333333333333'] as const;
const ACCOUNTS: readonly string[] = [HERE, SECOND, THIRD];
const arnOf = (account: string, name: string): string => `arn:aws:iam::${account}:${name}`;

const reference = serviceReference();
const search = { reference, crownJewels: [] };
const now = snapshot({}).collectedAt;

const roleNames = fc.constantFrom('role/r0', 'role/r1');
const accounts = fc.constantFrom(...ACCOUNTS);
const roleArns = fc.tuple(accounts, roleNames).map(([account, name]) => arnOf(account, name));
const functionIn = (account: string): string => `arn:aws:lambda:us-east-1:${account}:function:f`;
const granted = fc.oneof(
  roleArns,
  roleArns,
  accounts.map(functionIn),
  fc.constantFrom('*', `arn:aws:iam::*:role/r1`, arnOf(SECOND, 'role/*'), 'arn:aws:lambda:*:*:function:*'),
);
const trusted = fc.oneof(
  accounts.map((account) => arnOf(account, 'root')),
  accounts.map((account) => arnOf(account, 'root')),
  roleArns,
  fc.constantFrom('*', arnOf(HERE, 'user/u0')),
);
const RED = { StringEquals: { 'aws:PrincipalTag/team': 'red' } };
const whom = fc.tuple(trusted, fc.constantFrom(undefined, undefined, RED));
const BY_LAMBDA = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
const roleParts = fc.record({
  trustPolicy: whom.map(([AWS, Condition = {}]) => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole', Condition }, BY_LAMBDA],
  })),
  grants: fc.option(granted, { nil: null }),
  owner: fc.boolean(),
  red: fc.boolean(),
});
const userParts = fc.record({ grants: granted, red: fc.boolean() });
type Held = { readonly grants: string | null; readonly owner?: boolean };

/** What a principal of the accounts is: of its policies one statement. */
interface Person {
  readonly arn: string;
  readonly account: string;
  readonly policy: unknown;
  readonly owner: boolean;
  readonly red: boolean;
  /** Null: a user, whom nobody assumes. */
  readonly trustPolicy: unknown;
}

const policyOf = ({ grants, owner = false }: Held): unknown => {
  if (owner) return allow('*');
  if (grants === null) return allow('s3:GetObject');
  return allow(grants.includes(':lambda:') ? TAKING : 'sts:AssumeRole', grants);
};

/** What makes of a function's role whoever may do both. */
const TAKING = ['lambda:UpdateFunctionCode', 'lambda:InvokeFunction'];

const SCP = (stopped: string) => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Deny', Action: 'sts:AssumeRole', Resource: stopped },
});

const world = fc.record({
  users: fc.tuple(userParts, userParts),
  roles: fc.tuple(...ACCOUNTS.map(() => fc.tuple(roleParts, roleParts))),
  /** Whom the function of each account, which runs as its first role, lets in beside. */
  functions: fc.tuple(
    ...ACCOUNTS.map(() =>
      whom.map(([AWS, Condition = {}]) => ({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Principal: { AWS }, Action: TAKING, Resource: '*', Condition },
      })),
    ),
  ),
  /** What an SCP above the first account forbids to assume. */
  stopped: fc.option(roleArns, { nil: null, freq: 4 }),
});
type World = typeof world extends fc.Arbitrary<infer Value> ? Value : never;

const peopleOf = ({ users, roles }: World): readonly Person[] => [
  ...users.map((each, index) => ({
    arn: arnOf(HERE, `user/u${index}`),
    account: HERE,
    policy: policyOf(each),
    owner: false,
    red: each.red,
    trustPolicy: null,
  })),
  ...roles.flatMap((pair, at) => {
    const account = ACCOUNTS[at] ?? '';
    return pair.map((each, index) => {
      // Nobody is administrator of the first account, so that it is left only through doors.
      const owner = each.owner && account !== HERE;
      const policy = policyOf({ grants: each.grants, owner });
      return { ...each, arn: arnOf(account, `role/r${index}`), account, policy, owner };
    });
  }),
];

const organizationOf = (stopped: string): Organization => ({
  id: 'o-example001',
  managementAccountId: '999999999999',
  path: [
    {
      id: 'r-1',
      name: 'Root',
      scps: [allow('*'), SCP(stopped)].map((raw, index) => ({ name: `scp-${index}`, document: policyDocument(raw) })),
      rcps: [],
    },
  ],
});

const snapshotsOf = (people: readonly Person[], { stopped, functions }: World): readonly AccountSnapshot[] =>
  ACCOUNTS.map((accountId, at) => {
    const own = people.filter(({ account }) => account === accountId);
    const partsOf = ({ policy, red, trustPolicy }: Person) => ({
      accountId,
      inlinePolicies: { p: policy },
      tags: { team: red ? 'red' : 'blue' },
      ...(trustPolicy === null ? {} : { trustPolicy }),
    });
    const nameOf = ({ arn }: Person): string => arn.split('/')[1] ?? '';
    return snapshot({
      accountId,
      ...(accountId === HERE && stopped !== null ? { organization: organizationOf(stopped) } : {}),
      users: own.filter(({ trustPolicy }) => trustPolicy === null).map((each) => user(nameOf(each), partsOf(each))),
      roles: own.filter(({ trustPolicy }) => trustPolicy !== null).map((each) => role(nameOf(each), partsOf(each))),
      resources: [
        resource(functionIn(accountId), { roleArn: arnOf(accountId, 'role/r0'), policy: functions[at] ?? allow('*') }),
      ],
    });
  });

/** Whether both accounts let one make a request on something of the account of another. */
const mayAsk = (
  from: Person,
  action: string,
  on: { arn: string; account: string; policy: unknown },
  { stopped }: World,
) =>
  naiveDecide({
    request: {
      principalArn: from.arn,
      principalType: from.trustPolicy === null ? 'user' : 'role',
      action,
      resource: on.arn,
      resourceAccount: on.account,
      context: { 'aws:PrincipalTag/team': [from.red ? 'red' : 'blue'] },
    },
    identityPolicies: [{ name: 'p', document: from.policy }],
    resourcePolicy: on.policy,
    ...(from.account === HERE && stopped !== null
      ? {
          scps: [
            [
              { name: 'full', document: allow('*') },
              { name: 'stop', document: SCP(stopped) },
            ],
          ],
        }
      : {}),
  }) === 'Allowed';

const functionPolicy = (account: string, { functions }: World): unknown => functions[ACCOUNTS.indexOf(account)];

const mayBecome = (from: Person, to: Person, given: World): boolean => {
  const { arn, account, trustPolicy } = to;
  if (trustPolicy === null) return false;
  if (mayAsk(from, 'sts:AssumeRole', { arn, account, policy: trustPolicy }, given)) return true;
  const code = { arn: functionIn(account), account, policy: functionPolicy(account, given) };
  return arn.endsWith('/r0') && TAKING.every((action) => mayAsk(from, action, code, given));
};

/** The accounts, but for the first, whose administrator somebody can be, each account visited once. */
const reachedBy = (start: Person, people: readonly Person[], given: World): readonly string[] => {
  const reached = new Set<string>();
  const go = (from: Person, left: readonly string[], seen: readonly Person[]): void => {
    if (from.owner) reached.add(from.account);
    for (const to of people) {
      if (seen.includes(to) || left.includes(to.account)) continue;
      // An administrator is asked for what it may assume elsewhere itself, not for whom it could become first.
      if (to.account === from.account && from.owner) continue;
      if (!mayBecome(from, to, given)) continue;
      go(to, to.account === from.account ? left : [...left, from.account], [...seen, to]);
    }
  };
  go(start, [], [start]);
  return [...reached].sort();
};

/** The doors as found by a process that holds one account at a time, and makes it anew whenever it is asked for. */
const doorsOneByOne = async (people: readonly Person[], given: World): Promise<readonly Door[]> => {
  const open = async (accountId: string) => {
    const account = snapshotsOf(people, given).find((one) => one.accountId === accountId);
    return account === undefined ? null : openAccount(account, reference, now);
  };
  return (await findDoors(ACCOUNTS, open, search)).doors;
};

const told = (doors: readonly Door[]): string[] =>
  doors.map(({ arn, reaches, path }) => JSON.stringify([arn, reaches, path]));

it('tells who can become administrator of which other account, as trying every role and function from everywhere does', async () => {
  await fc.assert(
    fc.asyncProperty(world, async (given) => {
      const people = peopleOf(given);
      const snapshots = snapshotsOf(people, given);
      const neighbours = await findDoorsAmong(snapshots, search, () => now);
      expect(told(await doorsOneByOne(people, given))).toEqual(told(neighbours.doors));
      const [here] = snapshots;
      if (here === undefined) throw new Error('there are three accounts');
      const { ways } = createCheckTools(here, reference, now, [], neighbours).crossings().toAdministrator;
      for (const start of people.filter(({ account }) => account === HERE)) {
        const principal = [...here.users, ...here.roles].find(({ arn }) => arn === start.arn);
        const found = (principal && ways.get(principal)) ?? [];
        expect(found.map(({ reaches }) => reaches.account).sort(), start.arn).toEqual(reachedBy(start, people, given));
        for (const { path } of found) expect(isUnconditional(path)).toBe(true);
      }
    }),
    { numRuns: RUNS, seed: Number(process.env['VIGIL_PROPERTY_SEED'] ?? 20_261_122) },
  );
}, 600_000);
