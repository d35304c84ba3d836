import { describe, expect, it } from 'vitest';
import { arnOf, documentOf, iamApi } from './iam-api.ts';
import { ANY_POLICY } from './running-account.ts';

const trust = (principal: object, members: object = {}): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...members }],
  });
const EC2 = trust({ Service: 'ec2.amazonaws.com' });
const ACCESS = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}';
const POLICIES = `policies: [{ policyName: p, document: ${ANY_POLICY} }]`;

describe('making a role', () => {
  it('answers what AWS answers of a new role, and keeps all that was given', async () => {
    const { iam } = await iamApi(POLICIES);
    const { Role } = await iam.createRole({
      RoleName: 'Runner',
      Path: '/ci/',
      AssumeRolePolicyDocument: EC2,
      Description: 'of the pipeline',
      MaxSessionDuration: 7200,
      PermissionsBoundary: arnOf('policy/p'),
      Tags: [
        { Key: 'b', Value: '2' },
        { Key: 'a', Value: '' },
      ],
    });
    const answered = {
      Path: '/ci/',
      RoleName: 'Runner',
      RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/) as unknown,
      Arn: arnOf('role/ci/Runner'),
      CreateDate: new Date('2026-01-31T12:00:00Z'),
      AssumeRolePolicyDocument: encodeURIComponent(EC2),
      PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arnOf('policy/p') },
      Tags: [
        { Key: 'a', Value: '' },
        { Key: 'b', Value: '2' },
      ],
    };
    expect(Role).toEqual(answered);
    expect((await iam.getRole({ RoleName: 'runner' })).Role).toEqual({
      ...answered,
      Description: 'of the pipeline',
      MaxSessionDuration: 7200,
      RoleLastUsed: {},
    });
  });

  it('is refused where the name is taken in another case, and for what is not there', async () => {
    const { iam } = await iamApi('quotas: { RolesPerAccount: 1, ACLSizePerRole: 300 }');
    const create = (RoleName: string, members: object = {}) =>
      iam.createRole({ RoleName, AssumeRolePolicyDocument: EC2, ...members });
    await expect(create('r', { PermissionsBoundary: arnOf('policy/none') })).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `Scope ARN: ${arnOf('policy/none')} does not exist or is not attachable.`,
    });
    await create('r');
    await expect(create('R')).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
      message: 'Role with name R already exists.',
    });
    await expect(create('s')).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for RolesPerAccount: 1',
      $metadata: { httpStatusCode: 409 },
    });
    const long = trust({ AWS: '*' }, { Sid: 'x'.repeat(300) });
    await expect(create('t', { AssumeRolePolicyDocument: long })).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for ACLSizePerRole: 300',
    });
  });

  it.each([
    ['a name with a slash', { RoleName: 'a/b' }, 'ValidationError'],
    ['a name of 65 letters', { RoleName: 'r'.repeat(65) }, 'ValidationError'],
    ['a path without slashes', { Path: 'ci' }, 'ValidationError'],
    ['a session below an hour', { MaxSessionDuration: 3599 }, 'ValidationError'],
    ['a session above twelve hours', { MaxSessionDuration: 43_201 }, 'ValidationError'],
    ['a description with a control character', { Description: '\u0007' }, 'ValidationError'],
    ['a tag without key', { Tags: [{ Key: '', Value: '' }] }, 'ValidationError'],
    ['fifty-one tags', { Tags: [...Array(51).keys()].map((n) => ({ Key: `${n}`, Value: '' })) }, 'ValidationError'],
    ['a tag given twice', { Tags: ['k', 'K'].map((Key) => ({ Key, Value: '' })) }, 'InvalidInputException'],
    ['a tag of AWS’s own', { Tags: [{ Key: 'aws:k', Value: '' }] }, 'InvalidInputException'],
    ['a trust policy that is none', { AssumeRolePolicyDocument: '{}' }, 'MalformedPolicyDocumentException'],
    ['the path of service-linked roles', { Path: '/aws-service-role/x/' }, 'InvalidInputException'],
  ])('is refused for %s', async (_, members, name) => {
    const { iam } = await iamApi('{}');
    const input = { RoleName: 'r', AssumeRolePolicyDocument: EC2, ...members };
    await expect(iam.createRole(input)).rejects.toMatchObject({ name });
  });
});

