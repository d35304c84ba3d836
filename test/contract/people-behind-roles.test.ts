import * as store from '@aws-sdk/client-identitystore';
import * as sso from '@aws-sdk/client-sso-admin';
import { expect, it } from 'vitest';
import { DEFAULT_CHECK_SETTINGS } from '../../src/analyze/testing/default-settings.ts';
import { type AuditOutcome, runAudit } from '../../src/audit/run-audit.ts';
import { createAwsSource } from '../../src/collect/aws-source.ts';
import type { Finding } from '../../src/finding/audit-report.ts';
import { loadServiceReference } from '../../src/reference/service-reference.ts';
import { clientOf, type RunningAccount, runningAccount } from '../emulator/running-account.ts';

const MANAGEMENT = '123456789012';
const MEMBER = '444455556666';

const ORGANIZATION = `
accounts:
  - { accountId: "${MANAGEMENT}" }
  - { accountId: "${MEMBER}" }
organization: { accounts: [{ accountId: "${MEMBER}" }] }
`;

/** A permission set that leads to administrator, assigned in the member account to a user and to a group of two. */
const furnish = async (account: RunningAccount): Promise<void> => {
  const client = clientOf(sso.SSOAdminClient, account);
  const directory = clientOf(store.IdentitystoreClient, account);
  const { InstanceArn } = await client.send(new sso.CreateInstanceCommand({}));
  const { Instances } = await client.send(new sso.ListInstancesCommand({}));
  const IdentityStoreId = Instances?.[0]?.IdentityStoreId;
  const user = async (UserName: string, DisplayName: string): Promise<string> =>
    (await directory.send(new store.CreateUserCommand({ IdentityStoreId, UserName, DisplayName }))).UserId ?? '';
  const [ann, bob] = [await user('ann', 'Ann Example'), await user('bob', 'bob')];
  const { GroupId } = await directory.send(new store.CreateGroupCommand({ IdentityStoreId, DisplayName: 'Helpdesk' }));
  for (const UserId of [ann, bob]) {
    const membership = { IdentityStoreId, GroupId, MemberId: { UserId } };
    await directory.send(new store.CreateGroupMembershipCommand(membership));
  }
  const { PermissionSet } = await client.send(new sso.CreatePermissionSetCommand({ InstanceArn, Name: 'Support' }));
  const set = { InstanceArn, PermissionSetArn: PermissionSet?.PermissionSetArn };
  const Action = ['iam:CreateUser', 'iam:CreateAccessKey', 'iam:AttachUserPolicy'];
  const InlinePolicy = JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource: '*' } });
  await client.send(new sso.PutInlinePolicyToPermissionSetCommand({ ...set, InlinePolicy }));
  for (const [PrincipalType, PrincipalId] of [
    ['USER', ann],
    ['GROUP', GroupId],
  ] as const) {
    const assignment = { ...set, TargetId: MEMBER, TargetType: 'AWS_ACCOUNT', PrincipalType, PrincipalId } as const;
    await client.send(new sso.CreateAccountAssignmentCommand(assignment));
  }
};

const audit = async (account: RunningAccount, accountIds: readonly string[]): Promise<AuditOutcome> => {
  const { endpoint: endpointUrl, clock } = account;
  const outcome = await runAudit({
    sources: accountIds.map((accessKeyId) =>
      createAwsSource({
        endpointUrl,
        region: 'eu-west-1',
        credentials: { accessKeyId, secretAccessKey: 'emulated' },
        clock,
        callsPerSecond: 10_000,
        lastAccessed: false,
        accessAnalyzer: false,
      }),
    ),
    clock,
    reference: loadServiceReference,
    checkSettings: DEFAULT_CHECK_SETTINGS,
    frameworks: [],
    vigilVersion: '0.0.0',
    progress: { phase: () => {}, step: () => {} },
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
};

const escalationOf = ({ report }: AuditOutcome): Finding | undefined =>
  report.findings.find(
    ({ checkId, accountId }) => checkId === 'principal-can-become-administrator' && accountId === MEMBER,
  );

it('a finding of a member account names the people whom the management account knows', {
  timeout: 60_000,
}, async () => {
  const account = await runningAccount(ORGANIZATION);
  await furnish(account);
  const both = await audit(account, [MANAGEMENT, MEMBER]);
  expect(escalationOf(both)?.subject.arn).toContain(
    ':role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Support_',
  );
  expect(escalationOf(both)?.people).toEqual({
    permissionSet: 'Support',
    unknown: null,
    users: ['Ann Example (ann)'],
    moreUsers: 0,
    groups: [{ name: 'Helpdesk', members: ['Ann Example (ann)', 'bob'], moreMembers: 0 }],
    moreGroups: 0,
  });
  const ofSet = both.report.findings.filter(({ subject }) => subject.type === 'PermissionSet');
  expect(ofSet.map(({ checkId, accountId }) => [checkId, accountId]).sort()).toEqual([
    ['permission-set-assigned-to-users', MANAGEMENT],
    ['permission-set-can-become-administrator', MANAGEMENT],
  ]);

  const alone = await audit(account, [MEMBER]);
  expect(escalationOf(alone)?.people).toMatchObject({ permissionSet: 'Support', users: [], groups: [] });
  expect(escalationOf(alone)?.people?.unknown).toMatch(/^no account of this audit is told that; audit the management/);
  expect(alone.report.accounts.map(({ complete }) => complete)).toEqual([true]);
});
