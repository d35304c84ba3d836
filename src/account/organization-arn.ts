import type { OrganizationPolicyState, OrganizationState } from './organization-state.ts';

/** The ARN of something in an organization. */
export const organizationArn = (
  { partition, managementAccountId, id }: OrganizationState,
  type: string,
  resource = '',
): string =>
  `arn:${partition}:organizations::${managementAccountId}:${type}/${id}${resource === '' ? '' : `/${resource}`}`;

/** The ARN of a policy of an organization, or of AWS's own for all. */
export const organizationPolicyArn = (
  organization: OrganizationState,
  { id, type, awsManaged }: Pick<OrganizationPolicyState, 'id' | 'type' | 'awsManaged'>,
): string => {
  const kind = type.toLowerCase();
  return awsManaged
    ? `arn:${organization.partition}:organizations::aws:policy/${kind}/${id}`
    : organizationArn(organization, 'policy', `${kind}/${id}`);
};
