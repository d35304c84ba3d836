import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteGroupCommand,
  DeleteGroupPolicyCommand,
  DeleteUserCommand,
  DeleteUserPermissionsBoundaryCommand,
  DeleteUserPolicyCommand,
  DetachGroupPolicyCommand,
  DetachUserPolicyCommand,
  GetAccessKeyLastUsedCommand,
  GetGroupCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  ListAccessKeysCommand,
  ListAttachedUserPoliciesCommand,
  ListEntitiesForPolicyCommand,
  ListGroupsForUserCommand,
  ListUserPoliciesCommand,
  ListUsersCommand,
  ListUserTagsCommand,
  ListVirtualMFADevicesCommand,
  PutGroupPolicyCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
  TagUserCommand,
  UntagUserCommand,
  UpdateAccessKeyCommand,
  UpdateGroupCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { ANY_POLICY, runningAccount } from './running-account.ts';

const account = `
policies: [{ policyName: p, document: ${ANY_POLICY} }, { policyName: bound, document: ${ANY_POLICY} }]
groups: [{ groupName: Staff }]
users: [{ userName: Bob, createDate: 2022-01-01, groups: [Staff] }]
`;
const policy = 'arn:aws:iam::123456789012:policy/p';
const bound = 'arn:aws:iam::123456789012:policy/bound';
const absent = 'arn:aws:iam::123456789012:policy/absent';
const PolicyDocument = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}';

describe('making a user', () => {
  it('answers and keeps everything that was given', async () => {
    const { iam } = await runningAccount(account);
    const { User } = await iam.send(
      new CreateUserCommand({
        UserName: 'alice',
        Path: '/a/b/',
        PermissionsBoundary: bound,
        Tags: [{ Key: 'team', Value: 'blue' }],
      }),
    );
    expect(User).toEqual({
      Path: '/a/b/',
      UserName: 'alice',
      UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/) as unknown,
      Arn: 'arn:aws:iam::123456789012:user/a/b/alice',
      CreateDate: new Date('2026-01-31T12:00:00Z'),
      PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: bound },
      Tags: [{ Key: 'team', Value: 'blue' }],
    });
    expect((await iam.send(new GetUserCommand({ UserName: 'ALICE' }))).User).toEqual(User);
  });

  it('gives an id that no user had before, also to one of the same name', async () => {
    const { iam } = await runningAccount(account);
    const first = await iam.send(new CreateUserCommand({ UserName: 'alice' }));
    expect(first.User).not.toHaveProperty('Tags');
    await iam.send(new DeleteUserCommand({ UserName: 'alice' }));
    const second = await iam.send(new CreateUserCommand({ UserName: 'alice' }));
    expect(second.User?.UserId).not.toBe(first.User?.UserId);
  });

  it.each([
    [{ UserName: 'bOB' }, 'EntityAlreadyExistsException', 409, 'User with name bOB already exists.'],
    [
      { UserName: 'x'.repeat(65) },
      'ValidationError',
      400,
      `1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must have length less than or equal to 64`,
    ],
    [
      { UserName: 'a/b' },
      'ValidationError',
      400,
      'The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
    ],
    [
      { UserName: 'a', Path: 'x' },
      'ValidationError',
      400,
      'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
    ],
    [
      { UserName: 'a', Path: '//' },
      'ValidationError',
      400,
      'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
    ],
    [
      { UserName: 'a', PermissionsBoundary: absent },
      'NoSuchEntityException',
      404,
      `Scope ARN: ${absent} does not exist or is not attachable.`,
    ],
    [
      {
        UserName: 'a',
        Tags: [
          { Key: 'k', Value: '1' },
          { Key: 'K', Value: '2' },
        ],
      },
      'InvalidInputException',
      400,
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    ],
  ])('is refused for %o', async (input, name, httpStatusCode, message) => {
    const { iam } = await runningAccount(account);
    await expect(iam.send(new CreateUserCommand(input))).rejects.toMatchObject({
      name,
      message,
      $metadata: { httpStatusCode },
    });
    expect((await iam.send(new ListUsersCommand({}))).Users).toHaveLength(1);
  });

  it('ends at the quota of the account', async () => {
    const { iam } = await runningAccount('{ quotas: { UsersPerAccount: 1, GroupsPerAccount: 1 } }');
    await iam.send(new CreateUserCommand({ UserName: 'a' }));
    await expect(iam.send(new CreateUserCommand({ UserName: 'b' }))).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for UsersPerAccount: 1',
      $metadata: { httpStatusCode: 409 },
    });
    await iam.send(new CreateGroupCommand({ GroupName: 'a' }));
    await expect(iam.send(new CreateGroupCommand({ GroupName: 'b' }))).rejects.toMatchObject({
      message: 'Cannot exceed quota for GroupsPerAccount: 1',
    });
  });
});

