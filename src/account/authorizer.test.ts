import { describe, expect, it } from 'vitest';
import type { Arn } from '../iam/arn.ts';
import { loadServiceReference } from '../reference/service-reference.ts';
import { createAuthorizer } from './authorizer.ts';
import type { Call } from './call.ts';
import type { CloudState } from './cloud-state.ts';
import { operations } from './operations.ts';
import { callBy, cloudOfFiles, sessionOf } from './testing/cloud-of-file.ts';

const authorize = createAuthorizer(await loadServiceReference());

/** What is allowed, or the code and message of the refusal. */
const ask = (cloud: CloudState, operation: string, input: object, call: Call): string => {
  const answer = authorize(cloud, operation, input, call);
  return answer.ok ? 'allowed' : `${answer.error.code}: ${answer.error.message}`;
};

const allow = (action: string, more = '') =>
  `{ Version: "2012-10-17", Statement: { Effect: Allow, Action: ${action}, Resource: "*"${more} } }`;

const account = (statement: string) => `
policies:
  - { policyName: limit, document: ${allow('["iam:Get*", "iam:List*"]')} }
  - { policyName: tagged, path: /p/, tags: { team: red }, document: ${allow('"s3:*"')} }
groups: [{ groupName: staff, path: /eng/ }]
users:
  - { userName: Ann, path: /staff/, inlinePolicies: [{ policyName: p, document: ${statement} }] }
  - { userName: bounded, permissionsBoundary: limit, inlinePolicies: [{ policyName: p, document: ${allow('"*"')} }] }
  - { userName: bob, tags: { team: red }, permissionsBoundary: limit, accessKeys: [{ createDate: 1d ago, accessKeyId: AKIA2345ABCDEFGHIJKL }] }
roles:
  - { roleName: Deploy, path: /ci/, tags: { team: red }, assumeRolePolicyDocument: ${allow('"s3:*"')}, inlinePolicies: [{ policyName: p, document: ${statement} }] }
instanceProfiles: [{ instanceProfileName: ip }]
`;

const statement = (json: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Resource: '*', ...json } });

const arn = (resource: string): string => `arn:aws:iam::123456789012:${resource}`;

describe('a user who may do nothing', () => {
  const cloud = cloudOfFiles(account(allow('"s3:*"')));
  it.each<[string, object, string]>([
    ['iam:GetUser', { UserName: 'bob' }, 'user bob'],
    ['iam:GetUser', {}, 'user Ann'],
    ['iam:GetUser', { UserName: 'nobody' }, 'user nobody'],
    ['iam:CreateUser', { UserName: 'new' }, arn('user/new')],
    ['iam:CreateUser', { UserName: 'new', Path: '/a/b/' }, arn('user/a/b/new')],
    ['iam:CreateAccessKey', { UserName: 'bob' }, 'user bob'],
    ['iam:GetAccessKeyLastUsed', { AccessKeyId: 'AKIA2345ABCDEFGHIJKL' }, 'user bob'],
    ['iam:CreateRole', { RoleName: 'r' }, arn('role/r')],
    ['iam:GetRole', { RoleName: 'Deploy' }, 'role Deploy'],
    ['iam:CreateGroup', { GroupName: 'g' }, arn('group/g')],
    ['iam:AddUserToGroup', { GroupName: 'staff', UserName: 'bob' }, 'group staff'],
    ['iam:CreatePolicy', { PolicyName: 'p' }, 'policy p'],
    ['iam:GetPolicy', { PolicyArn: arn('policy/p/tagged') }, `policy ${arn('policy/p/tagged')}`],
    ['iam:CreateInstanceProfile', { InstanceProfileName: 'i' }, arn('instance-profile/i')],
    ['iam:GetInstanceProfile', { InstanceProfileName: 'ip' }, 'instance profile ip'],
    ['iam:AddRoleToInstanceProfile', { InstanceProfileName: 'ip', RoleName: 'Deploy' }, 'instance profile ip'],
    ['iam:DeleteServerCertificate', { ServerCertificateName: 'www' }, 'server certificate www'],
    ['iam:UploadServerCertificate', { ServerCertificateName: 'www' }, arn('server-certificate/www')],
    ['iam:CreateOpenIDConnectProvider', { Url: 'https://o.example/x' }, arn('oidc-provider/o.example/x')],
    ['iam:CreateSAMLProvider', { Name: 'idp' }, arn('saml-provider/idp')],
    ['iam:CreateVirtualMFADevice', { VirtualMFADeviceName: 'phone' }, arn('mfa/phone')],
    ['iam:ListUsers', {}, arn('user/')],
    ['iam:ListGroups', { PathPrefix: '/eng/' }, arn('group/eng/')],
    ['iam:ListRoles', {}, arn('role/')],
    ['iam:ListInstanceProfiles', {}, arn('instance-profile/')],
    ['iam:ListPolicies', {}, 'policy path /'],
    ['iam:GetAccountSummary', {}, '*'],
    ['iam:SimulatePrincipalPolicy', { PolicySourceArn: arn('user/bob') }, arn('user/bob')],
    ['iam:GenerateServiceLastAccessedDetails', { Arn: arn('role/ci/Deploy') }, arn('role/ci/Deploy')],
  ])('is refused %s of %o with the resource that AWS names', (operation, input, resource) => {
    expect(ask(cloud, operation, input, callBy('ann'))).toBe(
      `AccessDenied: User: arn:aws:iam::123456789012:user/staff/Ann is not authorized to perform: ${operation} on resource: ${resource} because no identity-based policy allows the ${operation} action`,
    );
  });

  it.each(['sts:GetCallerIdentity', 'sts:GetSessionToken'])('needs no leave for %s', (operation) => {
    expect(ask(cloud, operation, {}, callBy('ann'))).toBe('allowed');
  });
});

