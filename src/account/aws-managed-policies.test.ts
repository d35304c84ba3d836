import { expect, it } from 'vitest';
import { awsManagedPolicies } from './aws-managed-policies.ts';

it('gives AWS managed policies with their versions, the newest first', () => {
  const policy = awsManagedPolicies('aws').get('iamreadonlyaccess');
  expect(policy).toMatchObject({
    policyName: 'IAMReadOnlyAccess',
    arn: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess',
    path: '/',
  });
  expect(awsManagedPolicies('aws').get('administratoraccess')?.createDate).toBe('2015-02-06T18:39:46Z');
  expect(policy?.versions.map(({ versionId }) => versionId).slice(-3)).toEqual(['v3', 'v2', 'v1']);
  expect(policy?.defaultVersionId).toBe(policy?.versions[0]?.versionId);
  expect(JSON.parse(policy?.versions.at(-1)?.document ?? '')).toEqual({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['iam:List*', 'iam:Get*'], Resource: '*' }],
  });
});

it('gives every document of every version as JSON', () => {
  const versions = [...awsManagedPolicies('aws').values()].flatMap((policy) => policy.versions);
  expect(versions.length).toBeGreaterThan(5000);
  for (const { document } of versions) expect(JSON.parse(document)).toHaveProperty('Statement');
});

it('gives them in the partition asked for, under the path that AWS gave them', () => {
  expect(awsManagedPolicies('aws-cn').get('autoscalingservicerolepolicy')).toMatchObject({
    arn: 'arn:aws-cn:iam::aws:policy/aws-service-role/AutoScalingServiceRolePolicy',
    path: '/aws-service-role/',
  });
});
