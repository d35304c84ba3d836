import { z } from 'zod';
import { type Arn, iamArn } from '../../iam/arn.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { withOrphan, withoutUser, withUser } from '../account-edits.ts';
import { type AccountState, nameKey, type UserState } from '../account-state.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import { accountAt, withAccount } from '../cloud-state.ts';
import { cloudOperation, operation } from '../operation.ts';
import { checkQuota } from '../quotas.ts';
import { newUniqueId } from '../unique-id.ts';
import { findUser } from './account-entities.ts';
import { boundaryArn } from './entity-policy-edits.ts';
import { arnText, entityPath, newUserName, userName } from './input.ts';
import { IGNORING_CASE, tagsInput, withTags } from './tags.ts';
import { withOrphaned } from './trusted-principals.ts';
import { userView } from './views.ts';

const arnOfUser = ({ partition, accountId }: AccountState, path: string, name: string): Arn =>
  iamArn(partition, accountId, `user${path}${name}`);

const nameIsFree = (state: AccountState, name: string): Result<null, AwsError> =>
  state.users.has(nameKey(name)) ? awsError('EntityAlreadyExists', `User with name ${name} already exists.`) : ok(null);

/** `iam:CreateUser`. */
const createUser = operation(
  'iam:CreateUser',
  z.object({
    Path: entityPath.default('/'),
    UserName: newUserName,
    PermissionsBoundary: arnText.optional(),
    Tags: tagsInput.default([]),
  }),
  (state, { Path, UserName, PermissionsBoundary, Tags }, call) => {
    const tags = withTags(new Map(), Tags, IGNORING_CASE);
    if (!tags.ok) return tags;
    const free = nameIsFree(state, UserName);
    if (!free.ok) return free;
    const boundary = PermissionsBoundary === undefined ? ok(null) : boundaryArn(state, PermissionsBoundary);
    if (!boundary.ok) return boundary;
    const allowed = checkQuota(state, 'UsersPerAccount', state.users.size + 1);
    if (!allowed.ok) return allowed;
    const user: UserState = {
      ...EMPTY_USER,
      userName: UserName,
      userId: newUniqueId('AIDA', call.random),
      arn: arnOfUser(state, Path, UserName),
      path: Path,
      createDate: call.now,
      permissionsBoundary: boundary.value,
      tags: tags.value,
    };
    return ok({ state: withUser(state, user), answer: { User: userView(user) } });
  },
);

const EMPTY_USER = {
  inlinePolicies: [],
  attachedPolicies: [],
  groups: [],
  loginProfile: null,
  passwordLastUsed: null,
  accessKeys: [],
  mfaDevices: [],
  sshPublicKeys: [],
  signingCertificates: [],
  serviceSpecificCredentials: [],
} satisfies Partial<UserState>;

/** `iam:UpdateUser`: another name or path, and with it another ARN; all that the user has stays. */
const updateUser = operation(
  'iam:UpdateUser',
  z.object({ UserName: userName, NewPath: entityPath.optional(), NewUserName: newUserName.optional() }),
  (state, { UserName, NewPath, NewUserName }) => {
    const user = findUser(state, UserName);
    if (!user.ok) return user;
    const { userName: oldName, path: oldPath } = user.value;
    const name = NewUserName ?? oldName;
    const path = NewPath ?? oldPath;
    const free = nameKey(name) === nameKey(oldName) ? ok(null) : nameIsFree(state, name);
    if (!free.ok) return free;
    const renamed = { ...user.value, userName: name, path, arn: arnOfUser(state, path, name) };
    const moved = withUser(withoutUser(state, nameKey(oldName)), renamed);
    // IAM keeps principals of trust policies by their id, and shows the ARN that belongs to it.
    const trusted = withOrphan(moved, user.value.arn, renamed.arn);
    return ok({ state: withDevicesOf(trusted, renamed), answer: {} });
  },
);

/** The account with the virtual MFA devices of a user assigned to the name that the user has now. */
const withDevicesOf = (state: AccountState, { mfaDevices, userName: name }: UserState): AccountState => ({
  ...state,
  virtualMfaDevices: mfaDevices.reduce((devices, { serialNumber }) => {
    const device = devices.get(serialNumber);
    const assignedTo = { kind: 'user', nameKey: nameKey(name) } as const;
    return device === undefined ? devices : devices.set(serialNumber, { ...device, assignedTo });
  }, state.virtualMfaDevices),
});

/** `iam:DeleteUser`: one that has nothing left. */
const deleteUser = cloudOperation('iam:DeleteUser', z.object({ UserName: userName }), (cloud, { UserName }, call) => {
  const state = accountAt(cloud, call.account);
  const user = findUser(state, UserName);
  if (!user.ok) return user;
  const kept = whatKeeps(user.value);
  if (kept !== null) return awsError('DeleteConflict', `Cannot delete entity, must ${kept} first.`);
  const { arn, userId } = user.value;
  const gone = withAccount(cloud, withoutUser(state, nameKey(UserName)));
  return ok({ cloud: withOrphaned(gone, arn, userId), answer: {} });
});

/** What has to be done before a user can go; null: nothing. */
const whatKeeps = (user: UserState): string | null => {
  const reasons = [
    { left: user.loginProfile === null ? 0 : 1, mend: 'delete login profile' },
    { left: user.accessKeys.length, mend: 'delete access keys' },
    { left: user.mfaDevices.length, mend: 'delete MFA device' },
    { left: user.signingCertificates.length, mend: 'delete certificates' },
    { left: user.sshPublicKeys.length, mend: 'remove referenced objects' },
    { left: user.serviceSpecificCredentials.length, mend: 'remove referenced objects' },
    { left: user.attachedPolicies.length, mend: 'detach all policies' },
    { left: user.inlinePolicies.length, mend: 'delete policies' },
    { left: user.groups.length, mend: 'remove users from group' },
  ];
  return reasons.find(({ left }) => left > 0)?.mend ?? null;
};

/** The operations that make, change and delete users. */
export const userEditOperations = [createUser, updateUser, deleteUser];
