import { type Arn, iamArn } from '../../../iam/arn.ts';
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
  call: Pick<Call, 'now' | 'random'>,
): AccountState => {
  const { partition } = place;
  const empty = emptyAccount(place, call.now);
  const role = (given: Pick<RoleState, 'roleName' | 'path' | 'attachedPolicies'>, principal: object): RoleState => ({
    ...given,
    roleId: newUniqueId('AROA', call.random),
    arn: iamArn(partition, place.accountId, `role${given.path}${given.roleName}`),
    createDate: call.now,
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
  const managed = (name: string): Arn => iamArn(partition, 'aws', `policy/${name}`);
  const access = role(
    { roleName, path: '/', attachedPolicies: [managed('AdministratorAccess')] },
    { AWS: iamArn(partition, managementAccountId, 'root') },
  );
  const own = role(
    {
      roleName: 'AWSServiceRoleForOrganizations',
      path: '/aws-service-role/organizations.amazonaws.com/',
      attachedPolicies: [managed('aws-service-role/AWSOrganizationsServiceTrustPolicy')],
    },
    { Service: 'organizations.amazonaws.com' },
  );
  return [access, own].reduce(withRole, { ...empty, root: { ...empty.root, loginProfile: null } });
};
