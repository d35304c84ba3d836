import { describe, expect, it } from 'vitest';
import { arnOf, documentOf, iamApi } from './iam-api.ts';
import { ANY_POLICY } from './running-account.ts';

const TRUST =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}';
const ACCESS = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}';

describe('making a service-linked role', () => {
  it('gives it AWS’s name, path, trust and policy', async () => {
    const { iam } = await iamApi('{}');
    const { Role } = await iam.createServiceLinkedRole({ AWSServiceName: 'autoscaling.amazonaws.com' });
    expect(Role).toEqual({
      Path: '/aws-service-role/autoscaling.amazonaws.com/',
      RoleName: 'AWSServiceRoleForAutoScaling',
      RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/) as unknown,
      Arn: arnOf('role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling'),
      CreateDate: new Date('2026-01-31T12:00:00Z'),
      AssumeRolePolicyDocument: expect.any(String) as unknown,
    });
    expect(documentOf(Role?.AssumeRolePolicyDocument)).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Action: ['sts:AssumeRole'], Principal: { Service: ['autoscaling.amazonaws.com'] }, Effect: 'Allow' },
      ],
    });
    const { AttachedPolicies } = await iam.listAttachedRolePolicies({ RoleName: 'AWSServiceRoleForAutoScaling' });
    expect(AttachedPolicies).toEqual([
      {
        PolicyName: 'AutoScalingServiceRolePolicy',
        PolicyArn: 'arn:aws:iam::aws:policy/aws-service-role/AutoScalingServiceRolePolicy',
      },
    ]);
  });

  it.each([
    ['spot.amazonaws.com', 'AWSServiceRoleForEC2Spot'],
    ['elasticloadbalancing.amazonaws.com', 'AWSServiceRoleForElasticLoadBalancing'],
    ['ecs.application-autoscaling.amazonaws.com', 'AWSServiceRoleForApplicationAutoScaling_ECSService'],
    ['ops.apigateway.amazonaws.com', 'AWSServiceRoleForAPIGateway'],
    ['docdb-elastic.amazonaws.com', 'AWSServiceRoleForDocDB-Elastic'],
  ])('names that of %s %s', async (AWSServiceName, name) => {
    const { iam } = await iamApi('{}');
    expect((await iam.createServiceLinkedRole({ AWSServiceName })).Role?.RoleName).toBe(name);
  });

  it('may be done again with another suffix, where the service has several', async () => {
    const { iam } = await iamApi('{}');
    const AWSServiceName = 'autoscaling.amazonaws.com';
    await iam.createServiceLinkedRole({ AWSServiceName });
    await expect(iam.createServiceLinkedRole({ AWSServiceName })).rejects.toMatchObject({
      name: 'InvalidInputException',
      message:
        'Service role name AWSServiceRoleForAutoScaling has been taken in this account, please try a different suffix.',
    });
    const { Role } = await iam.createServiceLinkedRole({ AWSServiceName, CustomSuffix: 'blue', Description: 'd' });
    expect(Role?.RoleName).toBe('AWSServiceRoleForAutoScaling_blue');
    expect((await iam.getRole({ RoleName: Role?.RoleName })).Role?.Description).toBe('d');
    const batch = { AWSServiceName: 'batch.amazonaws.com', CustomSuffix: 'x' };
    await expect(iam.createServiceLinkedRole(batch)).rejects.toMatchObject({
      name: 'InvalidInputException',
      message: 'Custom suffix is not allowed for batch.amazonaws.com',
    });
    await expect(iam.createServiceLinkedRole({ AWSServiceName: 'batch' })).rejects.toMatchObject({
      name: 'InvalidInputException',
    });
  });
});

describe('a service-linked role', () => {
  const RoleName = 'AWSServiceRoleForBatch';
  const linked = async () => {
    const { iam } = await iamApi(`policies: [{ policyName: p, document: ${ANY_POLICY} }]`);
    await iam.createServiceLinkedRole({ AWSServiceName: 'batch.amazonaws.com' });
    return iam;
  };

  it('is AWS’s alone to change', async () => {
    const iam = await linked();
    await iam.createInstanceProfile({ InstanceProfileName: 'ip' });
    const PolicyArn = arnOf('policy/p');
    const calls = [
      () => iam.deleteRole({ RoleName }),
      () => iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: TRUST }),
      () => iam.attachRolePolicy({ RoleName, PolicyArn }),
      () => iam.detachRolePolicy({ RoleName, PolicyArn }),
      () => iam.putRolePolicy({ RoleName, PolicyName: 'i', PolicyDocument: ACCESS }),
      () => iam.deleteRolePolicy({ RoleName, PolicyName: 'i' }),
      () => iam.putRolePermissionsBoundary({ RoleName, PermissionsBoundary: PolicyArn }),
      () => iam.deleteRolePermissionsBoundary({ RoleName }),
      () => iam.addRoleToInstanceProfile({ RoleName, InstanceProfileName: 'ip' }),
    ];
    for (const call of calls) {
      await expect(call()).rejects.toMatchObject({
        name: 'UnmodifiableEntityException',
        message: `Cannot perform the operation on the protected role '${RoleName}' - this role is only modifiable by AWS`,
      });
    }
    await expect(iam.updateRole({ RoleName, MaxSessionDuration: 7200 })).rejects.toMatchObject({
      name: 'UnmodifiableEntityException',
      message: `${RoleName} is an AWS service linked role, max session duration cannot be changed.`,
    });
  });

  it('may be described and tagged', async () => {
    const iam = await linked();
    await iam.updateRole({ RoleName, Description: 'a' });
    await iam.updateRoleDescription({ RoleName, Description: 'b' });
    await iam.tagRole({ RoleName, Tags: [{ Key: 'k', Value: 'v' }] });
    expect((await iam.getRole({ RoleName })).Role).toMatchObject({
      Description: 'b',
      Tags: [{ Key: 'k', Value: 'v' }],
    });
  });

  it('is deleted by a task that one can ask after', async () => {
    const iam = await linked();
    const { DeletionTaskId = '' } = await iam.deleteServiceLinkedRole({ RoleName });
    expect(DeletionTaskId).toMatch(
      /^task\/aws-service-role\/batch\.amazonaws\.com\/AWSServiceRoleForBatch\/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect((await iam.getServiceLinkedRoleDeletionStatus({ DeletionTaskId })).Status).toBe('SUCCEEDED');
    await expect(iam.getRole({ RoleName })).rejects.toMatchObject({ name: 'NoSuchEntityException' });
    await iam.createServiceLinkedRole({ AWSServiceName: 'batch.amazonaws.com' });
  });

  it('is the only kind that such a task deletes', async () => {
    const iam = await linked();
    await iam.createRole({ RoleName: 'r', AssumeRolePolicyDocument: TRUST });
    const refusal = { name: 'NoSuchEntityException' };
    await expect(iam.deleteServiceLinkedRole({ RoleName: 'r' })).rejects.toMatchObject(refusal);
    await expect(iam.deleteServiceLinkedRole({ RoleName: 'none' })).rejects.toMatchObject(refusal);
    await expect(iam.getServiceLinkedRoleDeletionStatus({ DeletionTaskId: 'none' })).rejects.toMatchObject(refusal);
  });
});