describe('what a statement allows', () => {
  const bob = { UserName: 'bob' };
  it.each<[string, object, string, object, boolean]>([
    ['a path', { Action: 'iam:GetUser', Resource: arn('user/staff/*') }, 'iam:GetUser', {}, true],
    ['another path', { Action: 'iam:GetUser', Resource: arn('user/staff/*') }, 'iam:GetUser', bob, false],
    ['oneself', { Action: 'iam:*', Resource: arn('user/staff/${aws:username}') }, 'iam:ListAccessKeys', {}, true],
    [
      'a user that is not there yet',
      { Action: 'iam:*', Resource: arn('user/x/*') },
      'iam:CreateUser',
      { UserName: 'a', Path: '/x/' },
      true,
    ],
    ['a list on another resource than all', { Action: 'iam:*', Resource: arn('user/*') }, 'iam:ListUsers', {}, false],
    ['a list', { Action: 'iam:List*' }, 'iam:ListUsers', {}, true],
    [
      'one policy to attach',
      { Action: 'iam:AttachUserPolicy', Condition: { ArnEquals: { 'iam:PolicyARN': arn('policy/limit') } } },
      'iam:AttachUserPolicy',
      { ...bob, PolicyArn: arn('policy/limit') },
      true,
    ],
    [
      'another policy to attach',
      { Action: 'iam:AttachUserPolicy', Condition: { ArnEquals: { 'iam:PolicyARN': arn('policy/limit') } } },
      'iam:AttachUserPolicy',
      { ...bob, PolicyArn: arn('policy/p/tagged') },
      false,
    ],
    [
      'users with a boundary alone, when they are made',
      { Action: 'iam:CreateUser', Condition: { StringEquals: { 'iam:PermissionsBoundary': arn('policy/limit') } } },
      'iam:CreateUser',
      { UserName: 'new', PermissionsBoundary: arn('policy/limit') },
      true,
    ],
    [
      'users without a boundary, when they are made',
      { Action: 'iam:CreateUser', Condition: { StringEquals: { 'iam:PermissionsBoundary': arn('policy/limit') } } },
      'iam:CreateUser',
      { UserName: 'new' },
      false,
    ],
    [
      'policies of users that have a boundary',
      { Action: 'iam:PutUserPolicy', Condition: { StringEquals: { 'iam:PermissionsBoundary': arn('policy/limit') } } },
      'iam:PutUserPolicy',
      bob,
      true,
    ],
    [
      'policies of users that have none',
      { Action: 'iam:PutUserPolicy', Condition: { StringEquals: { 'iam:PermissionsBoundary': arn('policy/limit') } } },
      'iam:PutUserPolicy',
      {},
      false,
    ],
    [
      'what has a tag',
      { Action: 'iam:*', Condition: { StringEquals: { 'aws:ResourceTag/team': 'red' } } },
      'iam:GetRole',
      { RoleName: 'Deploy' },
      true,
    ],
    [
      'what has a tag, by IAM’s own key',
      { Action: 'iam:*', Condition: { StringEquals: { 'iam:ResourceTag/TEAM': 'red' } } },
      'iam:DeleteUser',
      bob,
      true,
    ],
    [
      'what has no tag',
      { Action: 'iam:*', Condition: { StringEquals: { 'aws:ResourceTag/team': 'red' } } },
      'iam:GetUser',
      {},
      false,
    ],
    [
      'policies with a tag',
      { Action: 'iam:*', Condition: { StringEquals: { 'aws:ResourceTag/team': 'red' } } },
      'iam:DeletePolicy',
      { PolicyArn: arn('policy/p/tagged') },
      true,
    ],
    [
      'tags of some keys',
      { Action: 'iam:TagUser', Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } } },
      'iam:TagUser',
      { ...bob, Tags: [{ Key: 'team', Value: 'blue' }] },
      true,
    ],
    [
      'tags of other keys',
      { Action: 'iam:TagUser', Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } } },
      'iam:TagUser',
      { ...bob, Tags: [{ Key: 'cost', Value: '1' }] },
      false,
    ],
    [
      'taking tags away',
      { Action: 'iam:UntagUser', Condition: { StringEquals: { 'aws:TagKeys': 'team' } } },
      'iam:UntagUser',
      { ...bob, TagKeys: ['team'] },
      true,
    ],
    [
      'making without tagging',
      { Action: 'iam:CreateUser' },
      'iam:CreateUser',
      { UserName: 'n', Tags: [{ Key: 'a', Value: 'b' }] },
      false,
    ],
    [
      'making with a tag',
      { Action: ['iam:CreateUser', 'iam:TagUser'], Condition: { StringEquals: { 'aws:RequestTag/a': 'b' } } },
      'iam:CreateUser',
      { UserName: 'n', Tags: [{ Key: 'a', Value: 'b' }] },
      true,
    ],
    [
      'making a device with a tag',
      { Action: ['iam:CreateVirtualMFADevice', 'iam:TagMFADevice'] },
      'iam:CreateVirtualMFADevice',
      { VirtualMFADeviceName: 'n', Tags: [{ Key: 'a', Value: 'b' }] },
      true,
    ],
    [
      'renaming here',
      { Action: 'iam:UpdateUser', Resource: arn('user/bob') },
      'iam:UpdateUser',
      { ...bob, NewUserName: 'rob' },
      false,
    ],
    [
      'renaming here and there',
      { Action: 'iam:UpdateUser', Resource: [arn('user/bob'), arn('user/away/rob')] },
      'iam:UpdateUser',
      { ...bob, NewUserName: 'rob', NewPath: '/away/' },
      true,
    ],
    [
      'putting a role into a profile',
      { Action: 'iam:AddRoleToInstanceProfile' },
      'iam:AddRoleToInstanceProfile',
      { InstanceProfileName: 'ip', RoleName: 'Deploy' },
      false,
    ],
    [
      'passing a role to EC2',
      {
        Action: ['iam:AddRoleToInstanceProfile', 'iam:PassRole'],
        Condition: { StringEqualsIfExists: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
      },
      'iam:AddRoleToInstanceProfile',
      { InstanceProfileName: 'ip', RoleName: 'Deploy' },
      true,
    ],
    [
      'linked roles of one service',
      {
        Action: 'iam:CreateServiceLinkedRole',
        Condition: { StringEquals: { 'iam:AWSServiceName': 'ecs.amazonaws.com' } },
      },
      'iam:CreateServiceLinkedRole',
      { AWSServiceName: 'ecs.amazonaws.com' },
      true,
    ],
    [
      'only with MFA',
      { Action: 'iam:*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } },
      'iam:ListUsers',
      {},
      false,
    ],
    [
      'only without a session',
      { Action: 'iam:*', Condition: { Null: { 'aws:TokenIssueTime': 'true' } } },
      'iam:ListUsers',
      {},
      true,
    ],
    [
      'only from here',
      { Action: 'iam:*', Condition: { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } } },
      'iam:ListUsers',
      {},
      true,
    ],
    [
      'only from elsewhere',
      { Action: 'iam:*', Condition: { NotIpAddress: { 'aws:SourceIp': '127.0.0.0/8' } } },
      'iam:ListUsers',
      {},
      false,
    ],
    [
      'only today',
      { Action: 'iam:*', Condition: { DateLessThan: { 'aws:CurrentTime': '2026-02-01T00:00:00Z' } } },
      'iam:ListUsers',
      {},
      true,
    ],
    [
      'only by an hour',
      { Action: 'iam:*', Condition: { NumericGreaterThan: { 'aws:EpochTime': '1769860801' } } },
      'iam:ListUsers',
      {},
      false,
    ],
    [
      'only over TLS',
      { Action: 'iam:*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
      'iam:ListUsers',
      {},
      true,
    ],
    [
      'only in a region',
      { Action: 'iam:*', Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } },
      'iam:ListUsers',
      {},
      false,
    ],
    [
      'users, not roles',
      { Action: 'iam:*', Condition: { StringEquals: { 'aws:PrincipalType': 'User', 'aws:username': 'Ann' } } },
      'iam:ListUsers',
      {},
      true,
    ],
  ])('%s', (_, json, operation, input, allowed) => {
    const cloud = cloudOfFiles(account(statement(json)));
    expect(ask(cloud, operation, input, callBy('ann')) === 'allowed').toBe(allowed);
  });
});

