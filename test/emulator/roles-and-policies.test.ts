import {
  GetInstanceProfileCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListEntitiesForPolicyCommand,
  ListInstanceProfilesCommand,
  ListInstanceProfilesForRoleCommand,
  ListPoliciesCommand,
  ListPolicyVersionsCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { ANY_POLICY, runningAccount } from './running-account.ts';

const account = `
policies:
  - policyName: deploy
    path: /ci/
    description: what the pipeline may do
    createDate: 2024-01-01
    tags: { team: platform }
    versions:
      - { versionId: v9, createDate: 2025-02-01, document: ${ANY_POLICY} }
      - { versionId: v10, createDate: 2025-03-01, document: { Statement: [{ Effect: Allow, Action: "*", Resource: "*" }] } }
      - { versionId: v8, isDefaultVersion: true, createDate: 2025-01-01, document: ${ANY_POLICY} }
  - { policyName: unused, document: ${ANY_POLICY} }
  - { policyName: limits, document: ${ANY_POLICY} }
groups: [{ groupName: g, path: /a/, attachedPolicies: [deploy] }]
users:
  - { userName: u, path: /a/, attachedPolicies: [deploy], permissionsBoundary: limits }
roles:
  - roleName: runner
    path: /ci/
    createDate: 2024-05-06T07:08:09Z
    description: assumed by the pipeline
    maxSessionDuration: 7200
    assumeRolePolicyDocument: { Statement: [{ Effect: Allow, Principal: { Service: ec2.amazonaws.com }, Action: "sts:AssumeRole" }] }
    attachedPolicies: [deploy, AdministratorAccess]
    inlinePolicies: [{ policyName: inline, document: ${ANY_POLICY} }]
    permissionsBoundary: deploy
    tags: { a: "1", b: "2" }
    lastUsed: { date: 2026-01-01, region: eu-west-1 }
  - { roleName: never-used, assumeRolePolicyDocument: ${ANY_POLICY} }
instanceProfiles: [{ instanceProfileName: profile, path: /p/, roles: [RUNNER] }, { instanceProfileName: bare }]
`;

const deploy = 'arn:aws:iam::123456789012:policy/ci/deploy';

const names = (policies: readonly { PolicyName?: string | undefined }[] | undefined) =>
  policies?.map(({ PolicyName }) => PolicyName);

describe('the roles of an emulated account', () => {
  it('are told with everything that AWS tells of a role', async () => {
    const { iam } = await runningAccount(account);
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'runner' }));
    expect(Role).toMatchObject({
      Path: '/ci/',
      RoleName: 'runner',
      RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/) as unknown,
      Arn: 'arn:aws:iam::123456789012:role/ci/runner',
      CreateDate: new Date('2024-05-06T07:08:09Z'),
      Description: 'assumed by the pipeline',
      MaxSessionDuration: 7200,
      PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: deploy },
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
      RoleLastUsed: { LastUsedDate: new Date('2026-01-01T00:00:00Z'), Region: 'eu-west-1' },
    });
    expect(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''))).toEqual({
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    });
    const unused = await iam.send(new GetRoleCommand({ RoleName: 'never-used' }));
    expect(unused.Role).toMatchObject({ RoleLastUsed: {}, MaxSessionDuration: 3600 });
  });

  it('are listed without what only GetRole tells', async () => {
    const { iam } = await runningAccount(account);
    const { Roles } = await iam.send(new ListRolesCommand({}));
    expect(Roles?.map(({ RoleName }) => RoleName)).toEqual(['never-used', 'runner']);
    for (const member of ['Tags', 'PermissionsBoundary', 'RoleLastUsed']) expect(Roles?.[1]).not.toHaveProperty(member);
    expect((await iam.send(new ListRolesCommand({ PathPrefix: '/ci' }))).Roles).toHaveLength(1);
  });

  it('have policies, tags and instance profiles', async () => {
    const { iam } = await runningAccount(account);
    const RoleName = 'runner';
    const attached = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
    expect(names(attached.AttachedPolicies)).toEqual(['deploy', 'AdministratorAccess']);
    expect((await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames).toEqual(['inline']);
    expect(await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'inline' }))).toMatchObject({
      RoleName,
      PolicyName: 'inline',
      PolicyDocument:
        '%7B%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22s3%3A%2A%22%2C%22Resource%22%3A%22%2A%22%7D%7D',
    });
    const tags = await iam.send(new ListRoleTagsCommand({ RoleName, MaxItems: 1 }));
    expect(tags).toMatchObject({ Tags: [{ Key: 'a' }], IsTruncated: true });
    expect((await iam.send(new ListRoleTagsCommand({ RoleName, Marker: tags.Marker }))).Tags).toEqual([
      { Key: 'b', Value: '2' },
    ]);
    const profiles = await iam.send(new ListInstanceProfilesForRoleCommand({ RoleName }));
    expect(profiles.InstanceProfiles).toMatchObject([
      {
        InstanceProfileName: 'profile',
        InstanceProfileId: expect.stringMatching(/^AIPA[A-Z2-7]{17}$/) as unknown,
        Arn: 'arn:aws:iam::123456789012:instance-profile/p/profile',
        Roles: [{ RoleName: 'runner', Arn: 'arn:aws:iam::123456789012:role/ci/runner' }],
      },
    ]);
    const [profile] = profiles.InstanceProfiles ?? [];
    const InstanceProfileName = profile?.InstanceProfileName;
    expect((await iam.send(new GetInstanceProfileCommand({ InstanceProfileName }))).InstanceProfile).toEqual({
      ...profile,
      Tags: [],
    });
    const all = await iam.send(new ListInstanceProfilesCommand({}));
    expect(all.InstanceProfiles?.map((profile) => profile.Roles?.length)).toEqual([0, 1]);
  });

  it('that are absent are refused', async () => {
    const { iam } = await runningAccount(account);
    await expect(iam.send(new GetInstanceProfileCommand({ InstanceProfileName: 'none' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'Instance Profile none cannot be found.',
    });
    await expect(iam.send(new GetRoleCommand({ RoleName: 'none' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The role with name none cannot be found.',
    });
  });
});

describe('the managed policies of an emulated account', () => {
  it('are told with their use', async () => {
    const { iam } = await runningAccount(account);
    expect((await iam.send(new GetPolicyCommand({ PolicyArn: deploy }))).Policy).toEqual({
      PolicyName: 'deploy',
      PolicyId: expect.stringMatching(/^ANPA[A-Z2-7]{17}$/) as unknown,
      Arn: deploy,
      Path: '/ci/',
      DefaultVersionId: 'v8',
      AttachmentCount: 3,
      PermissionsBoundaryUsageCount: 1,
      IsAttachable: true,
      Description: 'what the pipeline may do',
      CreateDate: new Date('2024-01-01T00:00:00Z'),
      UpdateDate: new Date('2025-03-01T00:00:00Z'),
      Tags: [{ Key: 'team', Value: 'platform' }],
    });
  });

  it('have versions, the newest first', async () => {
    const { iam } = await runningAccount(account);
    const { Versions } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn: deploy }));
    expect(Versions?.map(({ VersionId, IsDefaultVersion }) => [VersionId, IsDefaultVersion])).toEqual([
      ['v10', false],
      ['v9', false],
      ['v8', true],
    ]);
    const version = await iam.send(new GetPolicyVersionCommand({ PolicyArn: deploy, VersionId: 'v10' }));
    expect(version.PolicyVersion).toMatchObject({ VersionId: 'v10', IsDefaultVersion: false });
    expect(JSON.parse(decodeURIComponent(version.PolicyVersion?.Document ?? ''))).toEqual({
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    });
    const absent = new GetPolicyVersionCommand({ PolicyArn: deploy, VersionId: 'v1' });
    await expect(iam.send(absent)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });

  it('include those of AWS, with their real documents', async () => {
    const { iam } = await runningAccount(account);
    const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    expect((await iam.send(new GetPolicyCommand({ PolicyArn }))).Policy).toMatchObject({
      AttachmentCount: 1,
      Path: '/',
    });
    const version = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
    expect(JSON.parse(decodeURIComponent(version.PolicyVersion?.Document ?? ''))).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    });
    const ofService = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
    expect((await iam.send(new GetPolicyCommand({ PolicyArn: ofService }))).Policy?.Path).toBe('/service-role/');
  });

  it('are listed as asked: by scope, attachment, use and path', async () => {
    const { iam } = await runningAccount(account);
    const list = async (input: ConstructorParameters<typeof ListPoliciesCommand>[0]) =>
      names((await iam.send(new ListPoliciesCommand({ MaxItems: 1000, ...input }))).Policies);
    expect(await list({ Scope: 'Local' })).toEqual(['deploy', 'limits', 'unused']);
    expect(await list({ Scope: 'AWS', OnlyAttached: true })).toEqual(['AdministratorAccess']);
    expect(await list({ OnlyAttached: true })).toEqual(['deploy', 'limits', 'AdministratorAccess']);
    expect(await list({ OnlyAttached: true, PolicyUsageFilter: 'PermissionsBoundary' })).toEqual(['deploy', 'limits']);
    expect(await list({ PathPrefix: '/ci/' })).toEqual(['deploy']);
    expect((await list({}))?.length).toBeGreaterThan(50);
  });

  it('come page by page, the customer’s before those of AWS', async () => {
    const { iam } = await runningAccount(account);
    const paged: (string | undefined)[] = [];
    let Marker: string | undefined;
    do {
      const input = { OnlyAttached: true, MaxItems: 1, ...(Marker === undefined ? {} : { Marker }) };
      const answer = await iam.send(new ListPoliciesCommand(input));
      paged.push(...(names(answer.Policies) ?? []));
      Marker = answer.Marker;
    } while (Marker !== undefined);
    expect(paged).toEqual(['deploy', 'limits', 'AdministratorAccess']);
  });

  it('tell whom they are attached to and whom they bound', async () => {
    const { iam } = await runningAccount(account);
    const entities = async (input: object) => {
      const { PolicyGroups, PolicyUsers, PolicyRoles } = await iam.send(
        new ListEntitiesForPolicyCommand({ PolicyArn: deploy, ...input }),
      );
      return [
        ...(PolicyGroups ?? []).map(({ GroupName }) => GroupName),
        ...(PolicyUsers ?? []).map(({ UserName }) => UserName),
        ...(PolicyRoles ?? []).map(({ RoleName }) => RoleName),
      ];
    };
    expect(await entities({ PolicyUsageFilter: 'PermissionsPolicy' })).toEqual(['g', 'u', 'runner']);
    expect(await entities({ PolicyUsageFilter: 'PermissionsBoundary' })).toEqual(['runner']);
    expect(await entities({ EntityFilter: 'User' })).toEqual(['u']);
    expect(await entities({ PathPrefix: '/a/' })).toEqual(['g', 'u']);
    expect(await entities({ MaxItems: 1, PolicyUsageFilter: 'PermissionsPolicy' })).toHaveLength(1);
  });

  it.each([
    ['arn:aws:iam::123456789012:policy/deploy', 'NoSuchEntityException'],
    ['arn:aws:iam::999999999999:policy/ci/deploy', 'NoSuchEntityException'],
    ['arn:aws:iam::aws:policy/NoSuchPolicyOfAws', 'NoSuchEntityException'],
    ['this is not an arn of any kind', 'ValidationError'],
    ['short', 'ValidationError'],
  ])('are refused by the ARN `%s`: %s', async (PolicyArn, name) => {
    const { iam } = await runningAccount(account);
    await expect(iam.send(new GetPolicyCommand({ PolicyArn }))).rejects.toMatchObject({ name });
  });
});
