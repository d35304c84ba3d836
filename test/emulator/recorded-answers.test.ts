import { CreateUserCommand, ListUsersCommand, type Tag } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { arnOf, iamApi } from './iam-api.ts';
import { ANY_POLICY, runningAccount } from './running-account.ts';

// What IAM was recorded to answer in February and September 2026 where its reference says nothing, or something else.

const EC2 = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
});
const DOCUMENT = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' },
});

const account = `
policies: [{ policyName: p, document: ${ANY_POLICY} }, { policyName: bound, document: ${ANY_POLICY} }, { policyName: free, document: ${ANY_POLICY} }]
users: [{ userName: u, attachedPolicies: [p], permissionsBoundary: bound }, { userName: plain }]
roles: [{ roleName: r, assumeRolePolicyDocument: ${EC2} }]
instanceProfiles: [{ instanceProfileName: ip }]
`;

const refusal = (name: string, message: string) => ({ name, message });

describe('a refusal of input', () => {
  it('does not repeat what it refuses', async () => {
    const { iam } = await iamApi(account);
    await expect(iam.getUser({ UserName: 'a b' })).rejects.toMatchObject({
      message: expect.stringMatching(/^The specified value for userName is invalid\. /) as unknown,
    });
    await expect(iam.listUsers({ MaxItems: 1001 })).rejects.toMatchObject(
      refusal(
        'ValidationError',
        "1 validation error detected: Value at 'maxItems' failed to satisfy constraint: Member must have value less than or equal to 1000",
      ),
    );
  });

  it('says of a list what each of its texts must be', async () => {
    const { iam } = await iamApi(account);
    await expect(iam.untagRole({ RoleName: 'r', TagKeys: ['fine', 'NOWAY!'] })).rejects.toMatchObject(
      refusal(
        'ValidationError',
        "1 validation error detected: Value at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+, Member must not be null]",
      ),
    );
    const wrong = { Url: 'b'.repeat(256), ThumbprintList: ['b'.repeat(41)], ClientIDList: ['b'.repeat(256)] };
    await expect(iam.createOpenIDConnectProvider(wrong)).rejects.toMatchObject(
      refusal(
        'ValidationError',
        "3 validation errors detected: Value at 'clientIDList' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 255, Member must have length greater than or equal to 1]; Value at 'thumbprintList' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 40, Member must have length greater than or equal to 40]; Value at 'url' failed to satisfy constraint: Member must have length less than or equal to 255",
      ),
    );
  });

  it('comes before the question whether one may call', async () => {
    const { as } = await runningAccount(
      'users: [{ userName: nobody, accessKeys: [{ createDate: 1d ago, accessKeyId: AKIA2345ABCDEFGHIJKL }] }]',
      { enforce: true },
    );
    const { iam } = as('AKIA2345ABCDEFGHIJKL');
    await expect(iam.send(new CreateUserCommand({ UserName: 'x'.repeat(65) }))).rejects.toMatchObject({
      name: 'ValidationError',
    });
    await expect(iam.send(new ListUsersCommand({ MaxItems: 0 }))).rejects.toMatchObject({ name: 'ValidationError' });
    // What the account would refuse after it has looked is told to nobody who may not look.
    await expect(iam.send(new CreateUserCommand({ UserName: 'nobody' }))).rejects.toMatchObject({
      Code: 'AccessDenied',
    });
  });
});

describe('paths', () => {
  it.each(['/a/', '/a//b/', '/!~/'])('may be %s', async (Path) => {
    const { iam } = await iamApi('{}');
    expect((await iam.createGroup({ GroupName: 'g', Path })).Group?.Path).toBe(Path);
  });

  it.each(['//', '/a', 'a/', '/ /', '/\u007f/', '/é/', '/a/\n', '/a\n/'])('may not be %j', async (Path) => {
    const { iam } = await iamApi('{}');
    await expect(iam.createGroup({ GroupName: 'g', Path })).rejects.toMatchObject({ name: 'ValidationError' });
  });
});

