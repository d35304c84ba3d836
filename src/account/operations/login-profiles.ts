import { z } from 'zod';
import { ok, type Result } from '../../kernel/result.ts';
import { withUser } from '../account-edits.ts';
import type { AccountState } from '../account-state.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import type { LoginProfileState } from '../credential-state.ts';
import { operation, readOperation } from '../operation.ts';
import { newPasswordHash, opensProfile } from '../passwords.ts';
import { type Holder, holderName, holderOf, ownerName } from './holders.ts';
import { latinText, newUserName } from './input.ts';
import { checkPassword } from './password-policy.ts';

const password = latinText(128);

const ofHolder = z.object({ UserName: newUserName.optional() });

const profileOf = (state: AccountState, holder: Holder): LoginProfileState | null =>
  holder === 'root' ? state.root.loginProfile : holder.loginProfile;

const withProfile = (state: AccountState, holder: Holder, loginProfile: LoginProfileState | null): AccountState =>
  holder === 'root'
    ? { ...state, root: { ...state.root, loginProfile } }
    : withUser(state, { ...holder, loginProfile });

const profileView = (holder: Holder, { createDate, passwordResetRequired }: LoginProfileState) => ({
  UserName: ownerName(holder),
  CreateDate: createDate,
  PasswordResetRequired: passwordResetRequired,
});

/** The holder of a name with its profile, which is to be there. */
const findProfile = (
  state: AccountState,
  name: string | undefined,
  call: Call,
): Result<{ readonly holder: Holder; readonly profile: LoginProfileState }, AwsError> => {
  const holder = holderOf(state, name, call);
  if (!holder.ok) return holder;
  const profile = profileOf(state, holder.value);
  return profile === null
    ? awsError('NoSuchEntity', `Login Profile for User ${holderName(holder.value)} cannot be found.`)
    : ok({ holder: holder.value, profile });
};

/** `iam:GetLoginProfile`. */
const getLoginProfile = readOperation('iam:GetLoginProfile', ofHolder, (state, { UserName }, call) => {
  const found = findProfile(state, UserName, call);
  return found.ok ? ok({ LoginProfile: profileView(found.value.holder, found.value.profile) }) : found;
});

/** `iam:CreateLoginProfile`. The root user of a member account sets its password later, by mail, and gives none. */
const createLoginProfile = operation(
  'iam:CreateLoginProfile',
  ofHolder.extend({ Password: password.optional(), PasswordResetRequired: z.boolean().default(false) }),
  (state, { UserName, Password, PasswordResetRequired }, call) => {
    const holder = holderOf(state, UserName, call);
    if (!holder.ok) return holder;
    if (holder.value !== 'root' && Password === undefined) return awsError('ValidationError', NO_PASSWORD);
    if (profileOf(state, holder.value) !== null) {
      return awsError('EntityAlreadyExists', `Login Profile for user ${holderName(holder.value)} already exists.`);
    }
    const allowed = Password === undefined ? ok(null) : checkPassword(state, Password, null);
    if (!allowed.ok) return allowed;
    const profile: LoginProfileState = {
      createDate: call.now,
      lastChanged: call.now,
      passwordResetRequired: PasswordResetRequired,
      password: Password === undefined ? null : newPasswordHash(Password, call.random),
      formerPasswords: [],
    };
    return ok({
      state: withProfile(state, holder.value, profile),
      answer: { LoginProfile: profileView(holder.value, profile) },
    });
  },
);

const NO_PASSWORD =
  "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be null";

/** `iam:UpdateLoginProfile`: what an administrator does to somebody's password. */
const updateLoginProfile = operation(
  'iam:UpdateLoginProfile',
  z.object({ UserName: newUserName, Password: password.optional(), PasswordResetRequired: z.boolean().optional() }),
  (state, { UserName, Password, PasswordResetRequired }, call) => {
    const found = findProfile(state, UserName, call);
    if (!found.ok) return found;
    const { holder, profile } = found.value;
    const changed = Password === undefined ? ok(profile) : withPassword(state, profile, Password, call);
    if (!changed.ok) return changed;
    const passwordResetRequired = PasswordResetRequired ?? profile.passwordResetRequired;
    return ok({ state: withProfile(state, holder, { ...changed.value, passwordResetRequired }), answer: {} });
  },
);

/** `iam:DeleteLoginProfile`. */
const deleteLoginProfile = operation('iam:DeleteLoginProfile', ofHolder, (state, { UserName }, call) => {
  const found = findProfile(state, UserName, call);
  return found.ok ? ok({ state: withProfile(state, found.value.holder, null), answer: {} }) : found;
});

/** `iam:ChangePassword`: what a user does to the own password. */
const changePassword = operation(
  'iam:ChangePassword',
  z.object({ OldPassword: password, NewPassword: password }),
  (state, { OldPassword, NewPassword }, call) => {
    if (call.caller.kind !== 'user') {
      return awsError('InvalidUserType', 'Only IAM Users can change their own password');
    }
    const found = findProfile(state, undefined, call);
    if (!found.ok) return found;
    const { holder, profile } = found.value;
    if (!opensProfile(OldPassword, profile)) return awsError('AccessDenied', 'The old password was incorrect.');
    const changed = withPassword(state, profile, NewPassword, call);
    if (!changed.ok) return changed;
    return ok({ state: withProfile(state, holder, { ...changed.value, passwordResetRequired: false }), answer: {} });
  },
);

/** As many as a password policy can forbid, beside the present one. */
const REMEMBERED_PASSWORDS = 23;

const withPassword = (
  state: AccountState,
  profile: LoginProfileState,
  newPassword: string,
  { now, random }: Call,
): Result<LoginProfileState, AwsError> => {
  const allowed = checkPassword(state, newPassword, profile);
  if (!allowed.ok) return allowed;
  const former = profile.password === null ? [] : [profile.password];
  return ok({
    ...profile,
    lastChanged: now,
    password: newPasswordHash(newPassword, random),
    formerPasswords: [...former, ...profile.formerPasswords].slice(0, REMEMBERED_PASSWORDS),
  });
};

/** The operations on console passwords. */
export const loginProfileOperations = [
  getLoginProfile,
  createLoginProfile,
  updateLoginProfile,
  deleteLoginProfile,
  changePassword,
];