describe('a refusal', () => {
  const all = cloudOfFiles(account(allow('"*"')));
  const user = 'User: arn:aws:iam::123456789012:user/bounded is not authorized to perform: iam:DeleteUser';

  it('names the boundary that is silent', () => {
    expect(ask(all, 'iam:DeleteUser', { UserName: 'bob' }, callBy('bounded'))).toBe(
      `AccessDenied: ${user} on resource: user bob because no permissions boundary allows the iam:DeleteUser action`,
    );
    expect(ask(all, 'iam:GetUser', { UserName: 'bob' }, callBy('bounded'))).toBe('allowed');
  });

  it('names the kind of policy that denies', () => {
    const cloud = cloudOfFiles(account(statement({ Effect: 'Deny', Action: 'iam:*' })));
    expect(ask(cloud, 'iam:ListUsers', {}, callBy('ann'))).toMatch(
      / on resource: arn:aws:iam::123456789012:user\/ with an explicit deny in an identity-based policy$/,
    );
  });

  // Source: "Enhanced access denied error messages with policy ARNs", AWS Security Blog.
  it('names the managed policy that denies', () => {
    const deny = statement({ Effect: 'Deny', Action: 'iam:List*' });
    const cloud = cloudOfFiles(`
policies: [{ policyName: no, path: /p/, document: ${deny} }]
groups: [{ groupName: g, attachedPolicies: [no] }]
users: [{ userName: own, attachedPolicies: [no] }, { userName: member, groups: [g] }, { userName: bounded, permissionsBoundary: no }]
roles: [{ roleName: r, assumeRolePolicyDocument: ${allow('"s3:*"')}, inlinePolicies: [{ policyName: p, document: ${allow('"*"')} }] }]
`);
    const said = (call: Call) => ask(cloud, 'iam:ListUsers', {}, call).replace(/.* with/, 'with');
    const identity = `with an explicit deny in an identity-based policy: ${arn('policy/p/no')}`;
    expect(said(callBy('own'))).toBe(identity);
    expect(said(callBy('member'))).toBe(identity);
    expect(said(callBy('bounded'))).toBe(`with an explicit deny in a permissions boundary: ${arn('policy/p/no')}`);
    const session = sessionOf({ policyArns: [arn('policy/p/no') as Arn] });
    expect(said(callBy({ kind: 'role', nameKey: 'r', session }))).toBe(
      `with an explicit deny in a session policy: ${arn('policy/p/no')}`,
    );
  });

  it('names the session policy that is silent, or denies', () => {
    const role = (policy: string) => callBy({ kind: 'role', nameKey: 'deploy', session: sessionOf({ policy }) });
    const who =
      'User: arn:aws:sts::123456789012:assumed-role/Deploy/session is not authorized to perform: iam:ListUsers';
    expect(ask(all, 'iam:ListUsers', {}, role(statement({ Action: 's3:*' })))).toBe(
      `AccessDenied: ${who} on resource: arn:aws:iam::123456789012:user/ because no session policy allows the iam:ListUsers action`,
    );
    expect(ask(all, 'iam:ListUsers', {}, role(statement({ Effect: 'Deny', Action: 'iam:*' })))).toMatch(
      / with an explicit deny in a session policy$/,
    );
    expect(ask(all, 'iam:ListUsers', {}, role(statement({ Action: 'iam:*' })))).toBe('allowed');
  });

  it('follows from managed session policies too', () => {
    const session = sessionOf({ policyArns: [arn('policy/limit') as Arn] });
    const call = callBy({ kind: 'role', nameKey: 'deploy', session });
    expect(ask(all, 'iam:ListUsers', {}, call)).toBe('allowed');
    expect(ask(all, 'iam:CreateUser', { UserName: 'x' }, call)).toMatch(/because no session policy allows/);
  });
});