describe('renaming a user', () => {
  it('gives another ARN; the id, keys, groups, policies and MFA device stay', async () => {
    const { iam, as } = await runningAccount(`
policies: [{ policyName: p, document: ${ANY_POLICY} }]
groups: [{ groupName: Staff }]
users:
  - userName: old
    groups: [Staff]
    attachedPolicies: [p]
    mfa: [{ kind: virtual }]
    accessKeys: [{ createDate: 1d ago, accessKeyId: AKIA2345ABCDEFGHIJKL }]
`);
    const before = (await iam.send(new GetUserCommand({ UserName: 'old' }))).User;
    await iam.send(new UpdateUserCommand({ UserName: 'old', NewUserName: 'new', NewPath: '/x/' }));
    await expect(iam.send(new GetUserCommand({ UserName: 'old' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
    const after = (await iam.send(new GetUserCommand({ UserName: 'new' }))).User;
    expect(after).toEqual({ ...before, UserName: 'new', Path: '/x/', Arn: 'arn:aws:iam::123456789012:user/x/new' });
    const user = as('AKIA2345ABCDEFGHIJKL');
    expect((await user.sts.send(new GetCallerIdentityCommand({}))).Arn).toBe(after?.Arn);
    expect((await iam.send(new GetGroupCommand({ GroupName: 'Staff' }))).Users?.map((each) => each.UserName)).toEqual([
      'new',
    ]);
    expect((await iam.send(new ListEntitiesForPolicyCommand({ PolicyArn: policy }))).PolicyUsers).toEqual([
      { UserName: 'new', UserId: before?.UserId },
    ]);
    const { VirtualMFADevices } = await iam.send(new ListVirtualMFADevicesCommand({}));
    expect(VirtualMFADevices?.map((device) => device.User?.UserName)).toEqual(['new']);
  });

  it('may change the case alone, but takes no name that another user has', async () => {
    const { iam } = await runningAccount(account);
    await iam.send(new UpdateUserCommand({ UserName: 'bob', NewUserName: 'BOB' }));
    expect((await iam.send(new GetUserCommand({ UserName: 'bob' }))).User?.UserName).toBe('BOB');
    await iam.send(new CreateUserCommand({ UserName: 'eve' }));
    await expect(iam.send(new UpdateUserCommand({ UserName: 'eve', NewUserName: 'Bob' }))).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
      message: 'User with name Bob already exists.',
    });
    await expect(iam.send(new UpdateUserCommand({ UserName: 'none' }))).rejects.toMatchObject({
      message: 'The user with name none cannot be found.',
    });
  });
});

describe('deleting a user', () => {
  it.each([
    ['password: {}', 'must delete login profile first.'],
    ['accessKeys: [{ createDate: 1d ago }]', 'must delete access keys first.'],
    ['mfa: [{ kind: virtual }]', 'must delete MFA device first.'],
    ['signingCertificates: [{ uploadDate: 1d ago }]', 'must delete certificates first.'],
    ['sshPublicKeys: [{ uploadDate: 1d ago }]', 'must remove referenced objects first.'],
    [
      'serviceSpecificCredentials: [{ serviceName: codecommit.amazonaws.com, createDate: 1d ago }]',
      'must remove referenced objects first.',
    ],
    ['attachedPolicies: [ReadOnlyAccess]', 'must detach all policies first.'],
    [`inlinePolicies: [{ policyName: i, document: ${ANY_POLICY} }]`, 'must delete policies first.'],
    ['groups: [g]', 'must remove users from group first.'],
  ])('is refused as long as it has %s', async (what, message) => {
    const { iam } = await runningAccount(`{ groups: [{ groupName: g }], users: [{ userName: u, ${what} }] }`);
    await expect(iam.send(new DeleteUserCommand({ UserName: 'u' }))).rejects.toMatchObject({
      name: 'DeleteConflictException',
      message: `Cannot delete entity, ${message}`,
      $metadata: { httpStatusCode: 409 },
    });
  });

  it('leaves nothing behind', async () => {
    const { iam } = await runningAccount('{ users: [{ userName: u, permissionsBoundary: ReadOnlyAccess }] }');
    await iam.send(new DeleteUserCommand({ UserName: 'U' }));
    expect((await iam.send(new ListUsersCommand({}))).Users).toEqual([]);
    const PolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    const uses = await iam.send(new ListEntitiesForPolicyCommand({ PolicyArn }));
    expect(uses.PolicyUsers).toEqual([]);
    await expect(iam.send(new DeleteUserCommand({ UserName: 'u' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });
});

describe('the policies of a user', () => {
  it('are attached once, and detached', async () => {
    const { iam } = await runningAccount(account);
    const attachment = { UserName: 'Bob', PolicyArn: policy };
    await iam.send(new AttachUserPolicyCommand(attachment));
    await iam.send(new AttachUserPolicyCommand(attachment));
    const { AttachedPolicies } = await iam.send(new ListAttachedUserPoliciesCommand({ UserName: 'Bob' }));
    expect(AttachedPolicies).toEqual([{ PolicyName: 'p', PolicyArn: policy }]);
    await iam.send(new DetachUserPolicyCommand(attachment));
    await expect(iam.send(new DetachUserPolicyCommand(attachment))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `Policy ${policy} was not found.`,
    });
    await expect(iam.send(new AttachUserPolicyCommand({ UserName: 'Bob', PolicyArn: absent }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `Policy ${absent} does not exist or is not attachable.`,
    });
    await expect(
      iam.send(new AttachUserPolicyCommand({ UserName: 'Bob', PolicyArn: 'no arn, but long enough' })),
    ).rejects.toMatchObject({ name: 'ValidationError', message: 'ARN no arn, but long enough is not valid.' });
  });

  it('are ten at most, unless the quota is raised', async () => {
    const policies = Array.from({ length: 3 }, (_, index) => `{ policyName: p${index}, document: ${ANY_POLICY} }`);
    const { iam } = await runningAccount(
      `{ quotas: { PoliciesPerUser: 2 }, policies: [${policies.join()}], users: [{ userName: u, attachedPolicies: [p0, p1] }] }`,
    );
    await expect(
      iam.send(new AttachUserPolicyCommand({ UserName: 'u', PolicyArn: `${policy}2` })),
    ).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for PoliciesPerUser: 2',
    });
    await iam.send(new AttachUserPolicyCommand({ UserName: 'u', PolicyArn: `${policy}1` }));
  });

  it('are embedded, replaced and deleted', async () => {
    const { iam } = await runningAccount(account);
    const name = { UserName: 'Bob', PolicyName: 'Inline' };
    await iam.send(new PutUserPolicyCommand({ ...name, PolicyDocument }));
    const spaced = `${PolicyDocument} `;
    await iam.send(new PutUserPolicyCommand({ ...name, PolicyName: 'inline', PolicyDocument: spaced }));
    expect((await iam.send(new ListUserPoliciesCommand({ UserName: 'Bob' }))).PolicyNames).toEqual(['Inline']);
    const read = await iam.send(new GetUserPolicyCommand(name));
    expect(decodeURIComponent(read.PolicyDocument ?? '')).toBe(spaced);
    await iam.send(new DeleteUserPolicyCommand(name));
    await expect(iam.send(new DeleteUserPolicyCommand(name))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The user policy with name Inline cannot be found.',
    });
  });

  it('are refused when they are no policies, or too long together', async () => {
    const { iam } = await runningAccount(account);
    const put = (PolicyName: string, document: string) =>
      iam.send(new PutUserPolicyCommand({ UserName: 'Bob', PolicyName, PolicyDocument: document }));
    await expect(put('bad', '{"Statement":')).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' });
    const long = (length: number) =>
      JSON.stringify({ Statement: { Sid: 'x'.repeat(length), Effect: 'Allow', Action: '*', Resource: '*' } });
    await put('first', long(1000));
    await expect(put('second', long(1000))).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Maximum policy size of 2048 bytes exceeded for user Bob',
    });
    await put('first', long(1900));
  });

  it('may have a boundary', async () => {
    const { iam } = await runningAccount(account);
    await iam.send(new PutUserPermissionsBoundaryCommand({ UserName: 'Bob', PermissionsBoundary: bound }));
    expect((await iam.send(new GetUserCommand({ UserName: 'Bob' }))).User?.PermissionsBoundary).toEqual({
      PermissionsBoundaryType: 'Policy',
      PermissionsBoundaryArn: bound,
    });
    await iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName: 'Bob' }));
    expect((await iam.send(new GetUserCommand({ UserName: 'Bob' }))).User).not.toHaveProperty('PermissionsBoundary');
  });
});