describe('the principals of a trust policy', () => {
  const account = 'users: [{ userName: u, path: /a/ }]\nroles: [{ roleName: r, assumeRolePolicyDocument: {} }]'.replace(
    '{}',
    ANY_POLICY,
  );

  it.each([
    ['a user that is not there', { AWS: arnOf('user/none') }, `"AWS":"${arnOf('user/none')}"`],
    ['a user under another path', { AWS: arnOf('user/u') }, `"AWS":"${arnOf('user/u')}"`],
    ['a role that is not there', { AWS: ['*', arnOf('role/none')] }, `"AWS":"${arnOf('role/none')}"`],
    ['all roles', { AWS: arnOf('role/*') }, `"AWS":"${arnOf('role/*')}"`],
    ['a group', { AWS: arnOf('group/g') }, `"AWS":"${arnOf('group/g')}"`],
    ['another partition', { AWS: 'arn:aws-cn:iam::123456789012:root' }, '"AWS":"arn:aws-cn:iam::123456789012:root"'],
    ['an id of nobody', { AWS: 'AIDAAAAAAAAAAAAAAAAAA' }, '"AWS":"AIDAAAAAAAAAAAAAAAAAA"'],
    ['no service', { Service: 'ec2' }, '"SERVICE":"ec2"'],
    ['another type of principal', { Robot: 'r' }, '"Robot"'],
  ])('are refused when they name %s', async (_, principal, told) => {
    const { iam } = await iamApi(account);
    const input = { RoleName: 'new', AssumeRolePolicyDocument: trust(principal) };
    await expect(iam.createRole(input)).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
      message: `Invalid principal in policy: ${told}`,
    });
  });

  it('are refused when they name a federation that is none', async () => {
    const { iam } = await iamApi('{}');
    const input = { RoleName: 'new', AssumeRolePolicyDocument: trust({ Federated: arnOf('role/r') }) };
    await expect(iam.createRole(input)).rejects.toMatchObject({
      message: 'Federated principals must be valid domain names or SAML metadata ARNs',
    });
  });

  it.each([
    ['everybody', { AWS: '*' }],
    ['accounts, this one and another', { AWS: ['123456789012', 'arn:aws:iam::999999999999:root'] }],
    ['a user and a role that are there', { AWS: [arnOf('user/a/u'), arnOf('role/r')] }],
    ['a session of a role', { AWS: 'arn:aws:sts::123456789012:assumed-role/r/session' }],
    ['a provider, also before it is there', { Federated: arnOf('saml-provider/adfs') }],
    ['a login of the web', { Federated: 'cognito-identity.amazonaws.com' }],
    ['services', { Service: ['lambda.amazonaws.com', 'ecs.application-autoscaling.amazonaws.com'] }],
  ])('may be %s', async (_, principal) => {
    const { iam } = await iamApi(account);
    const { Role } = await iam.createRole({ RoleName: 'new', AssumeRolePolicyDocument: trust(principal) });
    expect(documentOf(Role?.AssumeRolePolicyDocument)).toMatchObject({ Statement: [{ Principal: principal }] });
  });

  it('stand as ids when they are gone, and mean nobody who comes later', async () => {
    const { iam } = await iamApi(account);
    const user = (await iam.getUser({ UserName: 'u' })).User;
    const role = (await iam.getRole({ RoleName: 'r' })).Role;
    const both = { AWS: [user?.Arn, role?.Arn, '999999999999'] };
    await iam.createRole({ RoleName: 'new', AssumeRolePolicyDocument: trust(both) });
    await iam.deleteUser({ UserName: 'u' });
    await iam.deleteRole({ RoleName: 'r' });
    await iam.createUser({ UserName: 'u', Path: '/a/' });
    const { Role } = await iam.getRole({ RoleName: 'new' });
    expect(documentOf(Role?.AssumeRolePolicyDocument)).toMatchObject({
      Statement: [{ Principal: { AWS: [user?.UserId, role?.RoleId, '999999999999'] } }],
    });
    const again = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '');
    await expect(iam.updateAssumeRolePolicy({ RoleName: 'new', PolicyDocument: again })).rejects.toMatchObject({
      message: `Invalid principal in policy: "AWS":"${user?.UserId}"`,
    });
  });

  it('may be given as ids, and stand as ARNs', async () => {
    const { iam } = await iamApi(account);
    const user = (await iam.getUser({ UserName: 'u' })).User;
    await iam.updateAssumeRolePolicy({ RoleName: 'r', PolicyDocument: trust({ AWS: user?.UserId }) });
    const { Role } = await iam.getRole({ RoleName: 'r' });
    expect(documentOf(Role?.AssumeRolePolicyDocument)).toMatchObject({
      Statement: [{ Principal: { AWS: user?.Arn } }],
    });
  });
});

