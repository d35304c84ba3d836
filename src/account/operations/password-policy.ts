import { z } from 'zod';
import { ok, type Result } from '../../kernel/result.ts';
import type { PasswordPolicy } from '../../snapshot/account-snapshot.ts';
import type { AccountState } from '../account-state.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import type { LoginProfileState } from '../credential-state.ts';
import { operation, readOperation } from '../operation.ts';
import { isPassword } from '../passwords.ts';
import { passwordPolicyView } from './views.ts';

/** `iam:GetAccountPasswordPolicy`. */
const getAccountPasswordPolicy = readOperation('iam:GetAccountPasswordPolicy', z.object({}), (state) =>
  state.passwordPolicy === null
    ? awsError('NoSuchEntity', `The Password Policy with domain name ${state.accountId} cannot be found.`)
    : ok({ PasswordPolicy: passwordPolicyView(state.passwordPolicy) }),
);

const flag = z.boolean().default(false);

/** `iam:UpdateAccountPasswordPolicy`: replaces the policy whole; what is left out gets its default. */
const updateAccountPasswordPolicy = operation(
  'iam:UpdateAccountPasswordPolicy',
  z.object({
    MinimumPasswordLength: z.int().min(6).max(128).default(6),
    RequireSymbols: flag,
    RequireNumbers: flag,
    RequireUppercaseCharacters: flag,
    RequireLowercaseCharacters: flag,
    AllowUsersToChangePassword: flag,
    PasswordReusePrevention: z.int().min(1).max(24).optional(),
    MaxPasswordAge: z.int().min(1).max(1095).optional(),
    HardExpiry: flag,
  }),
  (state, input) => {
    const passwordPolicy: PasswordPolicy = {
      minimumPasswordLength: input.MinimumPasswordLength,
      requireSymbols: input.RequireSymbols,
      requireNumbers: input.RequireNumbers,
      requireUppercaseCharacters: input.RequireUppercaseCharacters,
      requireLowercaseCharacters: input.RequireLowercaseCharacters,
      allowUsersToChangePassword: input.AllowUsersToChangePassword,
      maxPasswordAge: input.MaxPasswordAge ?? null,
      passwordReusePrevention: input.PasswordReusePrevention ?? null,
      hardExpiry: input.HardExpiry,
    };
    return ok({ state: { ...state, passwordPolicy }, answer: {} });
  },
);

/** `iam:DeleteAccountPasswordPolicy`: the default one holds from then on. */
const deleteAccountPasswordPolicy = operation('iam:DeleteAccountPasswordPolicy', z.object({}), (state) =>
  state.passwordPolicy === null
    ? awsError('NoSuchEntity', 'The account policy with name PasswordPolicy cannot be found.')
    : ok({ state: { ...state, passwordPolicy: null }, answer: {} }),
);

/** The operations on the password policy of the account. */
export const passwordPolicyOperations = [
  getAccountPasswordPolicy,
  updateAccountPasswordPolicy,
  deleteAccountPasswordPolicy,
];

const UPPERCASE = /[A-Z]/;
const LOWERCASE = /[a-z]/;
const NUMBER = /[0-9]/;
/** Source: "Set an account password policy for IAM users", IAM User Guide. */
const SYMBOL = /[!@#$%^&*()_+\-=[\]{}|']/;

/**
 * Whether the account takes a new password; `PasswordPolicyViolation` where it does not. Without a policy of its own, AWS's
 * default one holds: eight characters of three kinds, and not the account's name.
 */
export const checkPassword = (
  { passwordPolicy, alias }: AccountState,
  password: string,
  profile: LoginProfileState | null,
): Result<null, AwsError> => {
  const problem =
    passwordPolicy === null ? defaultProblem(password, alias) : problemWith(passwordPolicy, password, profile);
  return problem === null ? ok(null) : awsError('PasswordPolicyViolation', problem);
};

const tooShort = (password: string, length: number): string | null =>
  password.length < length ? `Password should have a minimum length of ${length}` : null;

const defaultProblem = (password: string, alias: string | null): string | null => {
  const kinds = [UPPERCASE, LOWERCASE, NUMBER, /[^A-Za-z0-9]/].filter((kind) => kind.test(password));
  const weak = kinds.length < 3 || password === alias;
  return tooShort(password, 8) ?? (weak ? 'Password does not conform to the account password policy.' : null);
};

const problemWith = (policy: PasswordPolicy, password: string, profile: LoginProfileState | null): string | null => {
  const required = [
    { asked: policy.requireUppercaseCharacters, kind: UPPERCASE, what: 'uppercase letter' },
    { asked: policy.requireLowercaseCharacters, kind: LOWERCASE, what: 'lowercase letter' },
    { asked: policy.requireNumbers, kind: NUMBER, what: 'number' },
    { asked: policy.requireSymbols, kind: SYMBOL, what: 'symbol' },
  ];
  const missing = required.find(({ asked, kind }) => asked && !kind.test(password));
  return (
    tooShort(password, policy.minimumPasswordLength) ??
    (missing === undefined ? null : `Password should have at least one ${missing.what}`) ??
    (isReused(policy, password, profile)
      ? 'Policy constraint violation with password reuse prevention during password change'
      : null)
  );
};

/** Whether the password is the present one, or one of those before it that the policy still remembers. */
const isReused = (
  { passwordReusePrevention }: PasswordPolicy,
  password: string,
  profile: LoginProfileState | null,
): boolean =>
  profile !== null &&
  [profile.password, ...profile.formerPasswords]
    .slice(0, passwordReusePrevention ?? 0)
    .some((former) => former !== null && isPassword(password, former));
