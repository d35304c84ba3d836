import { GetRoleCommand } from '@aws-sdk/client-iam';
import * as organizations from '@aws-sdk/client-organizations';
import { describe, expect, it } from 'vitest';
import { clientOf, runningAccount } from './running-account.ts';

const { OrganizationsClient } = organizations;

const OTHER = '444455556666';

/** The management account of an organization, and an account that is in none. */
const twoAccounts = async (organization = '{}', rest = '') => {
  const account = await runningAccount(`
accounts:
  - { accountId: "123456789012", alias: acme }
  - { accountId: "${OTHER}", alias: other }
${rest}
organization: ${organization}
`);
  const client = clientOf(OrganizationsClient, account);
  const other = clientOf(OrganizationsClient, account, OTHER);
  const invite = (Target: organizations.HandshakeParty = { Id: OTHER, Type: 'ACCOUNT' }) =>
    client.send(new organizations.InviteAccountToOrganizationCommand({ Target, Notes: 'join us' }));
  return { account, client, other, invite };
};

describe('an invitation to an organization', () => {
  it('is told to both sides as AWS tells it', async () => {
    const { client, other, invite } = await twoAccounts('{ organizationId: o-exampleorg1 }');
    const { Handshake } = await invite();
    expect(Handshake).toEqual({
      Id: expect.stringMatching(/^h-[0-9a-z]{32}$/),
      Arn: `arn:aws:organizations::123456789012:handshake/o-exampleorg1/invite/${Handshake?.Id}`,
      Parties: [
        { Id: 'o-exampleorg1', Type: 'ORGANIZATION' },
        { Id: OTHER, Type: 'ACCOUNT' },
      ],
      State: 'OPEN',
      RequestedTimestamp: new Date('2026-01-31T12:00:00Z'),
      ExpirationTimestamp: new Date('2026-02-15T12:00:00Z'),
      Action: 'INVITE',
      Resources: [
        {
          Value: 'o-exampleorg1',
          Type: 'ORGANIZATION',
          Resources: [
            { Value: 'acme@example.com', Type: 'MASTER_EMAIL' },
            { Value: 'acme', Type: 'MASTER_NAME' },
            { Value: 'ALL', Type: 'ORGANIZATION_FEATURE_SET' },
          ],
        },
        { Value: OTHER, Type: 'ACCOUNT' },
        { Value: 'join us', Type: 'NOTES' },
      ],
    });
    const HandshakeId = Handshake?.Id;
    for (const side of [client, other]) {
      const described = await side.send(new organizations.DescribeHandshakeCommand({ HandshakeId }));
      expect(described.Handshake).toEqual(Handshake);
    }
    const toAccount = await other.send(new organizations.ListHandshakesForAccountCommand({}));
    expect(toAccount.Handshakes).toEqual([Handshake]);
    const toOrganization = await client.send(
      new organizations.ListHandshakesForOrganizationCommand({ Filter: { ActionType: 'INVITE' } }),
    );
    expect(toOrganization.Handshakes).toEqual([Handshake]);
    expect((await client.send(new organizations.ListHandshakesForAccountCommand({}))).Handshakes).toEqual([]);
  });

  it('makes the account that accepts it a member under the root, with its role, until it leaves', async () => {
    const { account, client, other, invite } = await twoAccounts();
    const { Handshake } = await invite({ Id: 'other@example.com', Type: 'EMAIL' });
    const accept = new organizations.AcceptHandshakeCommand({ HandshakeId: Handshake?.Id });
    expect((await other.send(accept)).Handshake).toEqual({ ...Handshake, State: 'ACCEPTED' });
    await expect(other.send(accept)).rejects.toMatchObject({ name: 'HandshakeAlreadyInStateException' });
    const { Accounts } = await client.send(new organizations.ListAccountsCommand({}));
    expect(Accounts?.map(({ Id, Email, JoinedMethod, Status }) => [Id, Email, JoinedMethod, Status])).toEqual([
      ['123456789012', 'acme@example.com', 'INVITED', 'ACTIVE'],
      [OTHER, 'other@example.com', 'INVITED', 'ACTIVE'],
    ]);
    const RoleName = 'AWSServiceRoleForOrganizations';
    expect((await account.as(OTHER).iam.send(new GetRoleCommand({ RoleName }))).Role?.RoleName).toBe(RoleName);
    await expect(invite()).rejects.toMatchObject({
      name: 'HandshakeConstraintViolationException',
      Reason: 'ALREADY_IN_AN_ORGANIZATION',
    });
    await other.send(new organizations.LeaveOrganizationCommand({}));
    await expect(other.send(new organizations.DescribeOrganizationCommand({}))).rejects.toMatchObject({
      name: 'AWSOrganizationsNotInUseException',
    });
  });

  it('ends when it is declined, cancelled or old', async () => {
    const { account, client, other, invite } = await twoAccounts();
    const first = { HandshakeId: (await invite()).Handshake?.Id };
    await expect(invite()).rejects.toMatchObject({ name: 'DuplicateHandshakeException' });
    const declined = await other.send(new organizations.DeclineHandshakeCommand(first));
    expect(declined.Handshake?.State).toBe('DECLINED');
    await expect(other.send(new organizations.AcceptHandshakeCommand(first))).rejects.toMatchObject({
      name: 'InvalidHandshakeTransitionException',
    });
    const second = { HandshakeId: (await invite()).Handshake?.Id };
    await expect(other.send(new organizations.CancelHandshakeCommand(second))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    const cancelled = await client.send(new organizations.CancelHandshakeCommand(second));
    expect(cancelled.Handshake?.State).toBe('CANCELED');
    const third = { HandshakeId: (await invite()).Handshake?.Id };
    account.clock.moveTo('2026-02-15T12:00:00Z');
    expect((await client.send(new organizations.DescribeHandshakeCommand(third))).Handshake?.State).toBe('EXPIRED');
    await expect(other.send(new organizations.AcceptHandshakeCommand(third))).rejects.toMatchObject({
      name: 'InvalidHandshakeTransitionException',
    });
  });

  it('is nobody else’s, and must be one', async () => {
    const { account, client, invite } = await twoAccounts('{}', '  - { accountId: "777788889999" }');
    const HandshakeId = (await invite()).Handshake?.Id;
    const stranger = clientOf(OrganizationsClient, account, '777788889999');
    await expect(stranger.send(new organizations.DescribeHandshakeCommand({ HandshakeId }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    const unknown = new organizations.DescribeHandshakeCommand({ HandshakeId: 'h-00000000' });
    await expect(client.send(unknown)).rejects.toMatchObject({
      name: 'HandshakeNotFoundException',
      message: "We can't find a handshake with the HandshakeId that you specified.",
    });
    await expect(invite({ Id: 'o-exampleorg1', Type: 'ORGANIZATION' })).rejects.toMatchObject({
      name: 'InvalidInputException',
      Reason: 'INVALID_PARTY_TYPE_TARGET',
    });
  });
});

it('all features come once each invited account has approved and the management account has finished', async () => {
  const { client, other } = await twoAccounts(
    `{ featureSet: CONSOLIDATED_BILLING, accounts: [{ accountId: "${OTHER}", joinedMethod: INVITED }] }`,
  );
  const { Handshake } = await client.send(new organizations.EnableAllFeaturesCommand({}));
  expect(Handshake).toMatchObject({ Action: 'ENABLE_ALL_FEATURES', State: 'REQUESTED' });
  await expect(client.send(new organizations.EnableAllFeaturesCommand({}))).rejects.toMatchObject({
    name: 'HandshakeConstraintViolationException',
    Reason: 'ORGANIZATION_IS_ALREADY_PENDING_ALL_FEATURES_MIGRATION',
  });
  const finish = new organizations.AcceptHandshakeCommand({ HandshakeId: Handshake?.Id });
  await expect(client.send(finish)).rejects.toMatchObject({ name: 'InvalidHandshakeTransitionException' });
  const { Handshakes } = await other.send(
    new organizations.ListHandshakesForAccountCommand({ Filter: { ParentHandshakeId: Handshake?.Id } }),
  );
  expect(Handshakes).toMatchObject([{ Action: 'APPROVE_ALL_FEATURES', State: 'OPEN' }]);
  await other.send(new organizations.AcceptHandshakeCommand({ HandshakeId: Handshakes?.[0]?.Id }));
  expect((await client.send(finish)).Handshake?.State).toBe('ACCEPTED');
  const { Organization } = await client.send(new organizations.DescribeOrganizationCommand({}));
  expect(Organization?.FeatureSet).toBe('ALL');
  await expect(client.send(new organizations.EnableAllFeaturesCommand({}))).rejects.toMatchObject({
    Reason: 'ORGANIZATION_ALREADY_HAS_ALL_FEATURES',
  });
});

it('tag policies come together for an account from the root down', async () => {
  const assign = (value: string) =>
    `{ tags: { team: { tag_key: { "@@assign": Team }, tag_value: { "@@append": [${value}] } } } }`;
  const { client, other } = await twoAccounts(`
  policies:
    - { policyName: root, type: TAG_POLICY, document: ${assign('red')} }
    - { policyName: account, type: TAG_POLICY, document: ${assign('blue')} }
  attachedPolicies: [root]
  accounts: [{ accountId: "${OTHER}", attachedPolicies: [account] }]
`);
  const ask = (TargetId?: string) =>
    new organizations.DescribeEffectivePolicyCommand({ PolicyType: 'TAG_POLICY', TargetId });
  const { EffectivePolicy } = await client.send(ask(OTHER));
  expect(EffectivePolicy).toMatchObject({ TargetId: OTHER, PolicyType: 'TAG_POLICY' });
  expect(JSON.parse(EffectivePolicy?.PolicyContent ?? '')).toEqual({
    tags: { team: { tag_key: 'Team', tag_value: ['red', 'blue'] } },
  });
  expect((await other.send(ask())).EffectivePolicy?.PolicyContent).toBe(EffectivePolicy?.PolicyContent);
  await expect(other.send(ask('123456789012'))).rejects.toMatchObject({ name: 'AccessDeniedException' });
  const backup = new organizations.DescribeEffectivePolicyCommand({ PolicyType: 'BACKUP_POLICY' });
  await expect(client.send(backup)).rejects.toMatchObject({ name: 'EffectivePolicyNotFoundException' });
});

it('an account may come with one in GovCloud', async () => {
  const { client } = await twoAccounts();
  const { CreateAccountStatus: asked } = await client.send(
    new organizations.CreateGovCloudAccountCommand({ AccountName: 'public', Email: 'public@example.com' }),
  );
  const { CreateAccountStatus: status } = await client.send(
    new organizations.DescribeCreateAccountStatusCommand({ CreateAccountRequestId: asked?.Id }),
  );
  expect(status).toMatchObject({ State: 'SUCCEEDED', GovCloudAccountId: expect.stringMatching(/^\d{12}$/) });
  const { Accounts } = await client.send(new organizations.ListAccountsCommand({}));
  expect(Accounts?.map(({ Id }) => Id)).toContain(status?.AccountId);
  expect(Accounts?.map(({ Id }) => Id)).not.toContain(status?.GovCloudAccountId);
});
