import * as iamSdk from '@aws-sdk/client-iam';
import * as stsSdk from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { emptyAccount } from '../../src/account/account-edits.ts';
import { parseAccountFile } from '../../src/account/account-file.ts';
import type { AccountState } from '../../src/account/account-state.ts';
import { encodeAuthorizationMessage } from '../../src/account/authorization-message.ts';
import type { Call } from '../../src/account/call.ts';
import { cloudOf } from '../../src/account/cloud-state.ts';
import { operations } from '../../src/account/operations.ts';
import { OrderedMap } from '../../src/account/ordered-map.ts';
import { answerCall } from '../../src/emulator/http/emulated-account.ts';
import { createEnforcement } from '../../src/emulator/http/enforcement.ts';
import { createEventLog } from '../../src/emulator/http/event-log.ts';
import { throughClient } from '../../src/emulator/testing/through-client.ts';
import { awsService } from '../../src/emulator/wire/aws-service.ts';
import type { AccountId } from '../../src/iam/account-id.ts';
import type { Arn } from '../../src/iam/arn.ts';
import type { Instant } from '../../src/kernel/time.ts';
import { CERTIFICATE } from './example-certificates.ts';
import { SSH_KEY } from './example-ssh-keys.ts';
import { federationInputs } from './federation-inputs.ts';
import { expectKept } from './kept-state.ts';
import { misfits } from './misfits.ts';
import { ANY_POLICY } from './running-account.ts';
import { REFUSED_HERE, SETTINGS, settingsInputs } from './settings-inputs.ts';
import { simulationInputs } from './simulation-inputs.ts';

const call: Call = {
  account: { accountId: '123456789012' as AccountId, partition: 'aws' },
  caller: { kind: 'user', nameKey: 'u' },
  now: '2026-01-31T12:00:00Z' as Instant,
  random: (size) => new Uint8Array(size),
  accessKeyId: 'AKIA2345ABCDEFGHIJKL',
  region: 'us-east-1',
  sourceIp: '127.0.0.1',
};

const account = (): AccountState => {
  const parsed = parseAccountFile(
    `
alias: acme
root: { mfa: [{ kind: virtual }] }
passwordPolicy: { maxPasswordAge: 90 }
policies:
  - { policyName: p, description: d, tags: { a: b }, document: ${ANY_POLICY} }
  - { policyName: lonely, document: ${ANY_POLICY} }
  - policyName: two
    versions: [{ versionId: v1, document: ${ANY_POLICY} }, { versionId: v2, isDefaultVersion: true, document: ${ANY_POLICY} }]
groups: [{ groupName: lonely }, { groupName: g, attachedPolicies: [p], inlinePolicies: [{ policyName: i, document: ${ANY_POLICY} }] }]
users:
  - userName: lonely
  - userName: u
    groups: [g]
    attachedPolicies: [p]
    inlinePolicies: [{ policyName: i, document: ${ANY_POLICY} }]
    permissionsBoundary: p
    tags: { a: b }
    password: { lastUsed: 1d ago }
    accessKeys: [{ accessKeyId: AKIA2345ABCDEFGHIJKL, createDate: 1d ago, lastUsed: 3h ago }]
    mfa: [{ kind: virtual }, { kind: hardware, serialNumber: GAHT87654321 }]
    sshPublicKeys: [{ uploadDate: 1d ago, sshPublicKeyId: APKA2345ABCDEFGHIJKLM }]
    signingCertificates: [{ uploadDate: 1d ago, certificateId: AAAABBBBCCCCDDDDEEEEFFFF }]
    serviceSpecificCredentials: [{ serviceName: codecommit.amazonaws.com, serviceSpecificCredentialId: ACCA2345ABCDEFGHIJKLM, createDate: 1d ago, expirationDate: in 1d }]
roles:
  - roleName: r
    description: d
    assumeRolePolicyDocument: ${ANY_POLICY}
    attachedPolicies: [p]
    inlinePolicies: [{ policyName: i, document: ${ANY_POLICY} }]
    permissionsBoundary: p
    tags: { a: b }
    lastUsed: 1d ago
  - { roleName: lonely, assumeRolePolicyDocument: ${ANY_POLICY} }
  - { roleName: AWSServiceRoleForECS, path: /aws-service-role/ecs.amazonaws.com/, assumeRolePolicyDocument: ${ANY_POLICY} }
instanceProfiles:
  - { instanceProfileName: ip, roles: [r], tags: { a: b } }
  - { instanceProfileName: empty }
serverCertificates: [{ serverCertificateName: c, uploadDate: 1d ago, expiration: in 1d }]
samlProviders: [{ name: s, validUntil: in 1d, tags: { a: b } }]
oidcProviders: [{ url: "https://o", clientIds: [c], thumbprints: [6938fd4d98bab03faadb97b34396831e3780aea1], tags: { a: b } }]
`,
    'account.yaml',
    { now: call.now },
  );
  if (!parsed.ok) throw new Error(parsed.error.join('\n'));
  const roleDeletions = OrderedMap.from([['t', { taskId: 't', status: 'SUCCEEDED' as const }]]);
  const spare = {
    serialNumber: 'arn:aws:iam::123456789012:mfa/spare' as Arn,
    seed: 'A'.repeat(64),
    assignedTo: null,
    tags: new Map([['k', 'v']]),
  };
  return {
    ...parsed.value.main,
    roleDeletions,
    virtualMfaDevices: parsed.value.main.virtualMfaDevices.set(spare.serialNumber, spare),
    credentialReport: { kind: 'complete', generatedTime: call.now, content: 'user' },
    ...SETTINGS,
  };
};

