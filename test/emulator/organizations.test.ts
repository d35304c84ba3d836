import { IAMClient, ListRolesCommand, ListUsersCommand } from '@aws-sdk/client-iam';
import * as organizations from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startEmulator } from '../../src/emulator/emulator-server.ts';
import type { Instant } from '../../src/kernel/time.ts';
import { clientOf, type RunningAccount, runningAccount } from './running-account.ts';

const { OrganizationsClient } = organizations;

const DENY_ALL = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}';
const DENY_RESOURCE =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}]}';
const SCP = 'SERVICE_CONTROL_POLICY';
const RCP = 'RESOURCE_CONTROL_POLICY';

/** An organization with a member account, and a client of its management account. */
const withMember = async () => {
  const account = await runningAccount('{}');
  const client = clientOf(OrganizationsClient, account);
  await client.send(new organizations.CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const { CreateAccountStatus: asked } = await client.send(
    new organizations.CreateAccountCommand({ AccountName: 'sandbox', Email: 'sandbox@example.com' }),
  );
  const { CreateAccountStatus: status } = await client.send(
    new organizations.DescribeCreateAccountStatusCommand({ CreateAccountRequestId: asked?.Id }),
  );
  const { Roots } = await client.send(new organizations.ListRootsCommand({}));
  return { account, client, asked, status, member: status?.AccountId ?? '', root: Roots?.[0]?.Id ?? '' };
};

const asMember = (account: RunningAccount, member: string) => clientOf(OrganizationsClient, account, member);

describe('an organization', () => {
  it('is made by its management account, and known to nobody before', async () => {
    const account = await runningAccount('{ alias: acme }');
    const client = clientOf(OrganizationsClient, account);
    await expect(client.send(new organizations.DescribeOrganizationCommand({}))).rejects.toMatchObject({
      name: 'AWSOrganizationsNotInUseException',
      message: 'Your account is not a member of an organization.',
      $metadata: { httpStatusCode: 400 },
    });
    const { Organization } = await client.send(new organizations.CreateOrganizationCommand({ FeatureSet: 'ALL' }));
    expect(Organization).toEqual({
      Id: expect.stringMatching(/^o-[a-z0-9]{10}$/),
      Arn: `arn:aws:organizations::123456789012:organization/${Organization?.Id}`,
      FeatureSet: 'ALL',
      MasterAccountArn: `arn:aws:organizations::123456789012:account/${Organization?.Id}/123456789012`,
      MasterAccountId: '123456789012',
      MasterAccountEmail: 'acme@example.com',
      AvailablePolicyTypes: [{ Type: SCP, Status: 'ENABLED' }],
    });
    expect(await client.send(new organizations.DescribeOrganizationCommand({}))).toMatchObject({ Organization });
    await expect(client.send(new organizations.CreateOrganizationCommand({}))).rejects.toMatchObject({
      name: 'AlreadyInOrganizationException',
    });
    const { Roots } = await client.send(new organizations.ListRootsCommand({}));
    expect(Roots).toEqual([
      {
        Id: expect.stringMatching(/^r-[a-z0-9]{4}$/),
        Arn: `arn:aws:organizations::123456789012:root/${Organization?.Id}/${Roots?.[0]?.Id}`,
        Name: 'Root',
        PolicyTypes: [],
      },
    ]);
    await client.send(new organizations.DeleteOrganizationCommand({}));
    await expect(client.send(new organizations.ListRootsCommand({}))).rejects.toMatchObject({
      name: 'AWSOrganizationsNotInUseException',
    });
  });

  it('creates accounts that a role of theirs leads into', async () => {
    const { account, client, asked, status, member } = await withMember();
    expect(asked).toMatchObject({ State: 'IN_PROGRESS', AccountName: 'sandbox' });
    expect(asked?.AccountId).toBeUndefined();
    expect(status).toMatchObject({ State: 'SUCCEEDED', AccountId: expect.stringMatching(/^\d{12}$/) });
    const RoleArn = `arn:aws:iam::${member}:role/OrganizationAccountAccessRole`;
    const { Credentials } = await account.sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'me' }));
    const sts = new STSClient({
      endpoint: account.endpoint,
      region: 'us-east-1',
      credentials: {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken ?? '',
      },
    });
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: member,
      Arn: `arn:aws:sts::${member}:assumed-role/OrganizationAccountAccessRole/me`,
    });
    const { Roles } = await account.as(member).iam.send(new ListRolesCommand({}));
    expect(Roles?.map(({ RoleName }) => RoleName)).toEqual([
      'AWSServiceRoleForOrganizations',
      'OrganizationAccountAccessRole',
    ]);
    const { Accounts } = await client.send(new organizations.ListAccountsCommand({}));
    expect(Accounts?.map(({ Id, Status, JoinedMethod }) => [Id, Status, JoinedMethod]).sort()).toEqual(
      [
        ['123456789012', 'ACTIVE', 'INVITED'],
        [member, 'ACTIVE', 'CREATED'],
      ].sort(),
    );
  });

  it('fails to create an account whose mail address has another', async () => {
    const { client } = await withMember();
    const { CreateAccountStatus } = await client.send(
      new organizations.CreateAccountCommand({ AccountName: 'again', Email: 'sandbox@example.com' }),
    );
    const { CreateAccountStatuses } = await client.send(
      new organizations.ListCreateAccountStatusCommand({ States: ['FAILED'] }),
    );
    expect(CreateAccountStatuses).toMatchObject([
      { Id: CreateAccountStatus?.Id, State: 'FAILED', FailureReason: 'EMAIL_ALREADY_EXISTS' },
    ]);
  });

  it('shows itself to its members, and little more', async () => {
    const { account, member, client } = await withMember();
    const theirs = asMember(account, member);
    expect((await theirs.send(new organizations.DescribeOrganizationCommand({}))).Organization?.MasterAccountId).toBe(
      '123456789012',
    );
    await expect(theirs.send(new organizations.ListAccountsCommand({}))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: "You don't have permissions to access this resource.",
    });
    const delegation = { AccountId: member, ServicePrincipal: 'config.amazonaws.com' };
    await client.send(new organizations.RegisterDelegatedAdministratorCommand(delegation));
    expect((await theirs.send(new organizations.ListAccountsCommand({}))).Accounts).toHaveLength(2);
    const { DelegatedAdministrators } = await client.send(new organizations.ListDelegatedAdministratorsCommand({}));
    expect(DelegatedAdministrators).toMatchObject([
      { Id: member, DelegationEnabledDate: new Date('2026-01-31T12:00Z') },
    ]);
    await expect(
      client.send(new organizations.RegisterDelegatedAdministratorCommand(delegation)),
    ).rejects.toMatchObject({ name: 'AccountAlreadyRegisteredException' });
    await expect(theirs.send(new organizations.CreateOrganizationCommand({}))).rejects.toMatchObject({
      name: 'AlreadyInOrganizationException',
    });
  });

  it('loses an account that leaves, but not its management account', async () => {
    const { account, client, member } = await withMember();
    await expect(client.send(new organizations.LeaveOrganizationCommand({}))).rejects.toMatchObject({
      name: 'MasterCannotLeaveOrganizationException',
    });
    await asMember(account, member).send(new organizations.LeaveOrganizationCommand({}));
    await expect(client.send(new organizations.DescribeAccountCommand({ AccountId: member }))).rejects.toMatchObject({
      name: 'AccountNotFoundException',
      message: "You specified an account that doesn't exist.",
    });
    await expect(
      asMember(account, member).send(new organizations.DescribeOrganizationCommand({})),
    ).rejects.toMatchObject({ name: 'AWSOrganizationsNotInUseException' });
  });
});