describe('temporary credentials', () => {
  const cloud = cloudOfFiles(account(allow('"*"')));
  const invalid = 'InvalidClientTokenId: The security token included in the request is invalid.';

  it('of GetSessionToken reach IAM with MFA alone, and of STS AssumeRole', () => {
    const call = (mfa: boolean) => {
      const session = sessionOf({ mfaAuthenticatedAt: mfa ? callBy('ann').now : null });
      return callBy({ kind: 'user', nameKey: 'ann', session });
    };
    expect(ask(cloud, 'iam:ListUsers', {}, call(false))).toBe(invalid);
    expect(ask(cloud, 'iam:ListUsers', {}, call(true))).toBe('allowed');
    expect(ask(cloud, 'sts:GetAccessKeyInfo', {}, call(true))).toBe(invalid);
    expect(ask(cloud, 'sts:GetCallerIdentity', {}, call(false))).toBe('allowed');
    expect(ask(cloud, 'organizations:DescribeOrganization', {}, call(false))).toBe('allowed');
  });

  it('of GetFederationToken reach neither, and do what a session policy and the user’s allow both', () => {
    const call = (policy: string | null) =>
      callBy({ kind: 'federatedUser', issuer: 'ann', session: sessionOf({ policy }) });
    expect(ask(cloud, 'iam:ListUsers', {}, call(allow('"*"')))).toBe(invalid);
    expect(ask(cloud, 'sts:AssumeRole', {}, call(allow('"*"')))).toBe(invalid);
    expect(ask(cloud, 'sts:GetCallerIdentity', {}, call(null))).toBe('allowed');
    expect(ask(cloud, 'sqs:ListQueues', {}, call(statement({ Action: '*' })))).toBe('allowed');
    expect(ask(cloud, 'sqs:ListQueues', {}, call(null))).toMatch(/because no session policy allows/);
  });

  it('carry MFA, tags, source identity and the time of their making', () => {
    const check = (condition: object): boolean => {
      const role = cloudOfFiles(account(statement({ Action: 'iam:*', Condition: condition })));
      const session = sessionOf({
        mfaAuthenticatedAt: '2026-01-31T11:50:00Z' as Call['now'],
        tags: { Team: 'blue' },
        sourceIdentity: 'ann',
      });
      return ask(role, 'iam:ListUsers', {}, callBy({ kind: 'role', nameKey: 'deploy', session })) === 'allowed';
    };
    expect(check({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } })).toBe(true);
    expect(check({ NumericEquals: { 'aws:MultiFactorAuthAge': '600' } })).toBe(true);
    expect(check({ StringEquals: { 'aws:PrincipalTag/team': 'blue' } })).toBe(true);
    expect(check({ StringEquals: { 'aws:PrincipalTag/team': 'red' } })).toBe(false);
    expect(check({ StringEquals: { 'aws:SourceIdentity': 'ann' } })).toBe(true);
    expect(check({ DateEquals: { 'aws:TokenIssueTime': '2026-01-31T12:00:00Z' } })).toBe(true);
    expect(check({ ArnEquals: { 'aws:PrincipalArn': arn('role/ci/Deploy') } })).toBe(true);
    expect(check({ StringLike: { 'aws:userid': 'AROA*:session' } })).toBe(true);
    expect(check({ Null: { 'aws:username': 'true' } })).toBe(true);
  });
});