describe('changing a role', () => {
  const account = `roles: [{ roleName: r, description: old, assumeRolePolicyDocument: ${ANY_POLICY} }]`;

  it('replaces what is given and leaves the rest', async () => {
    const { iam } = await iamApi(account);
    expect(await iam.updateRole({ RoleName: 'r', MaxSessionDuration: 43_200 })).not.toHaveProperty('Role');
    const { Role } = await iam.updateRoleDescription({ RoleName: 'r', Description: '' });
    expect(Role).toMatchObject({ RoleName: 'r', Description: '' });
    await iam.updateRole({ RoleName: 'r', Description: 'new' });
    await iam.updateAssumeRolePolicy({ RoleName: 'r', PolicyDocument: EC2 });
    expect((await iam.getRole({ RoleName: 'r' })).Role).toMatchObject({
      Description: 'new',
      MaxSessionDuration: 43_200,
      AssumeRolePolicyDocument: encodeURIComponent(EC2),
    });
  });

  it('is refused for a role that is not there, before its document is looked at', async () => {
    const { iam } = await iamApi(account);
    const refusal = { name: 'NoSuchEntityException', message: 'The role with name none cannot be found.' };
    const none = { RoleName: 'none' };
    await expect(iam.updateRole(none)).rejects.toMatchObject(refusal);
    await expect(iam.updateRoleDescription({ ...none, Description: 'd' })).rejects.toMatchObject(refusal);
    await expect(iam.updateAssumeRolePolicy({ ...none, PolicyDocument: '{' })).rejects.toMatchObject(refusal);
    await expect(iam.putRolePolicy({ ...none, PolicyName: 'p', PolicyDocument: '{' })).rejects.toMatchObject(refusal);
    await expect(iam.deleteRole(none)).rejects.toMatchObject(refusal);
  });

  it('tags it, without regard to the case of keys', async () => {
    const { iam } = await iamApi(account);
    await iam.tagRole({ RoleName: 'r', Tags: ['b', 'a'].map((Key) => ({ Key, Value: '1' })) });
    await iam.tagRole({ RoleName: 'r', Tags: [{ Key: 'B', Value: '2' }] });
    expect((await iam.listRoleTags({ RoleName: 'r' })).Tags).toEqual([
      { Key: 'B', Value: '2' },
      { Key: 'a', Value: '1' },
    ]);
    await iam.untagRole({ RoleName: 'r', TagKeys: ['A', 'none'] });
    expect((await iam.listRoleTags({ RoleName: 'r' })).Tags).toEqual([{ Key: 'B', Value: '2' }]);
    const fifty = [...Array(50).keys()].map((n) => ({ Key: `k${n}`, Value: '' }));
    await expect(iam.tagRole({ RoleName: 'r', Tags: fifty })).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'The number of tags has reached the maximum limit.',
    });
    await expect(iam.untagRole({ RoleName: 'r', TagKeys: ['*'] })).rejects.toMatchObject({ name: 'ValidationError' });
  });
});