it('the export of an account tells the policies above it, from the root down', async () => {
  const { account, client, root, member } = await withMember();
  await client.send(new organizations.EnablePolicyTypeCommand({ RootId: root, PolicyType: SCP }));
  const { Policy } = await client.send(
    new organizations.CreatePolicyCommand({ Name: 'deny', Content: DENY_ALL, Description: '', Type: SCP }),
  );
  await client.send(new organizations.AttachPolicyCommand({ PolicyId: Policy?.PolicySummary?.Id, TargetId: root }));
  const files = (await (await fetch(`${account.endpoint}/_vigil/state`)).json()) as Record<string, unknown>;
  const full = {
    name: 'FullAWSAccess',
    document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  };
  const rcps = [expect.objectContaining({ name: 'RCPFullAWSAccess' })];
  expect(files['organization.json']).toMatchObject({
    organizationId: expect.stringMatching(/^o-/),
    managementAccountId: '123456789012',
    accounts: ['123456789012', member].toSorted().map((id) => ({ id })),
    features: [],
    path: [
      {
        id: root,
        name: 'Root',
        scps: expect.arrayContaining([full, { name: 'deny', document: JSON.parse(DENY_ALL) }]),
        rcps,
      },
      { id: '123456789012', name: 'management', scps: [full], rcps },
    ],
  });
});

