const Statement = {
  Effect: 'Allow',
  Action: 's3:*',
  Resource: '*',
  Condition: { StringEquals: { 'aws:PrincipalTag/a': 'b' } },
};
const PolicyInputList = [JSON.stringify({ Version: '2012-10-17', Statement })];
const PolicySourceArn = 'arn:aws:iam::123456789012:user/u';
const request = { ActionNames: ['s3:GetObject'], ResourceArns: ['arn:aws:s3:::b/a', 'arn:aws:s3:::b/b'] };

/** An input for each operation of the policy simulator that makes its answer as full as it gets. */
export const simulationInputs: Readonly<Record<string, object>> = {
  'iam:GetContextKeysForCustomPolicy': { PolicyInputList },
  'iam:GetContextKeysForPrincipalPolicy': { PolicySourceArn, PolicyInputList },
  'iam:SimulateCustomPolicy': {
    ...request,
    PolicyInputList,
    PermissionsBoundaryPolicyInputList: PolicyInputList,
    OrderedOrganizationPolicyInputList: [{ ServiceControlPolicyInputList: PolicyInputList }],
    ResourcePolicy: JSON.stringify({ Statement: { ...Statement, Principal: '*', Resource: 'arn:aws:s3:::b/*' } }),
    ResourceOwner: 'arn:aws:iam::210987654321:root',
    CallerArn: PolicySourceArn,
    ContextEntries: [{ ContextKeyName: 'aws:PrincipalTag/a', ContextKeyType: 'string', ContextKeyValues: ['b'] }],
  },
  'iam:SimulatePrincipalPolicy': { ...request, PolicySourceArn },
};