describe('to assume a role', () => {
  const trust = (principal: string, more: object = {}, action: unknown = 'sts:AssumeRole') =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: { AWS: principal }, Action: action, ...more },
    });
  const cloudWith = (own: object, document: string, account = '123456789012') =>
    cloudOfFiles(
      `users: [{ userName: ann, inlinePolicies: [{ policyName: p, document: ${statement(own)} }] }, { userName: eve }]
roles: [{ roleName: r, assumeRolePolicyDocument: ${account === '123456789012' ? document : trust('123456789012')} }]`,
      `accountId: "210987654321"
roles: [{ roleName: r, assumeRolePolicyDocument: ${document} }]`,
    );
  const RoleArn = arn('role/r');
  const other = 'arn:aws:iam::210987654321:role/r';
  const input = { RoleArn, RoleSessionName: 'ci' };
  const allowed = (cloud: CloudState, more: object = {}, who = 'ann'): boolean =>
    ask(cloud, 'sts:AssumeRole', { ...input, ...more }, callBy(who)) === 'allowed';
  const mayAssume = { Action: 'sts:AssumeRole' };

  it('takes both policies where the trust policy names the account', () => {
    const cloud = cloudWith(mayAssume, trust('123456789012'));
    expect(allowed(cloud)).toBe(true);
    expect(allowed(cloud, {}, 'eve')).toBe(false);
  });

  it('takes the trust policy alone where it names the user', () => {
    const cloud = cloudWith({ Action: 's3:*' }, trust(arn('user/eve')));
    expect(allowed(cloud, {}, 'eve')).toBe(true);
    expect(allowed(cloud)).toBe(false);
  });

  it('takes both accounts’ leave in another account', () => {
    expect(allowed(cloudWith(mayAssume, trust(arn('user/ann')), '2'), { RoleArn: other })).toBe(true);
    expect(allowed(cloudWith(mayAssume, trust('999999999999'), '2'), { RoleArn: other })).toBe(false);
    expect(allowed(cloudWith({ Action: 's3:*' }, trust(arn('user/ann')), '2'), { RoleArn: other })).toBe(false);
  });

  it('takes what the trust policy’s conditions ask for', () => {
    const cloud = (operator: string, key: string, value: string) =>
      cloudWith(mayAssume, trust('123456789012', { Condition: { [operator]: { [key]: value } } }));
    expect(allowed(cloud('StringEquals', 'sts:ExternalId', 'x1'), { ExternalId: 'x1' })).toBe(true);
    expect(allowed(cloud('StringEquals', 'sts:ExternalId', 'x1'))).toBe(false);
    expect(allowed(cloud('StringEquals', 'sts:RoleSessionName', 'ci'))).toBe(true);
    expect(allowed(cloud('Bool', 'aws:MultiFactorAuthPresent', 'true'))).toBe(false);
    const mfa = { SerialNumber: arn('mfa/ann'), TokenCode: '123456' };
    expect(allowed(cloud('Bool', 'aws:MultiFactorAuthPresent', 'true'), mfa)).toBe(true);
    expect(allowed(cloud('NumericLessThan', 'aws:MultiFactorAuthAge', '60'), mfa)).toBe(true);
  });

  it('takes more to tag the session and to name who is behind it', () => {
    const Tags = [{ Key: 'team', Value: 'red' }];
    const plain = cloudWith({ Action: 'sts:*' }, trust('123456789012'));
    expect(allowed(plain, { Tags })).toBe(false);
    expect(ask(plain, 'sts:AssumeRole', { ...input, Tags }, callBy('ann'))).toBe(
      `AccessDenied: User: ${arn('user/ann')} is not authorized to perform: sts:TagSession on resource: ${RoleArn}`,
    );
    expect(allowed(plain, { SourceIdentity: 'ann' })).toBe(false);
    const wide = cloudWith(
      { Action: 'sts:*' },
      trust('123456789012', {}, ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity']),
    );
    expect(allowed(wide, { Tags, TransitiveTagKeys: ['team'], SourceIdentity: 'ann' })).toBe(true);
  });

  it('is refused without a reason, but for a Deny', () => {
    const text = (own: object, document: string) =>
      ask(cloudWith(own, document), 'sts:AssumeRole', input, callBy('ann'));
    const refused = `AccessDenied: User: ${arn('user/ann')} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`;
    expect(text(mayAssume, trust('999999999999'))).toBe(refused);
    expect(text({ Action: 's3:*' }, trust('123456789012'))).toBe(refused);
    expect(text({ Effect: 'Deny', Action: 'sts:*' }, trust('123456789012'))).toBe(
      `${refused} with an explicit deny in an identity-based policy`,
    );
    expect(text(mayAssume, trust('123456789012').replace('Allow', 'Deny'))).toBe(
      `${refused} with an explicit deny in the role trust policy`,
    );
    const none = { ...input, RoleArn: arn('role/none') };
    expect(ask(cloudWith(mayAssume, trust('*')), 'sts:AssumeRole', none, callBy('ann'))).toBe(
      refused.replace('role/r', 'role/none'),
    );
  });

  it('is not for the root user', () => {
    const cloud = cloudWith(mayAssume, trust('123456789012'));
    expect(ask(cloud, 'sts:AssumeRole', input, callBy({ kind: 'root' }))).toBe(
      'AccessDenied: Roles may not be assumed by root accounts.',
    );
    expect(ask(cloud, 'iam:DeleteUser', { UserName: 'ann' }, callBy({ kind: 'root' }))).toBe('allowed');
  });
});