describe('the tree of an organization', () => {
  it('has units that accounts are moved between', async () => {
    const { client, member, root } = await withMember();
    const { OrganizationalUnit: unit } = await client.send(
      new organizations.CreateOrganizationalUnitCommand({ ParentId: root, Name: 'Workloads' }),
    );
    const id = unit?.Id ?? '';
    expect(id).toMatch(new RegExp(`^ou-${root.slice(2)}-[a-z0-9]{8}$`));
    await expect(
      client.send(new organizations.CreateOrganizationalUnitCommand({ ParentId: root, Name: 'Workloads' })),
    ).rejects.toMatchObject({ name: 'DuplicateOrganizationalUnitException' });
    const move = { AccountId: member, SourceParentId: root, DestinationParentId: id };
    await client.send(new organizations.MoveAccountCommand(move));
    await expect(client.send(new organizations.MoveAccountCommand(move))).rejects.toMatchObject({
      name: 'SourceParentNotFoundException',
    });
    await expect(
      client.send(new organizations.MoveAccountCommand({ ...move, SourceParentId: id })),
    ).rejects.toMatchObject({ name: 'DuplicateAccountException' });
    expect((await client.send(new organizations.ListParentsCommand({ ChildId: member }))).Parents).toEqual([
      { Id: id, Type: 'ORGANIZATIONAL_UNIT' },
    ]);
    expect(
      (await client.send(new organizations.ListAccountsForParentCommand({ ParentId: id }))).Accounts,
    ).toMatchObject([{ Id: member, Name: 'sandbox' }]);
    expect(
      (await client.send(new organizations.ListChildrenCommand({ ParentId: root, ChildType: 'ACCOUNT' }))).Children,
    ).toEqual([{ Id: '123456789012', Type: 'ACCOUNT' }]);
    await expect(
      client.send(new organizations.DeleteOrganizationalUnitCommand({ OrganizationalUnitId: id })),
    ).rejects.toMatchObject({ name: 'OrganizationalUnitNotEmptyException' });
  });

  it('comes in pages', async () => {
    const { client, root } = await withMember();
    for (const Name of ['a', 'b', 'c']) {
      await client.send(new organizations.CreateOrganizationalUnitCommand({ ParentId: root, Name }));
    }
    const list = (NextToken?: string) =>
      client.send(
        new organizations.ListOrganizationalUnitsForParentCommand({ ParentId: root, MaxResults: 2, NextToken }),
      );
    const first = await list();
    const second = await list(first.NextToken);
    expect([first, second].map(({ OrganizationalUnits }) => OrganizationalUnits?.length)).toEqual([2, 1]);
    expect(second.NextToken).toBeUndefined();
    await expect(list('x')).rejects.toMatchObject({ name: 'InvalidInputException', Reason: 'INVALID_NEXT_TOKEN' });
  });

  it.each([
    ['a pattern', new organizations.DescribeAccountCommand({ AccountId: '1' }), 'INVALID_PATTERN'],
    ['an enumeration', new organizations.ListPoliciesCommand({ Filter: 'X' as never }), 'INVALID_ENUM'],
    ['what is required', new organizations.DescribeAccountCommand({} as never), 'INPUT_REQUIRED'],
  ])('refuses input against %s, with AWS’s reason', async (_what, command, Reason) => {
    const account = await runningAccount('{}');
    await expect(clientOf(OrganizationsClient, account).send(command as never)).rejects.toMatchObject({
      name: 'InvalidInputException',
      Reason,
    });
  });
});

