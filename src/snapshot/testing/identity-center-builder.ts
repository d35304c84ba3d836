import type {
  Assignment,
  DirectoryGroup,
  DirectoryUser,
  IdentityCenter,
  PermissionSet,
  PermissionSetPolicies,
} from '../identity-center.ts';
import { arn, collected, type Plain } from './collected-builder.ts';

const INSTANCE = 'ssoins-0123456789abcdef';

/** The parts of a permission set, plainly. */
interface PermissionSetParts {
  readonly description?: string;
  readonly sessionHours?: number;
  readonly policies?: Plain<Partial<PermissionSetPolicies>>;
  readonly assignments?: Plain<readonly Assignment[]>;
  readonly unreadAccounts?: readonly string[];
}

/** A permission set without policies, of sessions of an hour, that nobody is assigned. */
export const permissionSet = (name: string, parts: PermissionSetParts = {}): PermissionSet => ({
  arn: arn(`arn:aws:sso:::permissionSet/${INSTANCE}/ps-${name.toLowerCase().padEnd(16, '0')}`),
  name,
  description: parts.description ?? null,
  sessionSeconds: collected((parts.sessionHours ?? 1) * 3600, 'identity-center'),
  policies: policiesOf(parts.policies ?? {}),
  assignments: collected(parts.assignments ?? [], 'identity-center'),
  unreadAccounts: parts.unreadAccounts ?? [],
});

const policiesOf = (policies: Plain<Partial<PermissionSetPolicies>>): PermissionSet['policies'] => {
  if ('known' in policies && !policies.known) return policies;
  const given = 'known' in policies ? policies.value : policies;
  return collected({ awsManaged: [], customerManaged: [], inline: null, boundary: null, ...given }, 'identity-center');
};

/** An assignment of a user or group in an account. */
export const assigned = (
  accountId: string,
  principalType: Assignment['principalType'],
  principalId: string,
): Assignment => ({ accountId, principalType, principalId });

/** The parts of an Identity Center: users by id with user name and display name, groups with name and ids of members. */
interface IdentityCenterParts {
  readonly permissionSets?: readonly PermissionSet[];
  readonly users?: Readonly<Record<string, readonly [userName: string, displayName?: string]>>;
  readonly groups?: Readonly<Record<string, readonly [displayName: string, memberIds: Plain<readonly string[]>]>>;
  readonly managedPolicies?: IdentityCenter['managedPolicies'];
}

/** An instance of Identity Center with what is given. */
export const identityCenter = (parts: IdentityCenterParts = {}): IdentityCenter => ({
  instanceArn: `arn:aws:sso:::instance/${INSTANCE}`,
  identityStoreId: 'd-0123456789',
  region: 'eu-west-1',
  permissionSets: collected(parts.permissionSets ?? [], 'identity-center'),
  users: collected(
    new Map(
      Object.entries(parts.users ?? {}).map(([id, [userName, displayName = null]]): [string, DirectoryUser] => [
        id,
        { id, userName, displayName },
      ]),
    ),
    'identity-center',
  ),
  groups: collected(
    new Map(
      Object.entries(parts.groups ?? {}).map(([id, [displayName, memberIds]]): [string, DirectoryGroup] => [
        id,
        { id, displayName, memberIds: collected(memberIds, 'identity-center') },
      ]),
    ),
    'identity-center',
  ),
  managedPolicies: parts.managedPolicies ?? new Map(),
});