describe('an account of an organization', () => {
  const anyone = 'users: [{ userName: ann, inlinePolicies: [{ policyName: p, document: DOC }] }]'.replace(
    'DOC',
    allow('"*"'),
  );
  const under = (
    content: string,
    type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY' = 'SERVICE_CONTROL_POLICY',
  ) => {
    const cloud = cloudOfFiles(anyone, `accountId: "210987654321"\n${anyone}`);
    const root = callBy({ kind: 'root' });
    const run = (before: CloudState, operation: string, input: object) => {
      const outcome = operations.get(operation)?.run(before, input, root);
      if (outcome?.ok !== true) throw new Error(`${operation} gave ${JSON.stringify(outcome)}`);
      return outcome.value;
    };
    const made = run(cloud, 'organizations:CreateOrganization', {});
    const created = run(made.cloud, 'organizations:CreateAccount', { AccountName: 'a', Email: 'a@example.com' });
    const [{ Id: member = '' } = {}] = (
      run(created.cloud, 'organizations:ListAccounts', {}).answer['Accounts'] as { Id?: string }[]
    ).filter(({ Id }) => Id !== root.account.accountId);
    const [{ Id: rootId } = {}] = run(created.cloud, 'organizations:ListRoots', {}).answer['Roots'] as {
      Id?: string;
    }[];
    const enabled = run(created.cloud, 'organizations:EnablePolicyType', { RootId: rootId, PolicyType: type }).cloud;
    const policy = run(enabled, 'organizations:CreatePolicy', {
      Name: 'n',
      Description: '',
      Type: type,
      Content: content,
    });
    const { PolicySummary } = policy.answer['Policy'] as { PolicySummary: { Id: string } };
    const attached = run(policy.cloud, 'organizations:AttachPolicy', { PolicyId: PolicySummary.Id, TargetId: member });
    return { cloud: attached.cloud, member: member as Call['account']['accountId'] };
  };
  const denyUsers = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Deny', Action: 'iam:CreateUser', Resource: '*' },
  });

  it('is under its SCPs, the root user too, but not the management account', () => {
    const { cloud, member } = under(denyUsers);
    const inMember = callBy({ kind: 'root' }, { account: { accountId: member, partition: 'aws' } });
    const said = ask(cloud, 'iam:CreateUser', { UserName: 'x' }, inMember);
    const refused = `AccessDenied: User: arn:aws:iam::${member}:root is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::${member}:user/x with an explicit deny in a service control policy: `;
    expect(said.slice(0, refused.length)).toBe(refused);
    expect(said.slice(refused.length)).toMatch(
      /^arn:aws:organizations::123456789012:policy\/o-[a-z0-9]{10}\/service_control_policy\/p-[a-z0-9]{8}$/,
    );
    expect(ask(cloud, 'iam:ListUsers', {}, inMember)).toBe('allowed');
    expect(ask(cloud, 'iam:CreateUser', { UserName: 'x' }, callBy('ann'))).toBe('allowed');
  });
});

