import { describe, expect, it } from 'vitest';
import { arnOf, documentOf, iamApi } from './iam-api.ts';
import { ANY_POLICY } from './running-account.ts';

const documentFor = (Action: string): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
const READ = documentFor('s3:GetObject');
const PolicyArn = arnOf('policy/p');
const ONE = `policies: [{ policyName: p, createDate: 2025-01-01, document: ${ANY_POLICY} }]`;

describe('making a managed policy', () => {
  it('answers it as lists do, with its tags, and keeps its description', async () => {
    const { iam } = await iamApi('{}');
    const { Policy } = await iam.createPolicy({
      PolicyName: 'Deploy',
      Path: '/ci/',
      PolicyDocument: READ,
      Description: 'what the pipeline may do',
      Tags: [{ Key: 'a', Value: 'b' }],
    });
    const answered = {
      PolicyName: 'Deploy',
      PolicyId: expect.stringMatching(/^ANPA[A-Z2-7]{17}$/) as unknown,
      Arn: arnOf('policy/ci/Deploy'),
      Path: '/ci/',
      DefaultVersionId: 'v1',
      AttachmentCount: 0,
      PermissionsBoundaryUsageCount: 0,
      IsAttachable: true,
      CreateDate: new Date('2026-01-31T12:00:00Z'),
      UpdateDate: new Date('2026-01-31T12:00:00Z'),
      Tags: [{ Key: 'a', Value: 'b' }],
    };
    expect(Policy).toEqual(answered);
    expect((await iam.getPolicy({ PolicyArn: answered.Arn })).Policy).toEqual({
      ...answered,
      Description: 'what the pipeline may do',
    });
    const { PolicyVersion } = await iam.getPolicyVersion({ PolicyArn: answered.Arn, VersionId: 'v1' });
    expect(decodeURIComponent(PolicyVersion?.Document ?? '')).toBe(READ);
  });

  it('is refused for a name that is taken, a document that is none or too long, and beyond the quota', async () => {
    const { iam } = await iamApi(`${ONE}\nquotas: { PoliciesPerAccount: 1, PolicySize: 200 }`);
    const create = (PolicyName: string, PolicyDocument: string) => iam.createPolicy({ PolicyName, PolicyDocument });
    await expect(create('P', READ)).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
      message: 'A policy called P already exists. Duplicate names are not allowed.',
    });
    await expect(create('q', '{"Statement":[]}')).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
      message: 'Syntax errors in policy.',
    });
    await expect(create('q', '€')).rejects.toMatchObject({ name: 'ValidationError' });
    await expect(create('q', documentFor(`s3:${'x'.repeat(200)}`))).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for PolicySize: 200',
    });
    await expect(create('q', READ)).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for PoliciesPerAccount: 1',
    });
  });
});