describe('the tags of a user', () => {
  it('are added, replaced and taken away', async () => {
    const { iam } = await runningAccount(account);
    const tags = async () => (await iam.send(new ListUserTagsCommand({ UserName: 'Bob' }))).Tags;
    await iam.send(
      new TagUserCommand({
        UserName: 'Bob',
        Tags: [
          { Key: 'b', Value: '1' },
          { Key: 'a', Value: '' },
        ],
      }),
    );
    await iam.send(new TagUserCommand({ UserName: 'Bob', Tags: [{ Key: 'b', Value: '2' }] }));
    expect(await tags()).toEqual([
      { Key: 'a', Value: '' },
      { Key: 'b', Value: '2' },
    ]);
    await iam.send(new UntagUserCommand({ UserName: 'Bob', TagKeys: ['b', 'none'] }));
    expect(await tags()).toEqual([{ Key: 'a', Value: '' }]);
  });
});

describe('groups', () => {
  it('are made, renamed with their users, and deleted when they are empty', async () => {
    const { iam } = await runningAccount(account);
    const { Group } = await iam.send(new CreateGroupCommand({ GroupName: 'Ops', Path: '/x/' }));
    expect(Group).toEqual({
      Path: '/x/',
      GroupName: 'Ops',
      GroupId: expect.stringMatching(/^AGPA[A-Z2-7]{17}$/) as unknown,
      Arn: 'arn:aws:iam::123456789012:group/x/Ops',
      CreateDate: new Date('2026-01-31T12:00:00Z'),
    });
    await expect(iam.send(new CreateGroupCommand({ GroupName: 'ops' }))).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
      message: 'Group with name ops already exists.',
    });
    await iam.send(new AddUserToGroupCommand({ GroupName: 'OPS', UserName: 'BOB' }));
    await iam.send(new AddUserToGroupCommand({ GroupName: 'Ops', UserName: 'Bob' }));
    await iam.send(new UpdateGroupCommand({ GroupName: 'ops', NewGroupName: 'SRE', NewPath: '/y/' }));
    const renamed = await iam.send(new GetGroupCommand({ GroupName: 'sre' }));
    expect(renamed.Group).toEqual({
      ...Group,
      Path: '/y/',
      GroupName: 'SRE',
      Arn: 'arn:aws:iam::123456789012:group/y/SRE',
    });
    expect(renamed.Users?.map(({ UserName }) => UserName)).toEqual(['Bob']);
    const { Groups } = await iam.send(new ListGroupsForUserCommand({ UserName: 'Bob' }));
    expect(Groups?.map(({ GroupName }) => GroupName)).toEqual(['Staff', 'SRE']);
    await expect(iam.send(new DeleteGroupCommand({ GroupName: 'SRE' }))).rejects.toMatchObject({
      name: 'DeleteConflictException',
      message: 'Cannot delete entity, must remove users from group first.',
    });
    await iam.send(new RemoveUserFromGroupCommand({ GroupName: 'SRE', UserName: 'Bob' }));
    // Recorded from AWS: who is not in it is taken out of it all the same.
    await iam.send(new RemoveUserFromGroupCommand({ GroupName: 'SRE', UserName: 'Bob' }));
    await expect(iam.send(new RemoveUserFromGroupCommand({ GroupName: 'none', UserName: 'no' }))).rejects.toMatchObject(
      {
        message: 'The user with name no cannot be found.',
      },
    );
    await iam.send(new DeleteGroupCommand({ GroupName: 'SRE' }));
    await expect(iam.send(new GetGroupCommand({ GroupName: 'SRE' }))).rejects.toMatchObject({
      message: 'The group with name SRE cannot be found.',
    });
  });

  it('keep their policies until these are taken away', async () => {
    const { iam } = await runningAccount(account);
    const GroupName = 'Lonely';
    const conflict = (message: string) =>
      expect(iam.send(new DeleteGroupCommand({ GroupName }))).rejects.toMatchObject({ message });
    await iam.send(new CreateGroupCommand({ GroupName }));
    await iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn: policy }));
    await iam.send(new PutGroupPolicyCommand({ GroupName, PolicyName: 'i', PolicyDocument }));
    await conflict('Cannot delete entity, must detach all policies first.');
    await iam.send(new DetachGroupPolicyCommand({ GroupName, PolicyArn: policy }));
    await conflict('Cannot delete entity, must delete policies first.');
    await iam.send(new DeleteGroupPolicyCommand({ GroupName, PolicyName: 'i' }));
    await iam.send(new DeleteGroupCommand({ GroupName }));
  });

  it('are ten a user at most', async () => {
    const names = Array.from({ length: 11 }, (_, index) => `g${index}`);
    const { iam } = await runningAccount(
      `{ groups: [${names.map((name) => `{ groupName: ${name} }`).join()}], users: [{ userName: u, groups: [${names.slice(0, 10).join()}] }] }`,
    );
    await expect(iam.send(new AddUserToGroupCommand({ GroupName: 'g10', UserName: 'u' }))).rejects.toMatchObject({
      message: 'Cannot exceed quota for GroupsPerUser: 10',
    });
    await iam.send(new AddUserToGroupCommand({ GroupName: 'g9', UserName: 'u' }));
  });
});