describe('the policies of an organization', () => {
  const enabled = async (type: organizations.PolicyType) => {
    const organization = await withMember();
    const { client, root } = organization;
    await client.send(new organizations.EnablePolicyTypeCommand({ RootId: root, PolicyType: type }));
    const create = (Name: string, Content: string) =>
      client.send(new organizations.CreatePolicyCommand({ Name, Content, Description: 'd', Type: type }));
    const attachedTo = async (TargetId: string) => {
      const { Policies } = await client.send(
        new organizations.ListPoliciesForTargetCommand({ TargetId, Filter: type }),
      );
      return Policies?.map(({ Name }) => Name);
    };
    return { ...organization, create, attachedTo };
  };

  it('cannot be attached before their type is enabled, and come with FullAWSAccess then', async () => {
    const { client, root, member } = await withMember();
    const { Policy } = await client.send(
      new organizations.CreatePolicyCommand({ Name: 'n', Content: DENY_ALL, Description: '', Type: SCP }),
    );
    const attach = new organizations.AttachPolicyCommand({ PolicyId: Policy?.PolicySummary?.Id, TargetId: member });
    await expect(client.send(attach)).rejects.toMatchObject({
      name: 'PolicyTypeNotEnabledException',
      message: 'This operation can be performed only for enabled policy types.',
    });
    const enable = new organizations.EnablePolicyTypeCommand({ RootId: root, PolicyType: SCP });
    expect((await client.send(enable)).Root?.PolicyTypes).toEqual([{ Type: SCP, Status: 'ENABLED' }]);
    await expect(client.send(enable)).rejects.toMatchObject({ name: 'PolicyTypeAlreadyEnabledException' });
    const { Targets } = await client.send(
      new organizations.ListTargetsForPolicyCommand({ PolicyId: 'p-FullAWSAccess' }),
    );
    expect(Targets?.map(({ TargetId, Type }) => [TargetId, Type]).sort()).toEqual(
      [
        ['123456789012', 'ACCOUNT'],
        [member, 'ACCOUNT'],
        [root, 'ROOT'],
      ].sort(),
    );
    await client.send(attach);
    await expect(client.send(attach)).rejects.toMatchObject({ name: 'DuplicatePolicyAttachmentException' });
  });

  it('leave each target at least one SCP', async () => {
    const { client, member, create, attachedTo } = await enabled(SCP);
    const { Policy } = await create('deny', DENY_ALL);
    const PolicyId = Policy?.PolicySummary?.Id ?? '';
    const full = { PolicyId: 'p-FullAWSAccess', TargetId: member };
    await expect(client.send(new organizations.DetachPolicyCommand(full))).rejects.toMatchObject({
      name: 'ConstraintViolationException',
      Reason: 'MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED',
      message:
        'You cannot remove the last policy attached to the specified target. You must have at least one attached at all times.',
    });
    await client.send(new organizations.AttachPolicyCommand({ PolicyId, TargetId: member }));
    await client.send(new organizations.DetachPolicyCommand(full));
    expect(await attachedTo(member)).toEqual(['deny']);
    await expect(client.send(new organizations.DetachPolicyCommand(full))).rejects.toMatchObject({
      name: 'PolicyNotAttachedException',
    });
    await expect(client.send(new organizations.DeletePolicyCommand({ PolicyId }))).rejects.toMatchObject({
      name: 'PolicyInUseException',
    });
  });

  it('are at most ten of a type at a target', async () => {
    const { client, member, create } = await enabled(SCP);
    for (let number = 1; number <= 10; number++) {
      const { Policy } = await create(`p${number}`, DENY_ALL);
      const attach = new organizations.AttachPolicyCommand({ PolicyId: Policy?.PolicySummary?.Id, TargetId: member });
      if (number < 10) await client.send(attach);
      else {
        await expect(client.send(attach)).rejects.toMatchObject({
          name: 'ConstraintViolationException',
          Reason: 'MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED',
        });
      }
    }
  });

  it('are of two kinds, of which an RCP denies for everybody', async () => {
    const { client, root, create, attachedTo } = await enabled(RCP);
    expect(await attachedTo(root)).toEqual(['RCPFullAWSAccess']);
    await create('rcp', DENY_RESOURCE);
    const malformed = { name: 'MalformedPolicyDocumentException' };
    await expect(create('allows', DENY_RESOURCE.replace('Deny', 'Allow'))).rejects.toMatchObject(malformed);
    await expect(create('nobody', DENY_ALL)).rejects.toMatchObject(malformed);
    await expect(create('text', 'text')).rejects.toMatchObject(malformed);
    await expect(create('rcp', DENY_RESOURCE)).rejects.toMatchObject({ name: 'DuplicatePolicyException' });
    await expect(
      client.send(new organizations.DetachPolicyCommand({ PolicyId: 'p-RCPFullAWSAccess', TargetId: root })),
    ).rejects.toMatchObject({ name: 'ConstraintViolationException' });
    const scp = { Name: 's', Description: '', Type: SCP, Content: DENY_RESOURCE } as const;
    await expect(client.send(new organizations.CreatePolicyCommand(scp))).rejects.toMatchObject(malformed);
  });

  it('that are AWS’s own stay as they are', async () => {
    const { client } = await enabled(SCP);
    const { Policy } = await client.send(new organizations.DescribePolicyCommand({ PolicyId: 'p-FullAWSAccess' }));
    expect(Policy?.PolicySummary).toEqual({
      Id: 'p-FullAWSAccess',
      Arn: 'arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess',
      Name: 'FullAWSAccess',
      Description: 'Allows access to every operation',
      Type: SCP,
      AwsManaged: true,
    });
    await expect(
      client.send(new organizations.DeletePolicyCommand({ PolicyId: 'p-FullAWSAccess' })),
    ).rejects.toMatchObject({ name: 'InvalidInputException', Reason: 'IMMUTABLE_POLICY' });
    await expect(
      client.send(new organizations.DescribePolicyCommand({ PolicyId: 'p-xxxxxxxx' })),
    ).rejects.toMatchObject({ name: 'PolicyNotFoundException' });
  });

  it('have tags, and so have accounts and units', async () => {
    const { client, member } = await withMember();
    await client.send(new organizations.TagResourceCommand({ ResourceId: member, Tags: [{ Key: 'a', Value: 'b' }] }));
    const list = new organizations.ListTagsForResourceCommand({ ResourceId: member });
    expect((await client.send(list)).Tags).toEqual([{ Key: 'a', Value: 'b' }]);
    await client.send(new organizations.UntagResourceCommand({ ResourceId: member, TagKeys: ['a'] }));
    expect((await client.send(list)).Tags).toEqual([]);
    await expect(
      client.send(new organizations.ListTagsForResourceCommand({ ResourceId: '999999999999' })),
    ).rejects.toMatchObject({ name: 'TargetNotFoundException' });
  });
});