const SSHPublicKeyId = 'APKA2345ABCDEFGHIJKLM';
const CertificateId = 'AAAABBBBCCCCDDDDEEEEFFFF';
const ServiceSpecificCredentialId = 'ACCA2345ABCDEFGHIJKLM';
const PolicyArn = 'arn:aws:iam::123456789012:policy/p';
const PolicyDocument = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}';
const AssumeRolePolicyDocument = '{"Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}}';

/** A token of a provider whose keys nobody gave. */
const unsignedToken = (claims: object): string =>
  [{ alg: 'RS256' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
    .concat('.eA');

/** The response of a provider whose metadata nobody gave. */
const samlResponse = (attributes: Readonly<Record<string, string>>): string => {
  const texts = Object.entries(attributes).map(
    ([name, value]) =>
      `<Attribute Name="https://aws.amazon.com/SAML/Attributes/${name}"><AttributeValue>${value}</AttributeValue></Attribute>`,
  );
  const assertion = `<NameID>me</NameID><Audience>urn:amazon:webservices</Audience>${texts.join('')}`;
  return Buffer.from(`<Response><Assertion>${assertion}</Assertion></Response>`).toString('base64');
};

/** An input for each operation that makes its answer as full as it gets. */
const inputs: Readonly<Record<string, object>> = {
  ...federationInputs,
  ...settingsInputs,
  ...simulationInputs,
  'iam:AddUserToGroup': { GroupName: 'g', UserName: 'u' },
  'iam:AttachGroupPolicy': { GroupName: 'g', PolicyArn },
  'iam:AttachUserPolicy': { UserName: 'u', PolicyArn },
  'iam:AddRoleToInstanceProfile': { InstanceProfileName: 'empty', RoleName: 'lonely' },
  'iam:AttachRolePolicy': { RoleName: 'lonely', PolicyArn },
  'iam:CreateInstanceProfile': { InstanceProfileName: 'new', Tags: [{ Key: 'k', Value: 'v' }] },
  'iam:CreatePolicy': { PolicyName: 'new', PolicyDocument, Description: 'd', Tags: [{ Key: 'k', Value: 'v' }] },
  'iam:CreatePolicyVersion': { PolicyArn, PolicyDocument },
  'iam:CreateRole': {
    RoleName: 'new',
    AssumeRolePolicyDocument,
    PermissionsBoundary: PolicyArn,
    Tags: [{ Key: 'k', Value: 'v' }],
  },
  'iam:CreateServiceLinkedRole': { AWSServiceName: 'autoscaling.amazonaws.com' },
  'iam:DeleteInstanceProfile': { InstanceProfileName: 'empty' },
  'iam:DeletePolicy': { PolicyArn: 'arn:aws:iam::123456789012:policy/lonely' },
  'iam:DeletePolicyVersion': { PolicyArn: 'arn:aws:iam::123456789012:policy/two', VersionId: 'v1' },
  'iam:DeleteRole': { RoleName: 'lonely' },
  'iam:DeleteRolePermissionsBoundary': { RoleName: 'r' },
  'iam:DeleteRolePolicy': { RoleName: 'r', PolicyName: 'i' },
  'iam:DeleteServiceLinkedRole': { RoleName: 'AWSServiceRoleForECS' },
  'iam:DetachRolePolicy': { RoleName: 'r', PolicyArn },
  'iam:GetServiceLinkedRoleDeletionStatus': { DeletionTaskId: 't' },
  'iam:ListInstanceProfileTags': { InstanceProfileName: 'ip' },
  'iam:ListPolicyTags': { PolicyArn },
  'iam:PutRolePermissionsBoundary': { RoleName: 'r', PermissionsBoundary: PolicyArn },
  'iam:PutRolePolicy': { RoleName: 'r', PolicyName: 'new', PolicyDocument },
  'iam:RemoveRoleFromInstanceProfile': { InstanceProfileName: 'ip', RoleName: 'r' },
  'iam:SetDefaultPolicyVersion': { PolicyArn: 'arn:aws:iam::123456789012:policy/two', VersionId: 'v1' },
  'iam:TagInstanceProfile': { InstanceProfileName: 'ip', Tags: [{ Key: 'k', Value: 'v' }] },
  'iam:TagPolicy': { PolicyArn, Tags: [{ Key: 'k', Value: 'v' }] },
  'iam:TagRole': { RoleName: 'r', Tags: [{ Key: 'k', Value: 'v' }] },
  'iam:UntagInstanceProfile': { InstanceProfileName: 'ip', TagKeys: ['a'] },
  'iam:UntagPolicy': { PolicyArn, TagKeys: ['a'] },
  'iam:UntagRole': { RoleName: 'r', TagKeys: ['a'] },
  'iam:UpdateAssumeRolePolicy': { RoleName: 'r', PolicyDocument: AssumeRolePolicyDocument },
  'iam:UpdateRole': { RoleName: 'r', Description: 'd' },
  'iam:UpdateRoleDescription': { RoleName: 'r', Description: 'd' },
  'iam:CreateAccessKey': {},
  'iam:CreateAccountAlias': { AccountAlias: 'other' },
  'iam:CreateServiceSpecificCredential': {
    UserName: 'lonely',
    ServiceName: 'bedrock.amazonaws.com',
    CredentialAgeDays: 1,
  },
  'iam:DeleteAccountAlias': { AccountAlias: 'acme' },
  'iam:DeleteSSHPublicKey': { UserName: 'u', SSHPublicKeyId },
  'iam:DeleteServiceSpecificCredential': { ServiceSpecificCredentialId },
  'iam:DeleteSigningCertificate': { CertificateId },
  'iam:GetSSHPublicKey': { UserName: 'u', SSHPublicKeyId, Encoding: 'SSH' },
  'iam:ResetServiceSpecificCredential': { ServiceSpecificCredentialId },
  'iam:UpdateSSHPublicKey': { UserName: 'u', SSHPublicKeyId, Status: 'Inactive' },
  'iam:UpdateServiceSpecificCredential': { ServiceSpecificCredentialId, Status: 'Inactive' },
  'iam:UpdateSigningCertificate': { CertificateId, Status: 'Inactive' },
  'iam:UploadSSHPublicKey': { UserName: 'u', SSHPublicKeyBody: SSH_KEY },
  'iam:UploadSigningCertificate': { CertificateBody: CERTIFICATE },
  'iam:ChangePassword': { OldPassword: 'emulated', NewPassword: 'New-password1' },
  'iam:CreateLoginProfile': { UserName: 'lonely', Password: 'New-password1' },
  'iam:CreateVirtualMFADevice': { VirtualMFADeviceName: 'new', Tags: [{ Key: 'k', Value: 'v' }] },
  'iam:DeactivateMFADevice': { SerialNumber: 'arn:aws:iam::123456789012:mfa/u' },
  'iam:DeleteAccountPasswordPolicy': {},
  'iam:DeleteLoginProfile': { UserName: 'u' },
  'iam:DeleteVirtualMFADevice': { SerialNumber: 'arn:aws:iam::123456789012:mfa/spare' },
  'iam:EnableMFADevice': {
    UserName: 'lonely',
    SerialNumber: 'GAHT12345678',
    AuthenticationCode1: '123456',
    AuthenticationCode2: '654321',
  },
  'iam:GetMFADevice': { SerialNumber: 'GAHT87654321' },
  'iam:ListMFADeviceTags': { SerialNumber: 'arn:aws:iam::123456789012:mfa/u' },
  'iam:ResyncMFADevice': {
    UserName: 'u',
    SerialNumber: 'GAHT87654321',
    AuthenticationCode1: '123456',
    AuthenticationCode2: '654321',
  },
  'iam:TagMFADevice': { SerialNumber: 'arn:aws:iam::123456789012:mfa/u', Tags: [{ Key: 'k', Value: 'v' }] },
  'iam:UntagMFADevice': { SerialNumber: 'arn:aws:iam::123456789012:mfa/u', TagKeys: ['k'] },
  'iam:UpdateAccountPasswordPolicy': {},
  'iam:UpdateLoginProfile': { UserName: 'u', PasswordResetRequired: true },
  'iam:CreateGroup': { GroupName: 'new' },
  'iam:CreateUser': { UserName: 'new', PermissionsBoundary: PolicyArn, Tags: [{ Key: 'k', Value: 'v' }] },
  'iam:DeleteAccessKey': { AccessKeyId: 'AKIA2345ABCDEFGHIJKL' },
  'iam:DeleteGroup': { GroupName: 'lonely' },
  'iam:DeleteGroupPolicy': { GroupName: 'g', PolicyName: 'i' },
  'iam:DeleteUser': { UserName: 'lonely' },
  'iam:DeleteUserPermissionsBoundary': { UserName: 'u' },
  'iam:DeleteUserPolicy': { UserName: 'u', PolicyName: 'i' },
  'iam:DetachGroupPolicy': { GroupName: 'g', PolicyArn },
  'iam:DetachUserPolicy': { UserName: 'u', PolicyArn },
  'iam:PutGroupPolicy': { GroupName: 'g', PolicyName: 'j', PolicyDocument },
  'iam:PutUserPermissionsBoundary': { UserName: 'u', PermissionsBoundary: PolicyArn },
  'iam:PutUserPolicy': { UserName: 'u', PolicyName: 'j', PolicyDocument },
  'iam:RemoveUserFromGroup': { GroupName: 'g', UserName: 'u' },
  'iam:TagUser': { UserName: 'u', Tags: [{ Key: 'k', Value: 'v' }] },
  'iam:UntagUser': { UserName: 'u', TagKeys: ['a'] },
  'iam:UpdateAccessKey': { AccessKeyId: 'AKIA2345ABCDEFGHIJKL', Status: 'Inactive' },
  'iam:UpdateGroup': { GroupName: 'g', NewGroupName: 'h' },
  'iam:UpdateUser': { UserName: 'u', NewUserName: 'v' },
  'iam:GenerateCredentialReport': {},
  'iam:GetAccessKeyLastUsed': { AccessKeyId: 'AKIA2345ABCDEFGHIJKL' },
  'iam:GetAccountAuthorizationDetails': {},
  'iam:GetAccountPasswordPolicy': {},
  'iam:GetAccountSummary': {},
  'iam:GetCredentialReport': {},
  'iam:GetGroup': { GroupName: 'g' },
  'iam:GetGroupPolicy': { GroupName: 'g', PolicyName: 'i' },
  'iam:GetInstanceProfile': { InstanceProfileName: 'ip' },
  'iam:GetLoginProfile': { UserName: 'u' },
  'iam:GetPolicy': { PolicyArn },
  'iam:GetPolicyVersion': { PolicyArn, VersionId: 'v1' },
  'iam:GetRole': { RoleName: 'r' },
  'iam:GetRolePolicy': { RoleName: 'r', PolicyName: 'i' },
  'iam:GetUser': {},
  'iam:GetUserPolicy': { UserName: 'u', PolicyName: 'i' },
  'iam:ListAccessKeys': {},
  'iam:ListAccountAliases': {},
  'iam:ListAttachedGroupPolicies': { GroupName: 'g' },
  'iam:ListAttachedRolePolicies': { RoleName: 'r' },
  'iam:ListAttachedUserPolicies': { UserName: 'u' },
  'iam:ListEntitiesForPolicy': { PolicyArn },
  'iam:ListGroupPolicies': { GroupName: 'g' },
  'iam:ListGroups': {},
  'iam:ListGroupsForUser': { UserName: 'u' },
  'iam:ListInstanceProfiles': {},
  'iam:ListInstanceProfilesForRole': { RoleName: 'r' },
  'iam:ListMFADevices': {},
  'iam:ListPolicies': { Scope: 'Local' },
  'iam:ListPolicyVersions': { PolicyArn },
  'iam:ListRolePolicies': { RoleName: 'r' },
  'iam:ListRoleTags': { RoleName: 'r' },
  'iam:ListRoles': {},
  'iam:ListSSHPublicKeys': {},
  'iam:ListServiceSpecificCredentials': {},
  'iam:ListSigningCertificates': {},
  'iam:ListUserPolicies': { UserName: 'u' },
  'iam:ListUserTags': { UserName: 'u' },
  'iam:ListUsers': {},
  'iam:ListVirtualMFADevices': {},
  'sts:AssumeRole': {
    RoleArn: 'arn:aws:iam::123456789012:role/r',
    RoleSessionName: 'session',
    Tags: [{ Key: 'a', Value: 'b' }],
    SourceIdentity: 'me',
  },
  'sts:AssumeRoleWithSAML': {
    RoleArn: 'arn:aws:iam::123456789012:role/r',
    PrincipalArn: 'arn:aws:iam::123456789012:saml-provider/s',
    SAMLAssertion: samlResponse({
      Role: 'arn:aws:iam::123456789012:role/r,arn:aws:iam::123456789012:saml-provider/s',
      RoleSessionName: 'session',
    }),
  },
  'sts:AssumeRoleWithWebIdentity': {
    RoleArn: 'arn:aws:iam::123456789012:role/r',
    RoleSessionName: 'session',
    WebIdentityToken: unsignedToken({ iss: 'https://o', aud: 'c', sub: 's', exp: 1_800_000_000 }),
  },
  'sts:DecodeAuthorizationMessage': { EncodedMessage: encodeAuthorizationMessage({ allowed: false }) },
  'sts:GetAccessKeyInfo': { AccessKeyId: 'AKIA2345ABCDEFGHIJKL' },
  'sts:GetCallerIdentity': {},
  'sts:GetFederationToken': { Name: 'somebody', Tags: [{ Key: 'a', Value: 'b' }] },
  'sts:GetSessionToken': {},
  'sts:GetWebIdentityToken': { Audience: ['app'], SigningAlgorithm: 'ES384', Tags: [{ Key: 'a', Value: 'b' }] },
};

/** Commands of the SDK that the emulated account does not know yet. */
/** What takes an organization, or a token that only AWS's partners get; tested elsewhere. */
const REFUSED_STS: ReadonlySet<string> = new Set(['sts:AssumeRoot', 'sts:GetDelegatedAccessToken']);

/** The names of all commands that the client of a service has. */
const commandsOf = (service: string, sdk: object): string[] =>
  Object.keys(sdk)
    .flatMap((name) => /^([A-Z]\w+)Command$/.exec(name)?.slice(1) ?? [])
    .map((name) => `${service}:${name}`);

describe('an operation of IAM or STS', () => {
  it('is there for every command that the installed SDK has', () => {
    const commands = [...commandsOf('iam', iamSdk), ...commandsOf('sts', stsSdk)];
    expect(commands.length).toBeGreaterThanOrEqual(191);
    expect(commands.filter((name) => !operations.has(name))).toEqual([]);
  });

  it.each(Object.keys(inputs))('answers the SDK’s client with all that it said: %s', async (name) => {
    const [service = '', action = ''] = name.split(':');
    const cloud = cloudOf(account());
    const outcome = operations.get(name)?.run(cloud, inputs[name], call);
    if (outcome?.ok !== true) throw new Error(`${name} gave ${JSON.stringify(outcome)}`);
    const enforcement = createEnforcement(Infinity);
    const eventLog = createEventLog();
    const emulated = { cloud, main: call.account, twinAt: emptyAccount, requests: new Map(), enforcement, eventLog };
    const circumstances = { ...call, requestId: '', changed: () => undefined };
    const input = inputs[name] as Record<string, unknown>;
    const output = await throughClient(
      service,
      action,
      input,
      (request) => answerCall(emulated, request, circumstances),
      call.accessKeyId,
    );
    const said = Object.entries(outcome.value.answer).flatMap(([member, value]) => (value == null ? [] : [member]));
    expect(Object.keys(output).sort()).toEqual(said.sort());
  });

  it('has an input in this test, each of them', () => {
    const ofIam = [...operations.keys()].filter(
      (name) => /^(?:iam|sts):/.test(name) && !REFUSED_HERE.has(name) && !REFUSED_STS.has(name),
    );
    expect(ofIam.sort()).toEqual(Object.keys(inputs).sort());
  });

  it.each(Object.keys(inputs))('answers what AWS’s model of it knows: %s', async (name) => {
    const [service = '', action = ''] = name.split(':');
    const shapes = (await awsService(service))?.operations.get(action);
    const outcome = operations.get(name)?.run(cloudOf(account()), inputs[name], call);
    if (shapes === undefined || outcome?.ok !== true) throw new Error(`${name} gave ${JSON.stringify(outcome)}`);
    // Real answers about the root user leave out what AWS's model calls required.
    const leftOut = /VirtualMFADevices\.\d+\.User\.(?:Path|UserName) is missing$/;
    const found = misfits(shapes.output, outcome.value.answer, action).filter((misfit) => !leftOut.test(misfit));
    expect(found).toEqual([]);
  });

  it.each(Object.keys(inputs))('leaves a state that a state file gives back: %s', (name) => {
    const outcome = operations.get(name)?.run(cloudOf(account()), inputs[name], call);
    if (outcome?.ok !== true) throw new Error(`${name} gave ${JSON.stringify(outcome)}`);
    expectKept(outcome.value.cloud);
  });

  it('refuses as AWS’s model of the service knows, or with a common error', async () => {
    const codes = ['NoSuchEntity', 'ReportExpired', 'ReportInProgress', 'ReportNotPresent'];
    const errors = (await awsService('iam'))?.errors;
    expect(codes.map((code) => errors?.get(code)?.status)).toEqual([404, 410, 404, 410]);
  });
});