describe('tags', () => {
  const both: Tag[] = [
    { Key: 'a', Value: 'lower' },
    { Key: 'A', Value: 'upper' },
  ];
  const twice: Tag[] = [...both, { Key: 'a', Value: 'again' }];

  it('of users and roles have keys without case', async () => {
    const { iam } = await iamApi(account);
    const duplicates = refusal(
      'InvalidInputException',
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    );
    await expect(iam.tagUser({ UserName: 'u', Tags: both })).rejects.toMatchObject(duplicates);
    await expect(iam.tagRole({ RoleName: 'r', Tags: both })).rejects.toMatchObject(duplicates);
  });

  it('of everything else have keys with case', async () => {
    const { iam } = await iamApi(account);
    await iam.tagPolicy({ PolicyArn: arnOf('policy/p'), Tags: both });
    await iam.untagPolicy({ PolicyArn: arnOf('policy/p'), TagKeys: ['a'] });
    expect((await iam.listPolicyTags({ PolicyArn: arnOf('policy/p') })).Tags).toEqual([both[1]]);
    await iam.tagInstanceProfile({ InstanceProfileName: 'ip', Tags: both });
    const { Tags } = await iam.listInstanceProfileTags({ InstanceProfileName: 'ip' });
    expect(Tags).toEqual([both[1], both[0]]);
    await expect(iam.tagPolicy({ PolicyArn: arnOf('policy/p'), Tags: twice })).rejects.toMatchObject(
      refusal('InvalidInputException', 'Duplicate tag keys found.'),
    );
  });

  it('stand in an answer about one thing even where there are none', async () => {
    const { iam } = await iamApi(account);
    expect((await iam.getInstanceProfile({ InstanceProfileName: 'ip' })).InstanceProfile?.Tags).toEqual([]);
    const { InstanceProfile } = await iam.createInstanceProfile({ InstanceProfileName: 'new' });
    expect(InstanceProfile?.Tags).toBeUndefined();
  });
});

describe('policies', () => {
  it('that are embedded keep the first spelling of their name, and answer to any', async () => {
    const { iam } = await iamApi(account);
    const put = (PolicyName: string) => iam.putRolePolicy({ RoleName: 'r', PolicyName, PolicyDocument: DOCUMENT });
    await put('MixedName');
    await put('mixedname');
    expect((await iam.listRolePolicies({ RoleName: 'r' })).PolicyNames).toEqual(['MixedName']);
    expect((await iam.getRolePolicy({ RoleName: 'r', PolicyName: 'MIXEDNAME' })).PolicyName).toBe('MIXEDNAME');
  });

  it.each([
    [{ PolicyUsageFilter: 'PermissionsBoundary' as const }, ['bound', 'free', 'p']],
    [{ OnlyAttached: true }, ['bound', 'p']],
    [{ OnlyAttached: true, PolicyUsageFilter: 'PermissionsPolicy' as const }, ['p']],
    [{ OnlyAttached: true, PolicyUsageFilter: 'PermissionsBoundary' as const }, ['bound']],
  ])('are listed for %j', async (filter, names) => {
    const { iam } = await iamApi(account);
    const { Policies } = await iam.listPolicies({ Scope: 'Local', ...filter });
    expect(Policies?.map(({ PolicyName }) => PolicyName)).toEqual(names);
  });

  it('have versions only where they are there', async () => {
    const { iam } = await iamApi(account);
    const PolicyArn = arnOf('policy/TestNonExistingPolicy');
    const missing = refusal(
      'NoSuchEntityException',
      `Policy ${PolicyArn} version v1 does not exist or is not attachable.`,
    );
    await expect(iam.getPolicyVersion({ PolicyArn, VersionId: 'v1' })).rejects.toMatchObject(missing);
    await expect(iam.setDefaultPolicyVersion({ PolicyArn, VersionId: 'v1' })).rejects.toMatchObject(missing);
  });

  it('are named by an ARN', async () => {
    const { iam } = await iamApi(account);
    const PolicyArn = 'longpolicynamebutnoarn';
    await expect(iam.attachRolePolicy({ RoleName: 'r', PolicyArn })).rejects.toMatchObject(
      refusal('ValidationError', `ARN ${PolicyArn} is not valid.`),
    );
    const PermissionsBoundary = arnOf('not_a_policy/invalid');
    await expect(iam.putRolePermissionsBoundary({ RoleName: 'r', PermissionsBoundary })).rejects.toMatchObject(
      refusal('InvalidInputException', `ARN ${PermissionsBoundary} is not valid.`),
    );
  });

  it('bound nobody twice', async () => {
    const { iam } = await iamApi(account);
    await iam.deleteUserPermissionsBoundary({ UserName: 'u' });
    const gone = { name: 'NoSuchEntityException' };
    await expect(iam.deleteUserPermissionsBoundary({ UserName: 'u' })).rejects.toMatchObject(gone);
    await expect(iam.deleteRolePermissionsBoundary({ RoleName: 'r' })).rejects.toMatchObject(gone);
  });

  it('may not all be in use, where the quota is smaller', async () => {
    const { iam } = await iamApi(`quotas: { PolicyVersionsInUse: 2 }\n${account}`);
    const attach = (PolicyArn: string) => iam.attachUserPolicy({ UserName: 'plain', PolicyArn });
    await attach(arnOf('policy/p'));
    await attach(arnOf('policy/bound'));
    const full = refusal('LimitExceededException', 'Cannot exceed quota for PolicyVersionsInUse: 2');
    await expect(attach(arnOf('policy/free'))).rejects.toMatchObject(full);
    await expect(
      iam.putRolePermissionsBoundary({ RoleName: 'r', PermissionsBoundary: arnOf('policy/free') }),
    ).rejects.toMatchObject(full);
  });
});

