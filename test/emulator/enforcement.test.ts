import {
  AddRoleToInstanceProfileCommand,
  GetAccessKeyLastUsedCommand,
  GetRoleCommand,
  GetUserCommand,
  ListUsersCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { totpCode } from '../../src/account/one-time-code.ts';
import { seedOfSerialNumber } from '../../src/account/totp.ts';
import { runningAccount } from './running-account.ts';

const policy = (Action: string) =>
  `{ Version: "2012-10-17", Statement: { Effect: Allow, Action: "${Action}", Resource: "*" } }`;

const account = `
users:
  - userName: reader
    inlinePolicies: [{ policyName: read, document: ${policy('iam:Get*')} }, { policyName: assume, document: ${policy('sts:AssumeRole')} }]
    accessKeys: [{ createDate: 1d ago, accessKeyId: AKIA2345ABCDEFGHIJKL, secretAccessKey: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY }]
    mfa: [{ kind: virtual }]
  - userName: left
    accessKeys: [{ createDate: 1d ago, accessKeyId: AKIA2345ABCDEFGHIJKM, status: Inactive }]
  - userName: adder
    inlinePolicies: [{ policyName: add, document: ${policy('iam:AddRoleToInstanceProfile')} }]
    accessKeys: [{ createDate: 1d ago, accessKeyId: AKIA2345ABCDEFGHIJKN }]
roles:
  - roleName: lister
    assumeRolePolicyDocument: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: { AWS: "123456789012" }, Action: "sts:AssumeRole" } }
    inlinePolicies: [{ policyName: list, document: ${policy('iam:List*')} }]
instanceProfiles: [{ instanceProfileName: ip }]
`;

const READER = ['AKIA2345ABCDEFGHIJKL', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'] as const;
const lister = 'arn:aws:iam::123456789012:role/lister';

const denied = (message: string) => ({ Code: 'AccessDenied', message, $metadata: { httpStatusCode: 403 } });

const invalid = {
  Code: 'InvalidClientTokenId',
  message: 'The security token included in the request is invalid.',
  $metadata: { httpStatusCode: 403 },
};

const enforced = () => runningAccount(account, { enforce: true });

describe('an emulated account that enforces', () => {
  it('lets the root user do everything', async () => {
    const { iam } = await enforced();
    expect((await iam.send(new ListUsersCommand({}))).Users).toHaveLength(3);
  });

  it('lets a user do what its policies allow, and says why not', async () => {
    const { as } = await enforced();
    const { iam } = as(...READER);
    expect((await iam.send(new GetUserCommand({ UserName: 'left' }))).User?.UserName).toBe('left');
    await expect(iam.send(new ListUsersCommand({}))).rejects.toMatchObject(
      denied(
        'User: arn:aws:iam::123456789012:user/reader is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::123456789012:user/ because no identity-based policy allows the iam:ListUsers action',
      ),
    );
  });

  it('refuses a wrong secret', async () => {
    const { as } = await enforced();
    await expect(as(READER[0], 'wrong').sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      Code: 'SignatureDoesNotMatch',
      message:
        'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('refuses keys that it does not know, and inactive ones', async () => {
    const { as, withSession } = await enforced();
    const whoAmI = new GetCallerIdentityCommand({});
    await expect(as('AKIAIOSFODNN7EXAMPLE').sts.send(whoAmI)).rejects.toMatchObject(invalid);
    await expect(as('AKIA2345ABCDEFGHIJKM').sts.send(whoAmI)).rejects.toMatchObject(invalid);
    const made = withSession({
      AccessKeyId: READER[0],
      SecretAccessKey: READER[1],
      SessionToken: 'IQoJb3JpZ2luX2Vj',
      Expiration: undefined,
    });
    await expect(made.sts.send(whoAmI)).rejects.toMatchObject(invalid);
  });

  it('refuses what was signed too long ago', async () => {
    const { iam, clock } = await enforced();
    clock.moveTo('2026-01-31T12:06:00Z');
    await expect(iam.send(new ListUsersCommand({}))).rejects.toMatchObject({
      Code: 'SignatureDoesNotMatch',
      message: expect.stringMatching(
        /^Signature expired: 20260131T1200\d\dZ is now earlier than 20260131T120100Z \(20260131T120600Z - 5 min\.\)$/,
      ) as unknown,
    });
  });

  it('lets sessions of a role do what the role may', async () => {
    const { as, withSession } = await enforced();
    const { sts } = as(...READER);
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: lister, RoleSessionName: 'ci' }));
    const { iam } = withSession(Credentials);
    expect((await iam.send(new ListUsersCommand({}))).Users).toHaveLength(3);
    await expect(iam.send(new GetUserCommand({ UserName: 'left' }))).rejects.toMatchObject(
      denied(
        'User: arn:aws:sts::123456789012:assumed-role/lister/ci is not authorized to perform: iam:GetUser on resource: user left because no identity-based policy allows the iam:GetUser action',
      ),
    );
    const wrong = withSession(Credentials && { ...Credentials, SecretAccessKey: 'wrong' });
    await expect(wrong.iam.send(new ListUsersCommand({}))).rejects.toMatchObject({ Code: 'SignatureDoesNotMatch' });
  });

  it('keeps a session without MFA from IAM', async () => {
    const { as, withSession } = await enforced();
    const { Credentials } = await as(...READER).sts.send(new GetSessionTokenCommand({}));
    const { iam, sts } = withSession(Credentials);
    await expect(iam.send(new GetUserCommand({}))).rejects.toMatchObject(invalid);
    expect(
      (await sts.send(new AssumeRoleCommand({ RoleArn: lister, RoleSessionName: 'ci' }))).AssumedRoleUser?.Arn,
    ).toBe('arn:aws:sts::123456789012:assumed-role/lister/ci');
  });

  it('lets a session with MFA reach IAM, and takes each code once', async () => {
    const { as, withSession } = await enforced();
    const SerialNumber = 'arn:aws:iam::123456789012:mfa/reader';
    const TokenCode = totpCode(seedOfSerialNumber(SerialNumber), Date.parse('2026-01-31T12:00:00Z') / 30_000);
    const { sts } = as(...READER);
    const begin = (code: string) => sts.send(new GetSessionTokenCommand({ SerialNumber, TokenCode: code }));
    await expect(begin(String((Number(TokenCode) + 1) % 1_000_000).padStart(6, '0'))).rejects.toMatchObject(
      denied('MultiFactorAuthentication failed with invalid MFA one time pass code. '),
    );
    const { Credentials } = await begin(TokenCode);
    expect((await withSession(Credentials).iam.send(new GetUserCommand({}))).User?.UserName).toBe('reader');
    await expect(begin(TokenCode)).rejects.toMatchObject({ Code: 'AccessDenied' });
  });

  it('asks for iam:PassRole where a call passes a role', async () => {
    const { as } = await enforced();
    const call = new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'ip', RoleName: 'lister' });
    await expect(as('AKIA2345ABCDEFGHIJKN').iam.send(call)).rejects.toMatchObject(
      denied(
        `User: arn:aws:iam::123456789012:user/adder is not authorized to perform: iam:PassRole on resource: ${lister} because no identity-based policy allows the iam:PassRole action`,
      ),
    );
  });

  it('begins to enforce when it is told to, after some calls', async () => {
    const { as, endpoint } = await runningAccount(account);
    const { iam } = as(...READER);
    const list = () => iam.send(new ListUsersCommand({}));
    const enforce = async (query: string) =>
      (await fetch(`${endpoint}/_vigil/enforce${query}`, { method: 'POST' })).status;
    await list();
    expect(await enforce('?after=2')).toBe(200);
    await list();
    await list();
    await expect(list()).rejects.toMatchObject({ Code: 'AccessDenied' });
    expect(await enforce('?after=inf')).toBe(200);
    await list();
    expect(await enforce('?after=soon')).toBe(400);
    expect(await enforce('')).toBe(200);
    await expect(list()).rejects.toMatchObject({ Code: 'AccessDenied' });
  });
});

