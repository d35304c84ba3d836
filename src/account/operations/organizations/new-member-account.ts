import { iamArn } from '../../../iam/arn.ts';
import { emptyAccount, withRole } from '../../account-edits.ts';
import type { AccountState, RoleState } from '../../account-state.ts';
import type { AccountPlace, Call } from '../../call.ts';
import { newUniqueId } from '../../unique-id.ts';

/**
 * An account as AWS Organizations makes it: no root credentials, a role that the management account may assume with all
 * permissions, and the service's own role. Source: "Accessing member accounts", AWS Organizations User Guide.
 */
export const newMemberAccount = (
  place: AccountPlace,
  managementAccountId: string,
  roleName: string,
  call: Made,
): AccountState => {
  const empty = emptyAccount(place, call.now);
  const access = newRole(
    place,
    { roleName, path: '/', policy: 'AdministratorAccess' },
    { AWS: iamArn(place.partition, managementAccountId, 'root') },
    call,
  );
  const bare = { ...empty, root: { ...empty.root, loginProfile: null } };
  return [access, newOrganizationsRole(place, call)].reduce(withRole, bare);
};

/** The role of AWS Organizations itself, which every account of an organization has. */
export const newOrganizationsRole = (place: AccountPlace, call: Made): RoleState =>
  newRole(
    place,
    {
      roleName: 'AWSServiceRoleForOrganizations',
      path: '/aws-service-role/organizations.amazonaws.com/',
      policy: 'aws-service-role/AWSOrganizationsServiceTrustPolicy',
    },
    { Service: 'organizations.amazonaws.com' },
    call,
  );

type Made = Pick<Call, 'now' | 'random'>;

const newRole = (
  { partition, accountId }: AccountPlace,
  { roleName, path, policy }: { readonly roleName: string; readonly path: string; readonly policy: string },
  principal: object,
  { now, random }: Made,
): RoleState => ({
  roleName,
  path,
  attachedPolicies: [iamArn(partition, 'aws', `policy/${policy}`)],
  roleId: newUniqueId('AROA', random),
  arn: iamArn(partition, accountId, `role${path}${roleName}`),
  createDate: now,
  description: null,
  maxSessionDuration: 3600,
  assumeRolePolicyDocument: JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }],
  }),
  inlinePolicies: [],
  permissionsBoundary: null,
  tags: new Map(),
  lastUsed: null,
});
