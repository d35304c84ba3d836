import { organizationArn, organizationPolicyArn } from '../../organization-arn.ts';
import { pathTo } from '../../organization-policies.ts';
import type {
  MemberAccountState,
  OrganizationPolicyState,
  OrganizationState,
  UnitState,
} from '../../organization-state.ts';

// The structures of AWS's Organizations API, of the state.

/** `Organization`. */
export const organizationView = (organization: OrganizationState) => {
  const { id, featureSet, managementAccountId, accounts } = organization;
  return {
    Id: id,
    Arn: organizationArn(organization, 'organization'),
    FeatureSet: featureSet,
    MasterAccountArn: organizationArn(organization, 'account', managementAccountId),
    MasterAccountId: managementAccountId,
    MasterAccountEmail: accounts.get(managementAccountId)?.email,
    // AWS still answers this, whatever is enabled: "do not use this list" (`Organization`, API reference).
    AvailablePolicyTypes: featureSet === 'ALL' ? [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }] : [],
  };
};

/** `Root`. */
export const rootView = (organization: OrganizationState) => ({
  Id: organization.rootId,
  Arn: organizationArn(organization, 'root', organization.rootId),
  Name: 'Root',
  PolicyTypes: organization.enabledPolicyTypes.map((type) => ({ Type: type, Status: 'ENABLED' })),
});

/** `OrganizationalUnit`. */
export const unitView = (organization: OrganizationState, { id, name }: UnitState) => ({
  Id: id,
  Arn: organizationArn(organization, 'ou', id),
  Name: name,
});

/** `Account`. */
export const accountView = (organization: OrganizationState, member: MemberAccountState) => ({
  Id: member.id,
  Arn: organizationArn(organization, 'account', member.id),
  Email: member.email,
  Name: member.name,
  Status: member.status,
  State: member.status,
  Paths: [`${[organization.id, ...pathTo(organization, member.id).map(({ id }) => id)].join('/')}/`],
  JoinedMethod: member.joinedMethod,
  JoinedTimestamp: member.joinedTimestamp,
});

/** `PolicySummary`. */
export const policyView = (organization: OrganizationState, policy: OrganizationPolicyState) => ({
  Id: policy.id,
  Arn: organizationPolicyArn(organization, policy),
  Name: policy.name,
  Description: policy.description,
  Type: policy.type,
  AwsManaged: policy.awsManaged,
});