describe('the last use', () => {
  it('of a key is the first of a quarter of an hour', async () => {
    const { iam, as, clock } = await runningAccount(account);
    const lastUsed = async () =>
      (await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: READER[0] }))).AccessKeyLastUsed;
    expect(await lastUsed()).toEqual({ ServiceName: 'N/A', Region: 'N/A' });
    const first = { LastUsedDate: new Date('2026-01-31T12:00:00Z'), ServiceName: 'iam', Region: 'us-east-1' };
    await as(...READER).iam.send(new GetUserCommand({}));
    expect(await lastUsed()).toEqual(first);
    clock.moveTo('2026-01-31T12:14:59Z');
    await as(...READER).sts.send(new GetCallerIdentityCommand({}));
    expect(await lastUsed()).toEqual(first);
    clock.moveTo('2026-01-31T12:15:00Z');
    await as(...READER).sts.send(new GetCallerIdentityCommand({}));
    expect(await lastUsed()).toEqual({
      LastUsedDate: new Date('2026-01-31T12:15:00Z'),
      ServiceName: 'sts',
      Region: 'us-east-1',
    });
  });

  it('of a role is when a session of it made a call', async () => {
    const { iam, sts, withSession } = await runningAccount(account);
    const lastUsed = async () => (await iam.send(new GetRoleCommand({ RoleName: 'lister' }))).Role?.RoleLastUsed;
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: lister, RoleSessionName: 'ci' }));
    expect(await lastUsed()).toEqual({});
    await withSession(Credentials).sts.send(new GetCallerIdentityCommand({}));
    expect(await lastUsed()).toEqual({ LastUsedDate: new Date('2026-01-31T12:00:00Z'), Region: 'us-east-1' });
  });
});