describe('answers about roles', () => {
  it('tell of a new description nothing of sessions', async () => {
    const { iam } = await iamApi(account);
    const { Role } = await iam.updateRoleDescription({ RoleName: 'r', Description: 'd' });
    expect(Role).toMatchObject({ RoleName: 'r', Description: 'd' });
    expect(Role?.MaxSessionDuration).toBeUndefined();
  });

  it('tell a role that is not there from one that is in no instance profile', async () => {
    const { iam } = await iamApi(account);
    const remove = (RoleName: string) => iam.removeRoleFromInstanceProfile({ InstanceProfileName: 'ip', RoleName });
    await expect(remove('none')).rejects.toMatchObject({ message: 'The role with name none cannot be found.' });
    await expect(remove('r')).rejects.toMatchObject({ message: 'Role r in Instance Profile ip cannot be found.' });
  });

  it('leave the path of service-linked roles to AWS', async () => {
    const { iam } = await iamApi('{}');
    const role = { RoleName: 'x', Path: '/aws-service-role/ecs.amazonaws.com/', AssumeRolePolicyDocument: EC2 };
    await expect(iam.createRole(role)).rejects.toMatchObject(
      refusal(
        'InvalidInputException',
        "Path prefix '/aws-service-role/' can only be used for AWS Service linked Roles",
      ),
    );
  });
});

describe('credentials', () => {
  it('that are not there are nobody’s to ask for', async () => {
    const { iam } = await iamApi('{}');
    await expect(iam.getAccessKeyLastUsed({ AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' })).rejects.toMatchObject({
      Code: 'AccessDenied',
      message: `User: ${arnOf('root')} is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key AKIAIOSFODNN7EXAMPLE`,
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('that are no certificates are repeated', async () => {
    const { iam } = await iamApi(account);
    const upload = iam.uploadSigningCertificate({ UserName: 'u', CertificateBody: 'invalid-certificate-body' });
    await expect(upload).rejects.toMatchObject({ message: 'Certificate invalid-certificate-body is malformed.' });
  });
});

describe('the alias of an account', () => {
  // Source: "Your AWS account ID and alias", IAM User Guide.
  it.each(['123456789012', '-abc', 'abc-', 'a--b', 'Abc'])('may not be %s', async (AccountAlias) => {
    const { iam } = await iamApi('{}');
    await expect(iam.createAccountAlias({ AccountAlias })).rejects.toMatchObject(
      refusal(
        'ValidationError',
        'The specified value for accountAlias is invalid. It must be a minimum length of 3 characters and maximum length of 63 characters, contain only digits, lowercase letters, and hyphens (-), but cannot begin or end with a hyphen.',
      ),
    );
  });

  it('may be of other digits', async () => {
    const { iam } = await iamApi('{}');
    await iam.createAccountAlias({ AccountAlias: '1234567890123' });
    expect((await iam.listAccountAliases({})).AccountAliases).toEqual(['1234567890123']);
  });
});