describe('the versions of a managed policy', () => {
  it('come one after the other and make no difference until they are the default', async () => {
    const { iam, clock } = await iamApi(ONE);
    const { PolicyVersion } = await iam.createPolicyVersion({ PolicyArn, PolicyDocument: READ });
    expect(PolicyVersion).toEqual({
      VersionId: 'v2',
      IsDefaultVersion: false,
      CreateDate: new Date('2026-01-31T12:00:00Z'),
    });
    expect((await iam.getPolicy({ PolicyArn })).Policy?.DefaultVersionId).toBe('v1');
    clock.moveTo('2026-02-01T00:00:00Z');
    await iam.setDefaultPolicyVersion({ PolicyArn, VersionId: 'v2' });
    expect((await iam.getPolicy({ PolicyArn })).Policy).toMatchObject({ DefaultVersionId: 'v2' });
    const third = { PolicyArn, PolicyDocument: documentFor('s3:*'), SetAsDefault: true };
    expect((await iam.createPolicyVersion(third)).PolicyVersion).toMatchObject({ IsDefaultVersion: true });
    const { Versions } = await iam.listPolicyVersions({ PolicyArn });
    expect(Versions?.map(({ VersionId, IsDefaultVersion }) => [VersionId, IsDefaultVersion])).toEqual([
      ['v3', true],
      ['v2', false],
      ['v1', false],
    ]);
  });

  it('never have an id that one had before', async () => {
    const { iam } = await iamApi(ONE);
    const create = async () =>
      (await iam.createPolicyVersion({ PolicyArn, PolicyDocument: READ })).PolicyVersion?.VersionId;
    expect(await create()).toBe('v2');
    await iam.deletePolicyVersion({ PolicyArn, VersionId: 'v2' });
    expect(await create()).toBe('v3');
  });

  it('are five at most', async () => {
    const { iam } = await iamApi(ONE);
    const create = () => iam.createPolicyVersion({ PolicyArn, PolicyDocument: READ });
    for (let made = 1; made < 5; made += 1) await create();
    await expect(create()).rejects.toMatchObject({
      name: 'LimitExceededException',
      message:
        'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
    });
    await iam.deletePolicyVersion({ PolicyArn, VersionId: 'v2' });
    expect((await create()).PolicyVersion?.VersionId).toBe('v6');
  });

  it('are deleted but for the default', async () => {
    const { iam } = await iamApi(ONE);
    const absent = {
      name: 'NoSuchEntityException',
      message: `Policy ${PolicyArn} version v7 does not exist or is not attachable.`,
    };
    await expect(iam.deletePolicyVersion({ PolicyArn, VersionId: 'v1' })).rejects.toMatchObject({
      name: 'DeleteConflictException',
      message: 'Cannot delete the default version of a policy.',
    });
    await expect(iam.deletePolicyVersion({ PolicyArn, VersionId: 'v7' })).rejects.toMatchObject(absent);
    await expect(iam.setDefaultPolicyVersion({ PolicyArn, VersionId: 'v7' })).rejects.toMatchObject(absent);
    await expect(iam.getPolicyVersion({ PolicyArn, VersionId: 'v7' })).rejects.toMatchObject(absent);
    await expect(iam.deletePolicyVersion({ PolicyArn, VersionId: '7' })).rejects.toMatchObject({
      name: 'ValidationError',
    });
  });
});

describe('deleting a managed policy', () => {
  it('is refused while it is attached or has other versions', async () => {
    const { iam } = await iamApi(`${ONE}\ngroups: [{ groupName: g, attachedPolicies: [p] }]`);
    await iam.createPolicyVersion({ PolicyArn, PolicyDocument: READ });
    await expect(iam.deletePolicy({ PolicyArn })).rejects.toMatchObject({
      name: 'DeleteConflictException',
      message: 'Cannot delete a policy attached to entities.',
    });
    await iam.detachGroupPolicy({ GroupName: 'g', PolicyArn });
    await expect(iam.deletePolicy({ PolicyArn })).rejects.toMatchObject({
      name: 'DeleteConflictException',
      message:
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
    });
    await iam.deletePolicyVersion({ PolicyArn, VersionId: 'v2' });
    await iam.deletePolicy({ PolicyArn });
    await expect(iam.getPolicy({ PolicyArn })).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `Policy ${PolicyArn} was not found.`,
    });
  });

  it('is nobody’s business where the policy is AWS’s or another account’s', async () => {
    const { iam } = await iamApi(ONE);
    const refusal = { name: 'AccessDenied', message: 'Policy is outside your own account.' };
    const ofAws = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    const foreign = 'arn:aws:iam::999999999999:policy/p';
    await expect(iam.deletePolicy({ PolicyArn: ofAws })).rejects.toMatchObject(refusal);
    await expect(iam.deletePolicy({ PolicyArn: foreign })).rejects.toMatchObject(refusal);
    await expect(iam.createPolicyVersion({ PolicyArn: ofAws, PolicyDocument: READ })).rejects.toMatchObject(refusal);
    await expect(iam.tagPolicy({ PolicyArn: ofAws, Tags: [] })).rejects.toMatchObject(refusal);
    await expect(iam.deletePolicy({ PolicyArn: 'this is no ARN at all' })).rejects.toMatchObject({
      name: 'ValidationError',
    });
  });
});

