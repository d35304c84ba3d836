import {
  GetGroupCommand,
  GetGroupPolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  ListAttachedGroupPoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupPoliciesCommand,
  ListGroupsCommand,
  ListGroupsForUserCommand,
  ListUserPoliciesCommand,
  ListUsersCommand,
  ListUserTagsCommand,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { ANY_POLICY, runningAccount } from './running-account.ts';

const account = `
root: { createDate: 2016-03-01, passwordLastUsed: 2025-12-24T18:00:00Z }
policies: [{ policyName: bound, path: /limits/, document: ${ANY_POLICY} }]
groups:
  - groupName: developers
    path: /eng/
    createDate: 2020-01-01
    attachedPolicies: [ReadOnlyAccess, bound]
    inlinePolicies: [{ policyName: extra, document: '{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}' }]
  - groupName: empty
users:
  - userName: a+=,.@-_z
    path: /x/y/
    createDate: 2021-05-04
    groups: [developers, Empty]
    attachedPolicies: [bound, ReadOnlyAccess]
    permissionsBoundary: bound
    password: { lastUsed: 2026-01-30T08:09:10Z }
    inlinePolicies: [{ policyName: one, document: ${ANY_POLICY} }, { policyName: two, document: ${ANY_POLICY} }]
    tags: { "XML <&>'\\"": "<b>&amp;]]></b>", leer: "", "Ünïcode €😀": " two  spaces ", lines: "a\\r\\n\\tb", control: "\\u0001\\u007f" }
    accessKeys: [{ createDate: 1d ago, accessKeyId: AKIA2345ABCDEFGHIJKL }]
  - { userName: Bob, createDate: 2022-01-01, groups: [developers] }
  - { userName: carol, path: /x/, createDate: 2022-01-01 }
`;

const page = { IsTruncated: false, $metadata: expect.anything() as unknown };

describe('the users of an emulated account', () => {
  it('are told with everything that AWS tells of a user', async () => {
    const { iam } = await runningAccount(account);
    const { User } = await iam.send(new GetUserCommand({ UserName: 'a+=,.@-_z' }));
    expect(User).toEqual({
      Path: '/x/y/',
      UserName: 'a+=,.@-_z',
      UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/) as unknown,
      Arn: 'arn:aws:iam::123456789012:user/x/y/a+=,.@-_z',
      CreateDate: new Date('2021-05-04T00:00:00Z'),
      PasswordLastUsed: new Date('2026-01-30T08:09:10Z'),
      PermissionsBoundary: {
        PermissionsBoundaryType: 'Policy',
        PermissionsBoundaryArn: 'arn:aws:iam::123456789012:policy/limits/bound',
      },
      Tags: [
        { Key: 'XML <&>\'"', Value: '<b>&amp;]]></b>' },
        { Key: 'leer', Value: '' },
        { Key: 'Ünïcode €😀', Value: ' two  spaces ' },
        { Key: 'lines', Value: 'a\r\n\tb' },
        { Key: 'control', Value: '\u0001\u007f' },
      ],
    });
  });

  it('are found by name without regard to case', async () => {
    const { iam } = await runningAccount(account);
    expect((await iam.send(new GetUserCommand({ UserName: 'bOB' }))).User?.UserName).toBe('Bob');
  });

  it('are the caller where no name is given, and the root user for keys that are nobody’s', async () => {
    const { iam, sts, as } = await runningAccount(account);
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      UserId: '123456789012',
      Account: '123456789012',
      Arn: 'arn:aws:iam::123456789012:root',
    });
    expect((await iam.send(new GetUserCommand({}))).User).toMatchObject({
      Arn: 'arn:aws:iam::123456789012:root',
      CreateDate: new Date('2016-03-01T00:00:00Z'),
      PasswordLastUsed: new Date('2025-12-24T18:00:00Z'),
    });
    const user = as('AKIA2345ABCDEFGHIJKL');
    const identity = await user.sts.send(new GetCallerIdentityCommand({}));
    expect(identity.Arn).toBe('arn:aws:iam::123456789012:user/x/y/a+=,.@-_z');
    expect((await user.iam.send(new GetUserCommand({}))).User?.UserId).toBe(identity.UserId);
  });

  it('are listed by name without regard to case, without tags and boundary, under the path asked for', async () => {
    const { iam } = await runningAccount(account);
    const { Users, IsTruncated } = await iam.send(new ListUsersCommand({}));
    expect(Users?.map(({ UserName }) => UserName)).toEqual(['a+=,.@-_z', 'Bob', 'carol']);
    expect(IsTruncated).toBe(false);
    expect(Users?.[0]).not.toHaveProperty('Tags');
    expect(Users?.[0]).not.toHaveProperty('PermissionsBoundary');
    const under = await iam.send(new ListUsersCommand({ PathPrefix: '/x/' }));
    expect(under.Users?.map(({ UserName }) => UserName)).toEqual(['a+=,.@-_z', 'carol']);
  });

  it('come page by page', async () => {
    const { iam } = await runningAccount(account);
    const names: (string | undefined)[] = [];
    let Marker: string | undefined;
    do {
      const answer = await iam.send(new ListUsersCommand({ MaxItems: 1, ...(Marker === undefined ? {} : { Marker }) }));
      expect(answer.Users).toHaveLength(1);
      expect(answer.IsTruncated).toBe(answer.Marker !== undefined);
      names.push(answer.Users?.[0]?.UserName);
      Marker = answer.Marker;
    } while (Marker !== undefined);
    expect(names).toEqual(['a+=,.@-_z', 'Bob', 'carol']);
  });

  it('have groups, policies and tags', async () => {
    const { iam } = await runningAccount(account);
    const UserName = 'a+=,.@-_z';
    expect((await iam.send(new ListGroupsForUserCommand({ UserName }))).Groups?.map((group) => group.Arn)).toEqual([
      'arn:aws:iam::123456789012:group/eng/developers',
      'arn:aws:iam::123456789012:group/empty',
    ]);
    expect((await iam.send(new ListUserTagsCommand({ UserName, MaxItems: 2 }))).Tags).toHaveLength(2);
    expect(await iam.send(new ListUserPoliciesCommand({ UserName }))).toEqual({ PolicyNames: ['one', 'two'], ...page });
    expect(await iam.send(new GetUserPolicyCommand({ UserName, PolicyName: 'two' }))).toMatchObject({
      UserName,
      PolicyName: 'two',
      PolicyDocument:
        '%7B%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22s3%3A%2A%22%2C%22Resource%22%3A%22%2A%22%7D%7D',
    });
    expect((await iam.send(new ListAttachedUserPoliciesCommand({ UserName }))).AttachedPolicies).toEqual([
      { PolicyName: 'bound', PolicyArn: 'arn:aws:iam::123456789012:policy/limits/bound' },
      { PolicyName: 'ReadOnlyAccess', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    ]);
    const limits = await iam.send(new ListAttachedUserPoliciesCommand({ UserName, PathPrefix: '/limits/' }));
    expect(limits.AttachedPolicies).toHaveLength(1);
  });

  it('who have nothing have empty lists', async () => {
    const { iam } = await runningAccount(account);
    const UserName = 'carol';
    expect(await iam.send(new ListGroupsForUserCommand({ UserName }))).toEqual({ Groups: [], ...page });
    expect(await iam.send(new ListUserTagsCommand({ UserName }))).toEqual({ Tags: [], ...page });
    expect(await iam.send(new ListUserPoliciesCommand({ UserName }))).toEqual({ PolicyNames: [], ...page });
    expect(await iam.send(new ListAttachedUserPoliciesCommand({ UserName }))).toEqual({
      AttachedPolicies: [],
      ...page,
    });
  });

  it('who are absent are refused as AWS refuses them', async () => {
    const { iam } = await runningAccount(account);
    await expect(iam.send(new GetUserCommand({ UserName: 'nobody' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The user with name nobody cannot be found.',
      $metadata: { httpStatusCode: 404 },
    });
    const absent = { UserName: 'Bob', PolicyName: 'none' };
    await expect(iam.send(new GetUserPolicyCommand(absent))).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });

  it.each([
    ['Marker of its own making', new ListUsersCommand({ Marker: 'garbage' }), 'Invalid Marker.'],
    [
      'Marker of another list',
      new ListUsersCommand({ Marker: Buffer.from('ListRoles\nx').toString('base64url') }),
      'Invalid Marker.',
    ],
    [
      'MaxItems of none',
      new ListUsersCommand({ MaxItems: 0 }),
      "1 validation error detected: Value at 'maxItems' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      'MaxItems of too many',
      new ListUsersCommand({ MaxItems: 1001 }),
      "1 validation error detected: Value at 'maxItems' failed to satisfy constraint: Member must have value less than or equal to 1000",
    ],
    [
      'name that no user can have',
      new GetUserCommand({ UserName: 'a b' }),
      'The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
    ],
    [
      'missing name',
      new ListGroupsForUserCommand({ UserName: undefined }),
      "1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must not be null",
    ],
  ])('are not told for a %s', async (_what, command, message) => {
    const { iam } = await runningAccount(account);
    await expect(iam.send(command as ListUsersCommand)).rejects.toMatchObject({
      name: 'ValidationError',
      message,
      $metadata: { httpStatusCode: 400 },
    });
  });
});

describe('the groups of an emulated account', () => {
  it('are listed, and tell their users page by page', async () => {
    const { iam } = await runningAccount(account);
    expect((await iam.send(new ListGroupsCommand({ PathPrefix: '/eng/' }))).Groups).toEqual([
      {
        Path: '/eng/',
        GroupName: 'developers',
        GroupId: expect.stringMatching(/^AGPA[A-Z2-7]{17}$/) as unknown,
        Arn: 'arn:aws:iam::123456789012:group/eng/developers',
        CreateDate: new Date('2020-01-01T00:00:00Z'),
      },
    ]);
    const first = await iam.send(new GetGroupCommand({ GroupName: 'Developers', MaxItems: 1 }));
    expect(first).toMatchObject({ Group: { GroupName: 'developers' }, Users: [{ UserName: 'a+=,.@-_z' }] });
    const second = await iam.send(new GetGroupCommand({ GroupName: 'Developers', Marker: first.Marker }));
    expect(second).toMatchObject({ Users: [{ UserName: 'Bob' }], IsTruncated: false });
    expect((await iam.send(new GetGroupCommand({ GroupName: 'empty' }))).Users).toHaveLength(1);
  });

  it('have policies', async () => {
    const { iam } = await runningAccount(account);
    const GroupName = 'developers';
    const attached = await iam.send(new ListAttachedGroupPoliciesCommand({ GroupName }));
    expect(attached.AttachedPolicies?.map(({ PolicyName }) => PolicyName)).toEqual(['ReadOnlyAccess', 'bound']);
    expect((await iam.send(new ListGroupPoliciesCommand({ GroupName }))).PolicyNames).toEqual(['extra']);
    const inline = await iam.send(new GetGroupPolicyCommand({ GroupName, PolicyName: 'EXTRA' }));
    expect(decodeURIComponent(inline.PolicyDocument ?? '')).toBe(
      '{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}',
    );
    expect(inline.PolicyDocument).toContain('s3%3A%2A');
    await expect(iam.send(new GetGroupCommand({ GroupName: 'none' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });
});