describe('access keys', () => {
  it('show their secret when they are made, and never again', async () => {
    const { iam, as, endpoint } = await runningAccount(account);
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'bob' }));
    expect(AccessKey).toEqual({
      UserName: 'Bob',
      AccessKeyId: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/) as unknown,
      Status: 'Active',
      SecretAccessKey: expect.stringMatching(/^[A-Za-z0-9/+]{40}$/) as unknown,
      CreateDate: new Date('2026-01-31T12:00:00Z'),
    });
    const state = await (await fetch(`${endpoint}/_vigil/state`)).text();
    expect(state).toContain(AccessKey?.AccessKeyId);
    expect(state).not.toContain(AccessKey?.SecretAccessKey);
    const listed = await iam.send(new ListAccessKeysCommand({ UserName: 'Bob' }));
    expect(listed.AccessKeyMetadata?.[0]).not.toHaveProperty('SecretAccessKey');
    const bob = as(AccessKey?.AccessKeyId ?? '');
    expect((await bob.sts.send(new GetCallerIdentityCommand({}))).Arn).toBe('arn:aws:iam::123456789012:user/Bob');
  });

  it('are the caller’s own where no user is named, two at most, and follow their status', async () => {
    const { iam, as } = await runningAccount(account);
    const first = (await iam.send(new CreateAccessKeyCommand({ UserName: 'Bob' }))).AccessKey?.AccessKeyId;
    const bob = as(first ?? '').iam;
    const second = (await bob.send(new CreateAccessKeyCommand({}))).AccessKey;
    expect(second?.UserName).toBe('Bob');
    await expect(bob.send(new CreateAccessKeyCommand({}))).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for AccessKeysPerUser: 2',
      $metadata: { httpStatusCode: 409 },
    });
    await bob.send(new UpdateAccessKeyCommand({ AccessKeyId: second?.AccessKeyId, Status: 'Inactive' }));
    const { AccessKeyMetadata } = await bob.send(new ListAccessKeysCommand({}));
    expect(AccessKeyMetadata?.map(({ AccessKeyId, Status }) => [AccessKeyId, Status])).toEqual([
      [first, 'Active'],
      [second?.AccessKeyId, 'Inactive'],
    ]);
    await bob.send(new DeleteAccessKeyCommand({ AccessKeyId: second?.AccessKeyId }));
    await expect(bob.send(new DeleteAccessKeyCommand({ AccessKeyId: second?.AccessKeyId }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `The Access Key with id ${second?.AccessKeyId ?? ''} cannot be found.`,
    });
  });

  it('may be the root user’s', async () => {
    const { iam } = await runningAccount(account);
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({}));
    expect(AccessKey).not.toHaveProperty('UserName');
    const used = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: AccessKey?.AccessKeyId }));
    expect(used.AccessKeyLastUsed).toEqual({ ServiceName: 'N/A', Region: 'N/A' });
    await iam.send(new DeleteAccessKeyCommand({ AccessKeyId: AccessKey?.AccessKeyId }));
    expect((await iam.send(new ListAccessKeysCommand({}))).AccessKeyMetadata).toEqual([]);
  });

  it('take no other status', async () => {
    const { iam } = await runningAccount(account);
    const input = { UserName: 'Bob', AccessKeyId: 'AKIA2345ABCDEFGHIJKL', Status: 'Expired' as 'Active' };
    await expect(iam.send(new UpdateAccessKeyCommand(input))).rejects.toMatchObject({ name: 'ValidationError' });
  });
});
