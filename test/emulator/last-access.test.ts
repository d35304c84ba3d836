import {
  GenerateServiceLastAccessedDetailsCommand,
  GetServiceLastAccessedDetailsCommand,
  GetServiceLastAccessedDetailsWithEntitiesCommand,
  GetUserCommand,
  type IAMClient,
  ListPoliciesGrantingServiceAccessCommand,
  ListUsersCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { runningAccount } from './running-account.ts';

const allow = (...actions: string[]) => ({ Effect: 'Allow', Action: actions, Resource: '*' });
const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

const ALICE = 'AKIA2345ABCDEFGHIJKL';
const BOB = 'AKIA2345ABCDEFGHIJKM';

// The same graph as in answers of IAM that others recorded in public.
const account = `
policies:
  - { policyName: shared, document: ${policy(allow('sqs:SendMessage', 's3:GetObject'))} }
groups:
  - groupName: zgroup
    attachedPolicies: [shared]
    inlinePolicies: [{ policyName: a-group, document: ${policy(allow('lambda:ListFunctions'))} }]
  - { groupName: agroup, inlinePolicies: [{ policyName: z-group, document: ${policy(allow('iam:GetUser'))} }] }
users:
  - userName: alice
    path: /staff/
    groups: [zgroup, agroup]
    accessKeys: [{ accessKeyId: ${ALICE}, createDate: 1d ago }]
    inlinePolicies:
      - policyName: z-direct
        document: ${policy(allow('s3:GetObject', 'iam:GetUser', 'iam:PassRole'), { Effect: 'Deny', Action: 'sqs:*', Resource: '*' })}
  - { userName: bob, groups: [zgroup], accessKeys: [{ accessKeyId: ${BOB}, createDate: 1d ago }] }
roles:
  - roleName: role
    assumeRolePolicyDocument: { Statement: { Effect: Allow, Principal: { AWS: "*" }, Action: "sts:AssumeRole" } }
    attachedPolicies: [shared]
`;

const arn = (name: string) => `arn:aws:iam::123456789012:${name}`;

/** A report once it is made. */
const reportOn = async (iam: IAMClient, Arn: string, Granularity?: 'ACTION_LEVEL') => {
  const { JobId } = await iam.send(
    new GenerateServiceLastAccessedDetailsCommand({ Arn, ...(Granularity && { Granularity }) }),
  );
  const first = await iam.send(new GetServiceLastAccessedDetailsCommand({ JobId }));
  expect(first.JobStatus).toBe('IN_PROGRESS');
  expect(first.ServicesLastAccessed).toBeUndefined();
  return { JobId, ...(await iam.send(new GetServiceLastAccessedDetailsCommand({ JobId }))) };
};

describe('the report on last accessed services', () => {
  it('tells the services that a user’s policies grant, without those that they deny', async () => {
    const { iam } = await runningAccount(account);
    const { ServicesLastAccessed, ...rest } = await reportOn(iam, arn('user/staff/alice'));
    expect(rest).toMatchObject({ JobStatus: 'COMPLETED', JobType: 'SERVICE_LEVEL', IsTruncated: false });
    expect(ServicesLastAccessed).toEqual([
      {
        ServiceName: 'AWS Identity and Access Management',
        ServiceNamespace: 'iam',
        TotalAuthenticatedEntities: 0,
      },
      { ServiceName: 'AWS Lambda', ServiceNamespace: 'lambda', TotalAuthenticatedEntities: 0 },
      { ServiceName: 'Amazon S3', ServiceNamespace: 's3', TotalAuthenticatedEntities: 0 },
    ]);
  });

  it('tells what was really called, by service and by action, never PassRole', async () => {
    const { iam, as, clock } = await runningAccount(account);
    await as(ALICE).iam.send(new GetUserCommand({}));
    clock.moveTo('2026-01-31T13:00:00Z');
    await as(ALICE).iam.send(new ListUsersCommand({}));
    const { ServicesLastAccessed, JobType } = await reportOn(iam, arn('user/staff/alice'), 'ACTION_LEVEL');
    expect(JobType).toBe('ACTION_LEVEL');
    expect(ServicesLastAccessed?.[0]).toEqual({
      ServiceName: 'AWS Identity and Access Management',
      ServiceNamespace: 'iam',
      LastAuthenticated: new Date('2026-01-31T13:00:00Z'),
      LastAuthenticatedEntity: arn('user/staff/alice'),
      LastAuthenticatedRegion: 'us-east-1',
      TotalAuthenticatedEntities: 1,
      TrackedActionsLastAccessed: [
        {
          ActionName: 'GetUser',
          LastAccessedEntity: arn('user/staff/alice'),
          LastAccessedTime: new Date('2026-01-31T12:00:00Z'),
          LastAccessedRegion: 'us-east-1',
        },
      ],
    });
    expect(ServicesLastAccessed?.[1]?.TrackedActionsLastAccessed).toEqual([{ ActionName: 'ListFunctions' }]);
    expect(ServicesLastAccessed?.[2]).not.toHaveProperty('TrackedActionsLastAccessed');
  });

  it('goes back four hundred days', async () => {
    const { iam, as, clock } = await runningAccount(account);
    await as(ALICE).iam.send(new GetUserCommand({}));
    clock.moveTo('2027-03-08T12:00:00Z');
    const { ServicesLastAccessed } = await reportOn(iam, arn('user/staff/alice'));
    expect(ServicesLastAccessed?.[0]).not.toHaveProperty('LastAuthenticated');
  });

  it('tells of a group its members, of a policy whom it is attached to, the latest first', async () => {
    const { iam, as } = await runningAccount(account);
    const entities = async (Arn: string, ServiceNamespace: string) => {
      const { JobId } = await reportOn(iam, Arn);
      const command = new GetServiceLastAccessedDetailsWithEntitiesCommand({ JobId, ServiceNamespace });
      return (await iam.send(command)).EntityDetailsList?.map(({ EntityInfo }) => EntityInfo?.Name);
    };
    expect(await entities(arn('group/zgroup'), 's3')).toEqual(['alice', 'bob']);
    expect(await entities(arn('group/zgroup'), 'iam')).toEqual([]);
    expect(await entities(arn('policy/shared'), 'sqs')).toEqual(['alice', 'bob', 'role']);
    await as(BOB).iam.send(new GetUserCommand({}));
    expect(await entities(arn('group/agroup'), 'iam')).toEqual(['alice']);
    const { JobId } = await reportOn(iam, arn('role/role'));
    const answer = await iam.send(
      new GetServiceLastAccessedDetailsWithEntitiesCommand({ JobId, ServiceNamespace: 's3' }),
    );
    expect(answer.EntityDetailsList).toEqual([
      {
        EntityInfo: {
          Arn: arn('role/role'),
          Name: 'role',
          Type: 'ROLE',
          Id: expect.stringMatching(/^AROA/) as unknown,
          Path: '/',
        },
      },
    ]);
    await expect(entities(arn('role/role'), 'nonsense')).rejects.toMatchObject({
      name: 'InvalidInputException',
      message: 'Service namepace nonsense is either invalid or unsupported.',
    });
  });

  it('is for whom it was made for alone', async () => {
    const { iam, as } = await runningAccount(account);
    const { JobId } = await reportOn(iam, arn('user/staff/alice'));
    await expect(as(ALICE).iam.send(new GetServiceLastAccessedDetailsCommand({ JobId }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
    await expect(
      iam.send(new GenerateServiceLastAccessedDetailsCommand({ Arn: arn('user/nobody') })),
    ).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });
});

describe('ListPoliciesGrantingServiceAccess', () => {
  it('tells the policies that grant each service by themselves', async () => {
    const { iam } = await runningAccount(account);
    const answer = await iam.send(
      new ListPoliciesGrantingServiceAccessCommand({
        Arn: arn('user/staff/alice'),
        ServiceNamespaces: ['sqs', 's3', 'iam', 'lambda', 'dynamodb'],
      }),
    );
    const shared = { PolicyName: 'shared', PolicyType: 'MANAGED', PolicyArn: arn('policy/shared') };
    const direct = { PolicyName: 'z-direct', PolicyType: 'INLINE', EntityType: 'USER', EntityName: 'alice' };
    const ofGroup = (PolicyName: string, EntityName: string) => ({
      PolicyName,
      PolicyType: 'INLINE',
      EntityType: 'GROUP',
      EntityName,
    });
    expect(answer.PoliciesGrantingServiceAccess).toEqual([
      { ServiceNamespace: 'sqs', Policies: [shared] },
      { ServiceNamespace: 's3', Policies: [shared, direct] },
      { ServiceNamespace: 'iam', Policies: [direct, ofGroup('z-group', 'agroup')] },
      { ServiceNamespace: 'lambda', Policies: [ofGroup('a-group', 'zgroup')] },
      { ServiceNamespace: 'dynamodb', Policies: [] },
    ]);
    expect(answer.IsTruncated).toBe(false);
  });

  it.each([
    [policy(allow('s3:GetObject')), true],
    [policy({ Effect: 'Deny', Action: 's3:*', Resource: '*' }), false],
    [policy(allow('s3:GetObject'), { Effect: 'Deny', Action: 's3:*', Resource: '*' }), false],
    [policy({ ...allow('s3:GetObject'), Condition: { StringEquals: { 'aws:username': 'nobody' } } }), true],
    [policy({ ...allow('s3:GetObject'), Resource: 'arn:aws:iam::123456789012:user/nobody' }), false],
    [policy(allow('s3:UnheardOfAction')), true],
  ])('asks %s', async (document, grants) => {
    const { iam } = await runningAccount(
      `users: [{ userName: u, inlinePolicies: [{ policyName: p, document: ${document} }] }]`,
    );
    const { PoliciesGrantingServiceAccess } = await iam.send(
      new ListPoliciesGrantingServiceAccessCommand({ Arn: arn('user/u'), ServiceNamespaces: ['s3', 'iam'] }),
    );
    const found = PoliciesGrantingServiceAccess?.map(({ Policies }) => Policies?.length);
    expect(found).toEqual([grants ? 1 : 0, 0]);
  });

  it('refuses services that there are not', async () => {
    const { iam } = await runningAccount(account);
    const command = new ListPoliciesGrantingServiceAccessCommand({
      Arn: arn('user/alice'),
      ServiceNamespaces: ['s3', 'nonsense'],
    });
    await expect(iam.send(command)).rejects.toMatchObject({
      name: 'InvalidInputException',
      message: 'Invalid service namespace: [nonsense]',
    });
  });
});
