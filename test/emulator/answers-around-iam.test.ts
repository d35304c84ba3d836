import { describe, expect, it } from 'vitest';
import { emptyAccount } from '../../src/account/account-edits.ts';
import type { Call } from '../../src/account/call.ts';
import { type CloudState, cloudOf } from '../../src/account/cloud-state.ts';
import { operations } from '../../src/account/operations.ts';
import { awsService } from '../../src/emulator/wire/aws-service.ts';
import type { AccountId } from '../../src/iam/account-id.ts';
import type { Instant } from '../../src/kernel/time.ts';
import { misfits } from './misfits.ts';

const call: Call = {
  account: { accountId: '123456789012' as AccountId, partition: 'aws' },
  caller: { kind: 'root' },
  now: '2026-01-31T12:00:00Z' as Instant,
  // Every id that is made of chance is the same, so that the inputs below can name it.
  random: (size) => new Uint8Array(size),
  accessKeyId: 'AKIA2345ABCDEFGHIJKL',
  region: 'eu-west-1',
  sourceIp: '127.0.0.1',
};

type Step = readonly [operation: string, input: object];

const SCP = '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}';

/** For each service, calls of all its operations one after the other, each with an input that makes its answer full. */
const scripts: Readonly<Record<string, readonly Step[]>> = {
  organizations: [
    ['CreateOrganization', {}],
    ['DescribeOrganization', {}],
    ['ListRoots', {}],
    ['CreateAccount', { Email: 'a@example.com', AccountName: 'a', Tags: [{ Key: 'a', Value: 'b' }] }],
    ['DescribeCreateAccountStatus', { CreateAccountRequestId: `car-${'a'.repeat(32)}` }],
    ['ListCreateAccountStatus', {}],
    ['DescribeAccount', { AccountId: '000000000000' }],
    ['ListAccounts', {}],
    ['CreateOrganizationalUnit', { ParentId: 'r-aaaa', Name: 'u' }],
    ['DescribeOrganizationalUnit', { OrganizationalUnitId: 'ou-aaaa-aaaaaaaa' }],
    ['UpdateOrganizationalUnit', { OrganizationalUnitId: 'ou-aaaa-aaaaaaaa', Name: 'v' }],
    ['MoveAccount', { AccountId: '000000000000', SourceParentId: 'r-aaaa', DestinationParentId: 'ou-aaaa-aaaaaaaa' }],
    ['ListAccountsForParent', { ParentId: 'ou-aaaa-aaaaaaaa' }],
    ['ListOrganizationalUnitsForParent', { ParentId: 'r-aaaa' }],
    ['ListChildren', { ParentId: 'r-aaaa', ChildType: 'ACCOUNT' }],
    ['ListParents', { ChildId: '000000000000' }],
    ['EnablePolicyType', { RootId: 'r-aaaa', PolicyType: 'SERVICE_CONTROL_POLICY' }],
    ['CreatePolicy', { Content: SCP, Description: 'd', Name: 'n', Type: 'SERVICE_CONTROL_POLICY' }],
    ['DescribePolicy', { PolicyId: 'p-aaaaaaaa' }],
    ['UpdatePolicy', { PolicyId: 'p-aaaaaaaa', Description: 'e' }],
    ['ListPolicies', { Filter: 'SERVICE_CONTROL_POLICY' }],
    ['AttachPolicy', { PolicyId: 'p-aaaaaaaa', TargetId: '000000000000' }],
    ['ListPoliciesForTarget', { TargetId: '000000000000', Filter: 'SERVICE_CONTROL_POLICY' }],
    ['ListTargetsForPolicy', { PolicyId: 'p-FullAWSAccess' }],
    ['DetachPolicy', { PolicyId: 'p-aaaaaaaa', TargetId: '000000000000' }],
    ['TagResource', { ResourceId: 'p-aaaaaaaa', Tags: [{ Key: 'a', Value: 'b' }] }],
    ['ListTagsForResource', { ResourceId: 'p-aaaaaaaa' }],
    ['UntagResource', { ResourceId: 'p-aaaaaaaa', TagKeys: ['a'] }],
    ['DeletePolicy', { PolicyId: 'p-aaaaaaaa' }],
    ['DisablePolicyType', { RootId: 'r-aaaa', PolicyType: 'SERVICE_CONTROL_POLICY' }],
    ['EnableAWSServiceAccess', { ServicePrincipal: 'config.amazonaws.com' }],
    ['ListAWSServiceAccessForOrganization', {}],
    ['RegisterDelegatedAdministrator', { AccountId: '000000000000', ServicePrincipal: 'config.amazonaws.com' }],
    ['ListDelegatedAdministrators', {}],
    ['ListDelegatedServicesForAccount', { AccountId: '000000000000' }],
    ['DeregisterDelegatedAdministrator', { AccountId: '000000000000', ServicePrincipal: 'config.amazonaws.com' }],
    ['DisableAWSServiceAccess', { ServicePrincipal: 'config.amazonaws.com' }],
    ['PutResourcePolicy', { Content: SCP }],
    ['DescribeResourcePolicy', {}],
    ['DeleteResourcePolicy', {}],
    ['CloseAccount', { AccountId: '000000000000' }],
    ['RemoveAccountFromOrganization', { AccountId: '000000000000' }],
    ['DeleteOrganizationalUnit', { OrganizationalUnitId: 'ou-aaaa-aaaaaaaa' }],
    ['DeleteOrganization', {}],
  ],
};

/** Those that the script's account cannot call with success. */
const NOT_FOR_THIS_ACCOUNT = ['organizations:LeaveOrganization'];

describe('the operations of a service around IAM', () => {
  it('are called in this test, each of them', () => {
    const called = Object.entries(scripts).flatMap(([service, steps]) => steps.map(([name]) => `${service}:${name}`));
    const there = [...operations.keys()].filter((name) => !/^(?:iam|sts):/.test(name));
    expect([...new Set([...called, ...NOT_FOR_THIS_ACCOUNT])].sort()).toEqual(there.sort());
  });

  it.each(Object.keys(scripts))('answer what AWS’s model of them knows: %s', async (service) => {
    const shapes = (await awsService(service))?.operations;
    let cloud: CloudState = cloudOf(emptyAccount(call.account, call.now));
    for (const [name, input] of scripts[service] ?? []) {
      const outcome = operations.get(`${service}:${name}`)?.run(cloud, input, call);
      const output = shapes?.get(name)?.output;
      if (output === undefined || outcome?.ok !== true) throw new Error(`${name} gave ${JSON.stringify(outcome)}`);
      expect(misfits(output, outcome.value.answer, name)).toEqual([]);
      cloud = outcome.value.cloud;
    }
  });
});