describe('AWS’s managed policies', () => {
  it('are all there, with every version they ever had', async () => {
    const { iam } = await iamApi('{}');
    const names: (string | undefined)[] = [];
    let Marker: string | undefined;
    do {
      const page = await iam.listPolicies({
        Scope: 'AWS',
        MaxItems: 1000,
        ...(Marker === undefined ? {} : { Marker }),
      });
      names.push(...(page.Policies ?? []).map(({ PolicyName }) => PolicyName));
      Marker = page.Marker;
    } while (Marker !== undefined);
    expect(names.length).toBeGreaterThan(1400);
    expect(new Set(names).size).toBe(names.length);
    const lambda = 'arn:aws:iam::aws:policy/service-role/AWSLambdaRole';
    const { PolicyVersion } = await iam.getPolicyVersion({ PolicyArn: lambda, VersionId: 'v1' });
    expect(documentOf(PolicyVersion?.Document)).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['lambda:InvokeFunction'], Resource: ['*'] }],
    });
    const { Versions } = await iam.listPolicyVersions({ PolicyArn: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess' });
    expect(Versions?.at(-1)?.VersionId).toBe('v1');
    expect(Versions?.filter(({ IsDefaultVersion }) => IsDefaultVersion)).toHaveLength(1);
  });
});

describe('tags of managed policies', () => {
  it('are set, listed and taken away', async () => {
    const { iam } = await iamApi(ONE);
    await iam.tagPolicy({ PolicyArn, Tags: [{ Key: 'k', Value: 'v' }] });
    expect((await iam.listPolicyTags({ PolicyArn })).Tags).toEqual([{ Key: 'k', Value: 'v' }]);
    await iam.untagPolicy({ PolicyArn, TagKeys: ['K'] });
    // Of policies the case of keys counts.
    expect((await iam.listPolicyTags({ PolicyArn })).Tags).toHaveLength(1);
    await iam.untagPolicy({ PolicyArn, TagKeys: ['k'] });
    expect((await iam.listPolicyTags({ PolicyArn })).Tags).toEqual([]);
  });
});

describe('the entities of a managed policy', () => {
  const account = `${ONE}
users: [${['a', 'b', 'c'].map((name) => `{ userName: ${name}, attachedPolicies: [p] }`).join(', ')}, { userName: d, permissionsBoundary: p }]
roles: [{ roleName: r, attachedPolicies: [p], permissionsBoundary: p, assumeRolePolicyDocument: ${ANY_POLICY} }]
`;

  it('are told once, page by page', async () => {
    const { iam } = await iamApi(account);
    const told: (string | undefined)[] = [];
    let Marker: string | undefined;
    do {
      const input = { PolicyArn, MaxItems: 2, ...(Marker === undefined ? {} : { Marker }) };
      const page = await iam.listEntitiesForPolicy(input);
      told.push(...(page.PolicyUsers ?? []).map(({ UserName }) => UserName));
      told.push(...(page.PolicyRoles ?? []).map(({ RoleName }) => RoleName));
      Marker = page.Marker;
    } while (Marker !== undefined);
    expect(told.toSorted()).toEqual(['a', 'b', 'c', 'd', 'r']);
  });

  it('are told by how they use it', async () => {
    const { iam } = await iamApi(account);
    const bounded = await iam.listEntitiesForPolicy({ PolicyArn, PolicyUsageFilter: 'PermissionsBoundary' });
    expect(bounded.PolicyUsers?.map(({ UserName }) => UserName)).toEqual(['d']);
    expect(bounded.PolicyRoles).toEqual([{ RoleName: 'r', RoleId: expect.stringMatching(/^AROA/) as unknown }]);
    const roles = await iam.listEntitiesForPolicy({ PolicyArn, EntityFilter: 'Role' });
    expect([roles.PolicyUsers, roles.PolicyGroups, roles.PolicyRoles?.length]).toEqual([[], [], 1]);
  });
});