describe('a role’s policies', () => {
  const account = `${POLICIES}\nroles: [{ roleName: r, assumeRolePolicyDocument: ${ANY_POLICY} }]`;

  it('are attached once and detached once', async () => {
    const { iam } = await iamApi(account);
    const one = { RoleName: 'r', PolicyArn: arnOf('policy/p') };
    await iam.attachRolePolicy(one);
    await iam.attachRolePolicy(one);
    expect((await iam.listAttachedRolePolicies({ RoleName: 'r' })).AttachedPolicies).toEqual([
      { PolicyName: 'p', PolicyArn: one.PolicyArn },
    ]);
    await iam.detachRolePolicy(one);
    await expect(iam.detachRolePolicy(one)).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `Policy ${one.PolicyArn} was not found.`,
    });
  });

  it('are not those of service-linked roles, nor ones that are not there, nor more than ten', async () => {
    const { iam } = await iamApi(account);
    const attach = (PolicyArn: string) => iam.attachRolePolicy({ RoleName: 'r', PolicyArn });
    await expect(attach('arn:aws:iam::aws:policy/aws-service-role/AmazonECSServiceRolePolicy')).rejects.toMatchObject({
      name: 'PolicyNotAttachableException',
      message: 'Cannot attach a Service Role Policy to a Customer Role.',
    });
    await expect(attach(arnOf('policy/none'))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `Policy ${arnOf('policy/none')} does not exist or is not attachable.`,
    });
    await expect(attach('this is no ARN at all')).rejects.toMatchObject({ name: 'ValidationError' });
    const { Policies = [] } = await iam.listPolicies({ Scope: 'AWS', PathPrefix: '/job-function/' });
    for (const { Arn = '' } of Policies.slice(0, 5)) await attach(Arn);
    const more = await iam.listPolicies({ Scope: 'AWS', PathPrefix: '/service-role/', MaxItems: 6 });
    for (const { Arn = '' } of (more.Policies ?? []).slice(0, 5)) await attach(Arn);
    await expect(attach(more.Policies?.[5]?.Arn ?? '')).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for PoliciesPerRole: 10',
    });
  });

  it('are embedded as they were written, replaced and deleted', async () => {
    const { iam } = await iamApi(account);
    const spaced = ACCESS.replaceAll(',', ' ,\n');
    await iam.putRolePolicy({ RoleName: 'R', PolicyName: 'Inline', PolicyDocument: ACCESS });
    await iam.putRolePolicy({ RoleName: 'r', PolicyName: 'Inline', PolicyDocument: spaced });
    const { PolicyDocument, ...names } = await iam.getRolePolicy({ RoleName: 'r', PolicyName: 'inline' });
    expect(names).toMatchObject({ RoleName: 'r', PolicyName: 'inline' });
    expect(decodeURIComponent(PolicyDocument ?? '')).toBe(spaced);
    await iam.deleteRolePolicy({ RoleName: 'r', PolicyName: 'Inline' });
    await expect(iam.deleteRolePolicy({ RoleName: 'r', PolicyName: 'Inline' })).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The role policy with name Inline cannot be found.',
    });
  });

  it('are at most 10,240 characters together, white space aside', async () => {
    const { iam } = await iamApi(account);
    const ofLength = (length: number): string =>
      ACCESS.replace('"s3:*"', `"s3:${'x'.repeat(length - ACCESS.length + 1)}"`);
    const put = (PolicyName: string, PolicyDocument: string) =>
      iam.putRolePolicy({ RoleName: 'r', PolicyName, PolicyDocument });
    await put('a', ofLength(6000));
    await put('b', `${ofLength(4240)}${' '.repeat(500)}`);
    await expect(put('b', ofLength(4241))).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Maximum policy size of 10240 bytes exceeded for role r',
    });
  });

  it('are bounded by a managed policy that is there', async () => {
    const { iam } = await iamApi(account);
    const PermissionsBoundary = arnOf('policy/p');
    await iam.putRolePermissionsBoundary({ RoleName: 'r', PermissionsBoundary });
    expect((await iam.getRole({ RoleName: 'r' })).Role?.PermissionsBoundary?.PermissionsBoundaryArn).toBe(
      PermissionsBoundary,
    );
    await expect(iam.deletePolicy({ PolicyArn: PermissionsBoundary })).rejects.toMatchObject({
      name: 'DeleteConflictException',
    });
    await iam.deleteRolePermissionsBoundary({ RoleName: 'r' });
    expect((await iam.getRole({ RoleName: 'r' })).Role).not.toHaveProperty('PermissionsBoundary');
    const absent = { RoleName: 'r', PermissionsBoundary: arnOf('policy/none') };
    await expect(iam.putRolePermissionsBoundary(absent)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });
});

describe('deleting a role', () => {
  it('is refused until its instance profile, policies and inline policies are gone', async () => {
    const { iam } = await iamApi(`
${POLICIES}
roles:
  - roleName: r
    assumeRolePolicyDocument: ${ANY_POLICY}
    attachedPolicies: [p]
    inlinePolicies: [{ policyName: i, document: ${ANY_POLICY} }]
instanceProfiles: [{ instanceProfileName: ip, roles: [r] }]
`);
    const refused = (what: string) =>
      expect(iam.deleteRole({ RoleName: 'r' })).rejects.toMatchObject({
        name: 'DeleteConflictException',
        message: `Cannot delete entity, must ${what} first.`,
        $metadata: { httpStatusCode: 409 },
      });
    await refused('remove roles from instance profile');
    await iam.removeRoleFromInstanceProfile({ InstanceProfileName: 'ip', RoleName: 'r' });
    await refused('detach all policies');
    await iam.detachRolePolicy({ RoleName: 'r', PolicyArn: arnOf('policy/p') });
    await refused('delete policies');
    await iam.deleteRolePolicy({ RoleName: 'r', PolicyName: 'i' });
    await iam.deleteRole({ RoleName: 'r' });
    expect((await iam.listRoles({})).Roles).toEqual([]);
    expect((await iam.getPolicy({ PolicyArn: arnOf('policy/p') })).Policy?.AttachmentCount).toBe(0);
  });
});