it('an organization of the account file guards what its accounts do, and stands in the export', async () => {
  const account = await runningAccount(
    `
accounts:
  - accountId: "123456789012"
    users:
      - userName: alice
        attachedPolicies: [AdministratorAccess]
        accessKeys: [{ createDate: 1d ago, accessKeyId: AKIA2345ABCDEFGHIJKL }]
  - accountId: "444455556666"
organization:
  managementAccountId: "444455556666"
  policies: [{ policyName: no-users, policyId: p-nousers1, document: { Version: "2012-10-17", Statement: { Effect: Deny, Action: "iam:ListUsers", Resource: "*" } } }]
  attachedPolicies: [no-users]
`,
    { enforce: true },
  );
  await expect(account.as('AKIA2345ABCDEFGHIJKL').iam.send(new ListUsersCommand({}))).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining('with an explicit deny in a service control policy'),
  });
  const exported: unknown = await (await fetch(`${account.endpoint}/_vigil/state`)).json();
  expect(exported).toMatchObject({
    'organization.json': {
      managementAccountId: '444455556666',
      path: [{ name: 'Root', scps: [{ name: 'FullAWSAccess' }, { name: 'no-users' }] }, { id: '123456789012' }],
    },
  });
});

it('an account that begins with a snapshot directory has the guardrails that the snapshot shows', async () => {
  const first = await runningAccount(`
accountId: "123456789012"
users:
  - userName: alice
    attachedPolicies: [AdministratorAccess]
    accessKeys: [{ createDate: 1d ago, accessKeyId: AKIA2345ABCDEFGHIJKL }]
organization:
  managementAccountId: "444455556666"
  policies: [{ policyName: no-users, policyId: p-nousers1, document: { Version: "2012-10-17", Statement: { Effect: Deny, Action: "iam:ListUsers", Resource: "*" } } }]
  organizationalUnits: [{ name: workloads, attachedPolicies: [no-users], accounts: [{ accountId: "123456789012" }] }]
`);
  const stateOf = async (endpoint: string) =>
    (await (await fetch(`${endpoint}/_vigil/state`)).json()) as Readonly<Record<string, unknown>>;
  const exported = await stateOf(first.endpoint);
  const files = Object.entries(exported).map(([name, content]) => [
    name,
    typeof content === 'string' ? content : JSON.stringify(content),
  ]);
  const second = await startEmulator({
    initial: { kind: 'snapshot', name: 'snapshot', files: Object.fromEntries(files) },
    clock: { now: () => '2026-01-31T12:00:00Z' as Instant },
    enforce: true,
  });
  if (!second.ok) throw new Error(second.error.join('\n'));
  onTestFinished(() => second.value.close());
  expect((await stateOf(second.value.endpoint))['organization.json']).toEqual(exported['organization.json']);
  const iam = new IAMClient({
    endpoint: second.value.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIA2345ABCDEFGHIJKL', secretAccessKey: 'emulated' },
    systemClockOffset: Date.parse('2026-01-31T12:00:00Z') - Date.now(),
    maxAttempts: 1,
  });
  await expect(iam.send(new ListUsersCommand({}))).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining('service control policy'),
  });
  expect((await iam.send(new ListRolesCommand({}))).Roles).toEqual([]);
});