describe('a resource with a policy of its own', () => {
  const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/jobs';
  const queue = (Effect: string, user: string) => {
    const empty = cloudOfFiles(
      `users: [{ userName: ann, inlinePolicies: [{ policyName: p, document: ${allow('"sqs:*"')} }] }, { userName: eve }]`,
    );
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect, Principal: { AWS: arn(`user/${user}`) }, Action: 'sqs:GetQueueAttributes', Resource: '*' },
    });
    const input = { QueueName: 'jobs', Attributes: { Policy } };
    const outcome = operations.get('sqs:CreateQueue')?.run(empty, input, callBy({ kind: 'root' }));
    if (outcome?.ok !== true) throw new Error(JSON.stringify(outcome));
    return outcome.value.cloud;
  };
  const read = (cloud: CloudState, who: string) => ask(cloud, 'sqs:GetQueueAttributes', { QueueUrl }, callBy(who));

  it('lets in whom it names', () => {
    const cloud = queue('Allow', 'eve');
    expect(read(cloud, 'eve')).toBe('allowed');
    expect(read(cloud, 'ann')).toBe('allowed');
    expect(ask(cloud, 'sqs:DeleteQueue', { QueueUrl }, callBy('eve'))).toMatch(
      / sqs:DeleteQueue on resource: arn:aws:sqs:us-east-1:123456789012:jobs because no identity-based policy allows /,
    );
  });

  it('keeps out whom it denies', () => {
    expect(read(queue('Deny', 'ann'), 'ann')).toMatch(/ with an explicit deny in a resource-based policy$/);
  });

  it('is asked under the action’s name, not the operation’s', () => {
    const cloud = cloudOfFiles(
      `users: [{ userName: ann, inlinePolicies: [{ policyName: p, document: ${allow('"s3:ListAllMyBuckets"')} }] }]`,
    );
    expect(ask(cloud, 's3:ListBuckets', {}, callBy('ann'))).toBe('allowed');
    expect(ask(cloud, 's3:HeadBucket', { Bucket: 'b' }, callBy('ann'))).toMatch(
      / s3:ListBucket on resource: arn:aws:s3:::b /,
    );
  });

  it('is passed roles by who may pass them', () => {
    const cloud = cloudOfFiles(
      `users: [{ userName: ann, inlinePolicies: [{ policyName: p, document: ${allow('"lambda:*"')} }] }]`,
    );
    const input = { FunctionName: 'f', Role: arn('role/r') };
    expect(ask(cloud, 'lambda:CreateFunction', input, callBy('ann'))).toMatch(
      / iam:PassRole on resource: arn:aws:iam::123456789012:role\/r because no identity-based policy /,
    );
  });
});

