import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { samlMetadata } from '../emulator/example-certificates.ts';
import { runningAccount } from '../emulator/running-account.ts';
import { awsCli, type CliCredentials } from './aws-cli.ts';

const ACCOUNT = '123456789012';
const arn = (resource: string): string => `arn:aws:iam::${ACCOUNT}:${resource}`;

const documentOf = (Action: string | string[], Resource = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource }],
});
const trustOf = (Principal: object) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }],
});
const ec2 = trustOf({ Service: 'ec2.amazonaws.com' });

/** An empty account, a shell in it as its root user, and a directory for what is typed into files. */
const session = async (accountFile = '{}') => {
  const { endpoint, credentials, clock } = await runningAccount(accountFile);
  const directory = mkdtempSync(join(tmpdir(), 'vigil-aws-cli-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const as = (keys: CliCredentials) => awsCli(endpoint, keys);
  const path = (name: string): string => join(directory, name);
  const file = (name: string, content: unknown): string => {
    writeFileSync(path(name), typeof content === 'string' ? content : JSON.stringify(content));
    return `file://${path(name)}`;
  };
  const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey } = credentials;
  return { ...as({ AccessKeyId, SecretAccessKey }), as, file, path, clock };
};

/** How the CLI ends where AWS refuses a call. */
const refused = (code: string, operation: string, message: string): readonly [number, string] => [
  254,
  `An error occurred (${code}) when calling the ${operation} operation: ${message}`,
];

/** What an authenticator app shows, by RFC 6238: six digits of HMAC-SHA-1, a new number each 30 seconds. */
const totp = (base32Seed: string, instant: string, stepsLater = 0): string => {
  const bits = [...base32Seed.replace(/=+$/, '')]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from((bits.match(/[01]{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.parse(instant) / 30_000) + stepsLater));
  const mac = createHmac('sha1', key).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
};

describe('an administrator with the AWS CLI', { timeout: 120_000 }, () => {
  it('makes a user with a console password, tags it, renames it and deletes it', async () => {
    const { json, refusal } = await session();
    const iam = (...args: string[]) => json('iam', ...args);
    const user = await iam('create-user', '--user-name', 'alice', '--path', '/staff/', '--tags', 'Key=team,Value=web');
    expect(user).toEqual({
      User: {
        Path: '/staff/',
        UserName: 'alice',
        UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/) as unknown,
        Arn: arn('user/staff/alice'),
        CreateDate: '2026-01-31T12:00:00+00:00',
        Tags: [{ Key: 'team', Value: 'web' }],
      },
    });
    expect(await refusal('iam', 'create-user', '--user-name', 'Alice')).toEqual(
      refused('EntityAlreadyExists', 'CreateUser', 'User with name Alice already exists.'),
    );
    const password = ['--user-name', 'alice', '--password', 'Correct-horse-1'];
    expect(await iam('create-login-profile', ...password, '--password-reset-required')).toEqual({
      LoginProfile: { UserName: 'alice', CreateDate: '2026-01-31T12:00:00+00:00', PasswordResetRequired: true },
    });
    expect(await iam('update-login-profile', '--user-name', 'alice', '--no-password-reset-required')).toBeNull();
    expect(
      await iam('get-login-profile', '--user-name', 'alice', '--query', 'LoginProfile.PasswordResetRequired'),
    ).toBe(false);
    await iam('tag-user', '--user-name', 'alice', '--tags', 'Key=team,Value=data', 'Key=cost,Value=7 + 8');
    await iam('untag-user', '--user-name', 'alice', '--tag-keys', 'nothing', 'COST');
    expect(await iam('list-user-tags', '--user-name', 'alice')).toEqual({
      Tags: [{ Key: 'team', Value: 'data' }],
    });
    await iam('update-user', '--user-name', 'alice', '--new-user-name', 'alicia', '--new-path', '/');
    expect(await iam('list-users', '--path-prefix', '/', '--query', 'Users[].Arn')).toEqual([arn('user/alicia')]);
    expect(await refusal('iam', 'delete-user', '--user-name', 'alicia')).toEqual(
      refused('DeleteConflict', 'DeleteUser', 'Cannot delete entity, must delete login profile first.'),
    );
    await iam('delete-login-profile', '--user-name', 'alicia');
    await iam('delete-user', '--user-name', 'alicia');
    expect(await refusal('iam', 'delete-user', '--user-name', 'alicia')).toEqual(
      refused('NoSuchEntity', 'DeleteUser', 'The user with name alicia cannot be found.'),
    );
    expect((await refusal('iam', 'create-user'))[0]).toBe(252);
  });

  it('gives a group and a user policies, and a policy its versions', async () => {
    const { json, refusal, file } = await session();
    const iam = (...args: string[]) => json('iam', ...args);
    await iam('create-group', '--group-name', 'staff');
    await iam('create-user', '--user-name', 'bob');
    await iam('add-user-to-group', '--group-name', 'staff', '--user-name', 'bob');
    const written = documentOf(['s3:Get*', 's3:List*']);
    const made = await iam('create-policy', '--policy-name', 'read', '--policy-document', file('p.json', written));
    const policyArn = arn('policy/read');
    expect(made).toMatchObject({
      Policy: { Arn: policyArn, DefaultVersionId: 'v1', AttachmentCount: 0, IsAttachable: true },
    });
    await iam('attach-group-policy', '--group-name', 'staff', '--policy-arn', policyArn);
    const inline = file('inline.json', documentOf('sqs:SendMessage'));
    await iam('put-user-policy', '--user-name', 'bob', '--policy-name', 'send', '--policy-document', inline);
    expect(await iam('get-user-policy', '--user-name', 'bob', '--policy-name', 'send')).toEqual({
      UserName: 'bob',
      PolicyName: 'send',
      PolicyDocument: documentOf('sqs:SendMessage'),
    });
    expect(await iam('list-groups-for-user', '--user-name', 'bob', '--query', 'Groups[].GroupName')).toEqual(['staff']);
    expect(await iam('list-attached-group-policies', '--group-name', 'staff', '--query', 'AttachedPolicies')).toEqual([
      { PolicyName: 'read', PolicyArn: policyArn },
    ]);
    const wider = file('wider.json', documentOf('s3:*'));
    const ofPolicy = ['--policy-arn', policyArn];
    expect(await iam('create-policy-version', ...ofPolicy, '--policy-document', wider, '--set-as-default')).toEqual({
      PolicyVersion: { VersionId: 'v2', IsDefaultVersion: true, CreateDate: '2026-01-31T12:00:00+00:00' },
    });
    await iam('set-default-policy-version', ...ofPolicy, '--version-id', 'v1');
    expect(
      await iam('list-policy-versions', ...ofPolicy, '--query', 'Versions[].[VersionId, IsDefaultVersion]'),
    ).toEqual([
      ['v2', false],
      ['v1', true],
    ]);
    expect(
      await iam('get-policy-version', ...ofPolicy, '--version-id', 'v1', '--query', 'PolicyVersion.Document'),
    ).toEqual(written);
    expect(await refusal('iam', 'delete-policy-version', ...ofPolicy, '--version-id', 'v1')).toEqual(
      refused('DeleteConflict', 'DeletePolicyVersion', 'Cannot delete the default version of a policy.'),
    );
    expect(await iam('list-entities-for-policy', ...ofPolicy, '--query', 'PolicyGroups[].GroupName')).toEqual([
      'staff',
    ]);
    expect(await refusal('iam', 'delete-policy', ...ofPolicy)).toEqual(
      refused('DeleteConflict', 'DeletePolicy', 'Cannot delete a policy attached to entities.'),
    );
    const broken = ['--user-name', 'bob', '--policy-name', 'broken', '--policy-document'];
    expect(await refusal('iam', 'put-user-policy', ...broken, '{"Version": "2012-10-17", "Statement": [}')).toEqual(
      refused('MalformedPolicyDocument', 'PutUserPolicy', 'Syntax errors in policy.'),
    );
    expect(await refusal('iam', 'delete-group', '--group-name', 'staff')).toEqual(
      refused('DeleteConflict', 'DeleteGroup', 'Cannot delete entity, must remove users from group first.'),
    );
  });

  it('makes roles from trust files, lets instances and users take them, and deletes them', async () => {
    const { json, refusal, file, as } = await session('users: [{ userName: carol }]');
    const iam = (...args: string[]) => json('iam', ...args);
    const role = ['--role-name', 'app'];
    const trusting = ['--assume-role-policy-document', file('trust.json', ec2)];
    const hours = ['--description', 'the app', '--max-session-duration', '7200'];
    expect(await iam('create-role', ...role, ...trusting, ...hours)).toEqual({
      Role: {
        Path: '/',
        RoleName: 'app',
        RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/) as unknown,
        Arn: arn('role/app'),
        CreateDate: '2026-01-31T12:00:00+00:00',
        AssumeRolePolicyDocument: ec2,
      },
    });
    const nobody = file('nobody.json', trustOf({ AWS: arn('user/nobody') }));
    expect(await refusal('iam', 'update-assume-role-policy', ...role, '--policy-document', nobody)).toEqual(
      refused(
        'MalformedPolicyDocument',
        'UpdateAssumeRolePolicy',
        `Invalid principal in policy: "AWS":"${arn('user/nobody')}"`,
      ),
    );
    await iam('create-instance-profile', '--instance-profile-name', 'app');
    await iam('add-role-to-instance-profile', '--instance-profile-name', 'app', ...role);
    await iam('wait', 'instance-profile-exists', '--instance-profile-name', 'app');
    await iam('attach-role-policy', ...role, '--policy-arn', 'arn:aws:iam::aws:policy/ReadOnlyAccess');
    const boundary = 'arn:aws:iam::aws:policy/PowerUserAccess';
    await iam('put-role-permissions-boundary', ...role, '--permissions-boundary', boundary);
    await iam('tag-role', ...role, '--tags', 'Key=stage,Value=prod');
    const carol = file('carol.json', trustOf({ AWS: arn('user/carol') }));
    await iam('update-assume-role-policy', ...role, '--policy-document', carol);
    expect(await iam('get-role', ...role)).toMatchObject({
      Role: {
        Description: 'the app',
        MaxSessionDuration: 7200,
        AssumeRolePolicyDocument: trustOf({ AWS: arn('user/carol') }),
        PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: boundary },
        Tags: [{ Key: 'stage', Value: 'prod' }],
        RoleLastUsed: {},
      },
    });

    const { AccessKey } = (await iam('create-access-key', '--user-name', 'carol')) as { AccessKey: CliCredentials };
    const assume = ['sts', 'assume-role', '--role-arn', arn('role/app'), '--role-session-name', 'laptop'];
    const { Credentials } = (await as(AccessKey).json(...assume)) as { Credentials: CliCredentials };
    expect(await as(Credentials).json('sts', 'get-caller-identity')).toEqual({
      UserId: expect.stringMatching(/^AROA[A-Z2-7]{17}:laptop$/) as unknown,
      Account: ACCOUNT,
      Arn: `arn:aws:sts::${ACCOUNT}:assumed-role/app/laptop`,
    });
    expect(await as(AccessKey).refusal(...assume, '--duration-seconds', '7201')).toEqual(
      refused(
        'ValidationError',
        'AssumeRole',
        'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      ),
    );
    expect(await refusal('iam', 'delete-role', ...role)).toEqual(
      refused('DeleteConflict', 'DeleteRole', 'Cannot delete entity, must remove roles from instance profile first.'),
    );
    await iam('remove-role-from-instance-profile', '--instance-profile-name', 'app', ...role);
    await iam('detach-role-policy', ...role, '--policy-arn', 'arn:aws:iam::aws:policy/ReadOnlyAccess');
    await iam('delete-role', ...role);

    await iam('create-service-linked-role', '--aws-service-name', 'autoscaling.amazonaws.com');
    const linked = ['--role-name', 'AWSServiceRoleForAutoScaling'];
    expect((await refusal('iam', 'delete-role', ...linked))[1]).toContain('(UnmodifiableEntity)');
    const task = (await iam('delete-service-linked-role', ...linked)) as { DeletionTaskId: string };
    const status = ['get-service-linked-role-deletion-status', '--deletion-task-id', task.DeletionTaskId];
    expect(await iam(...status, '--query', 'Status')).toBe('SUCCEEDED');
  });

  it('rotates access keys', async () => {
    const { json, refusal, as } = await session('users: [{ userName: dave }]');
    const iam = (...args: string[]) => json('iam', ...args);
    const dave = ['--user-name', 'dave'];
    const create = async () => ((await iam('create-access-key', ...dave)) as { AccessKey: CliCredentials }).AccessKey;
    const old = await create();
    expect(await as(old).json('sts', 'get-caller-identity', '--query', 'Arn')).toBe(arn('user/dave'));
    const lastUsed = ['get-access-key-last-used', '--access-key-id', old.AccessKeyId];
    expect(await iam(...lastUsed)).toEqual({
      UserName: 'dave',
      AccessKeyLastUsed: { LastUsedDate: '2026-01-31T12:00:00+00:00', ServiceName: 'sts', Region: 'us-east-1' },
    });
    const fresh = await create();
    expect(await refusal('iam', 'create-access-key', ...dave)).toEqual(
      refused('LimitExceeded', 'CreateAccessKey', 'Cannot exceed quota for AccessKeysPerUser: 2'),
    );
    await iam('update-access-key', ...dave, '--access-key-id', old.AccessKeyId, '--status', 'Inactive');
    expect(await iam('list-access-keys', ...dave, '--query', 'AccessKeyMetadata[].[AccessKeyId, Status]')).toEqual([
      [old.AccessKeyId, 'Inactive'],
      [fresh.AccessKeyId, 'Active'],
    ]);
    await iam('delete-access-key', ...dave, '--access-key-id', old.AccessKeyId);
    expect(await refusal('iam', 'delete-access-key', ...dave, '--access-key-id', old.AccessKeyId)).toEqual(
      refused('NoSuchEntity', 'DeleteAccessKey', `The Access Key with id ${old.AccessKeyId} cannot be found.`),
    );
  });

  it('enables a virtual MFA device with the codes that it shows, and signs in with it', async () => {
    const { json, refusal, path, as, clock } = await session(
      'users: [{ userName: erin, accessKeys: [{ accessKeyId: AKIA2345ABCDEFGHIJKL, createDate: 1d ago }] }]',
    );
    const iam = (...args: string[]) => json('iam', ...args);
    const SerialNumber = arn('mfa/erin');
    const out = ['--outfile', path('seed'), '--bootstrap-method', 'Base32StringSeed'];
    expect(await iam('create-virtual-mfa-device', '--virtual-mfa-device-name', 'erin', ...out)).toEqual({
      VirtualMFADevice: { SerialNumber },
    });
    const seed = readFileSync(path('seed'), 'utf8');
    const enable = (first: string, second: string) => [
      ...['enable-mfa-device', '--user-name', 'erin', '--serial-number', SerialNumber],
      ...['--authentication-code1', first, '--authentication-code2', second],
    ];
    const now = clock.now();
    const wrong = totp(seed, now) === '000000' ? '000001' : '000000';
    expect(await refusal('iam', ...enable(wrong, totp(seed, now)))).toEqual(
      refused('InvalidAuthenticationCode', 'EnableMFADevice', 'Authentication code for device is not valid.'),
    );
    await iam(...enable(totp(seed, now, -1), totp(seed, now)));
    expect(await iam('list-mfa-devices', '--user-name', 'erin', '--query', 'MFADevices[].SerialNumber')).toEqual([
      SerialNumber,
    ]);
    clock.moveTo('2026-01-31T12:05:00Z');
    const erin = as({ AccessKeyId: 'AKIA2345ABCDEFGHIJKL', SecretAccessKey: 'emulated' });
    const signIn = (code: string) => [
      ...['sts', 'get-session-token', '--serial-number', SerialNumber],
      ...['--token-code', code, '--query', 'Credentials.Expiration'],
    ];
    expect(await erin.json(...signIn(totp(seed, clock.now())))).toBe('2026-02-01T00:05:00+00:00');
    expect((await erin.refusal(...signIn(totp(seed, now))))[1]).toContain(
      '(AccessDenied) when calling the GetSessionToken operation: MultiFactorAuthentication failed',
    );
    expect(await refusal('iam', 'delete-virtual-mfa-device', '--serial-number', SerialNumber)).toEqual(
      refused('DeleteConflict', 'DeleteVirtualMFADevice', 'MFA VirtualDevice in use. Must deactivate first.'),
    );
    await iam('deactivate-mfa-device', '--user-name', 'erin', '--serial-number', SerialNumber);
    await iam('delete-virtual-mfa-device', '--serial-number', SerialNumber);
    expect(await iam('list-virtual-mfa-devices')).toEqual({ VirtualMFADevices: [] });
  });

  it('sets the password policy, which then holds', async () => {
    const { json, refusal, as } = await session(
      'users: [{ userName: frank, password: {}, accessKeys: [{ accessKeyId: AKIA2345ABCDEFGHIJKL, createDate: 1d ago }] }, { userName: grace }]',
    );
    const iam = (...args: string[]) => json('iam', ...args);
    await iam(
      ...['update-account-password-policy', '--minimum-password-length', '14', '--require-symbols'],
      ...['--max-password-age', '90', '--password-reuse-prevention', '5', '--allow-users-to-change-password'],
    );
    expect(await iam('get-account-password-policy')).toEqual({
      PasswordPolicy: {
        MinimumPasswordLength: 14,
        RequireSymbols: true,
        RequireNumbers: false,
        RequireUppercaseCharacters: false,
        RequireLowercaseCharacters: false,
        AllowUsersToChangePassword: true,
        ExpirePasswords: true,
        HardExpiry: false,
        MaxPasswordAge: 90,
        PasswordReusePrevention: 5,
      },
    });
    expect(await refusal('iam', 'create-login-profile', '--user-name', 'grace', '--password', 'no-longer')).toEqual(
      refused('PasswordPolicyViolation', 'CreateLoginProfile', 'Password should have a minimum length of 14'),
    );
    const frank = as({ AccessKeyId: 'AKIA2345ABCDEFGHIJKL', SecretAccessKey: 'emulated' });
    const change = ['iam', 'change-password', '--old-password', 'emulated', '--new-password', 'a long way - and back'];
    expect(await frank.text(...change)).toBe('');
    await iam('delete-account-password-policy');
    expect(await refusal('iam', 'get-account-password-policy')).toEqual(
      refused(
        'NoSuchEntity',
        'GetAccountPasswordPolicy',
        `The Password Policy with domain name ${ACCOUNT} cannot be found.`,
      ),
    );
  });

  it('registers identity providers', async () => {
    const { json, refusal, file } = await session();
    const iam = (...args: string[]) => json('iam', ...args);
    const metadata = ['--saml-metadata-document', file('metadata.xml', samlMetadata())];
    const saml = arn('saml-provider/corp');
    expect(await iam('create-saml-provider', '--name', 'corp', ...metadata)).toEqual({ SAMLProviderArn: saml });
    expect(await iam('get-saml-provider', '--saml-provider-arn', saml)).toMatchObject({
      SAMLMetadataDocument: samlMetadata(),
      CreateDate: '2026-01-31T12:00:00+00:00',
    });
    const url = ['--url', 'https://token.actions.githubusercontent.com'];
    const thumbprint = '6938fd4d98bab03faadb97b34396831e3780aea1';
    const oidc = arn('oidc-provider/token.actions.githubusercontent.com');
    expect(
      await iam('create-open-id-connect-provider', ...url, '--client-id-list', 'a', '--thumbprint-list', thumbprint),
    ).toEqual({ OpenIDConnectProviderArn: oidc });
    await iam('add-client-id-to-open-id-connect-provider', '--open-id-connect-provider-arn', oidc, '--client-id', 'b');
    expect(await iam('get-open-id-connect-provider', '--open-id-connect-provider-arn', oidc)).toMatchObject({
      Url: 'token.actions.githubusercontent.com',
      ClientIDList: ['a', 'b'],
      ThumbprintList: [thumbprint],
    });
    expect((await refusal('iam', 'create-saml-provider', '--name', 'corp', ...metadata))[1]).toContain(
      '(EntityAlreadyExists)',
    );
    await iam('delete-saml-provider', '--saml-provider-arn', saml);
    expect(await iam('list-saml-providers')).toEqual({ SAMLProviderList: [] });
  });

  it('asks what policies decide, what there is, and what was used', async () => {
    const { json, refusal, clock } = await session(
      `users: [{ userName: heidi, attachedPolicies: [AmazonS3ReadOnlyAccess] }]`,
    );
    const iam = (...args: string[]) => json('iam', ...args);
    const actions = ['--action-names', 's3:GetObject', 's3:PutObject', '--resource-arns', 'arn:aws:s3:::b/k'];
    const decisions = ['--query', 'EvaluationResults[].[EvalActionName, EvalDecision]'];
    const document = JSON.stringify(documentOf('s3:Put*', 'arn:aws:s3:::b/*'));
    expect(await iam('simulate-custom-policy', '--policy-input-list', document, ...actions, ...decisions)).toEqual([
      ['s3:GetObject', 'implicitDeny'],
      ['s3:PutObject', 'allowed'],
    ]);
    const source = ['--policy-source-arn', arn('user/heidi')];
    expect(await iam('simulate-principal-policy', ...source, ...actions, ...decisions)).toEqual([
      ['s3:GetObject', 'allowed'],
      ['s3:PutObject', 'implicitDeny'],
    ]);
    const unknown = ['--policy-source-arn', arn('user/nobody')];
    expect((await refusal('iam', 'simulate-principal-policy', ...unknown, ...actions))[1]).toContain('(NoSuchEntity)');
    expect(await iam('get-account-summary', '--query', 'SummaryMap')).toMatchObject({
      Users: 1,
      Groups: 0,
      UsersQuota: 5000,
      AccessKeysPerUserQuota: 2,
      AccountMFAEnabled: 0,
    });
    expect(await refusal('iam', 'get-credential-report')).toEqual([
      254,
      expect.stringMatching(/^An error occurred \(ReportNotPresent\) when calling the GetCredentialReport/) as unknown,
    ]);
    const { JobId } = (await iam('generate-service-last-accessed-details', '--arn', arn('user/heidi'))) as {
      JobId: string;
    };
    clock.moveTo('2026-01-31T12:01:00Z');
    const used = "ServicesLastAccessed[?ServiceNamespace=='s3'].TotalAuthenticatedEntities";
    expect(await iam('get-service-last-accessed-details', '--job-id', JobId, '--query', used)).toEqual([0]);
    expect(await iam('generate-credential-report')).toMatchObject({ State: 'STARTED' });
  });
});