// "Permit IAM users to change their own passwords", IAM User Guide.
describe('the password policy', () => {
  const cloud = (allowed: boolean) =>
    cloudOfFiles(`
passwordPolicy: { allowUsersToChangePassword: ${String(allowed)} }
users:
  - { userName: Ann, path: /staff/ }
  - { userName: denied, inlinePolicies: [{ policyName: p, document: { Version: "2012-10-17", Statement: { Effect: Deny, Action: "iam:ChangePassword", Resource: "*" } } }] }
`);
  const asks = (allowed: boolean, user: string, operation: string) =>
    ask(cloud(allowed), operation, {}, callBy({ kind: 'user', nameKey: user }));

  it('may let users change their own password, and see what it asks for', () => {
    expect(asks(true, 'ann', 'iam:ChangePassword')).toBe('allowed');
    expect(asks(true, 'ann', 'iam:GetAccountPasswordPolicy')).toBe('allowed');
    expect(asks(true, 'ann', 'iam:GetAccountSummary')).toMatch(/^AccessDenied/);
    expect(asks(false, 'ann', 'iam:ChangePassword')).toMatch(/^AccessDenied/);
  });

  it('lets nobody who is denied', () => {
    expect(asks(true, 'denied', 'iam:ChangePassword')).toMatch(/with an explicit deny/);
  });
});
