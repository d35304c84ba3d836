import {
  ChangePasswordCommand,
  CreateLoginProfileCommand,
  DeleteAccountPasswordPolicyCommand,
  DeleteLoginProfileCommand,
  GetAccountPasswordPolicyCommand,
  GetLoginProfileCommand,
  UpdateAccountPasswordPolicyCommand,
  UpdateLoginProfileCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { runningAccount } from './running-account.ts';

const account = `
users:
  - userName: Bob
    accessKeys: [{ createDate: 1d ago, accessKeyId: AKIA2345ABCDEFGHIJKL }]
  - { userName: Eve, password: { password: "Old-password1", createDate: 2025-01-01 } }
`;
const UserName = 'Bob';
const Password = 'Correct-Horse1';

describe('a login profile', () => {
  it('is made once, read, changed and deleted', async () => {
    const { iam, endpoint } = await runningAccount(account);
    const { LoginProfile } = await iam.send(
      new CreateLoginProfileCommand({ UserName: 'bob', Password, PasswordResetRequired: true }),
    );
    expect(LoginProfile).toEqual({
      UserName: 'Bob',
      CreateDate: new Date('2026-01-31T12:00:00Z'),
      PasswordResetRequired: true,
    });
    await expect(iam.send(new CreateLoginProfileCommand({ UserName, Password }))).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
      message: 'Login Profile for user Bob already exists.',
      $metadata: { httpStatusCode: 409 },
    });
    await iam.send(new UpdateLoginProfileCommand({ UserName, PasswordResetRequired: false }));
    expect((await iam.send(new GetLoginProfileCommand({ UserName }))).LoginProfile).toEqual({
      ...LoginProfile,
      PasswordResetRequired: false,
    });
    expect(await (await fetch(`${endpoint}/_vigil/state`)).text()).not.toContain(Password);
    await iam.send(new DeleteLoginProfileCommand({ UserName }));
    for (const command of [
      new GetLoginProfileCommand({ UserName }),
      new DeleteLoginProfileCommand({ UserName }),
      new UpdateLoginProfileCommand({ UserName, Password }),
    ]) {
      await expect(iam.send(command as GetLoginProfileCommand)).rejects.toMatchObject({
        name: 'NoSuchEntityException',
        message: 'Login Profile for User Bob cannot be found.',
        $metadata: { httpStatusCode: 404 },
      });
    }
  });

  it('is refused without password, and no refusal repeats one', async () => {
    const { iam } = await runningAccount(account);
    await expect(iam.send(new CreateLoginProfileCommand({ UserName }))).rejects.toMatchObject({
      name: 'ValidationError',
      message: "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be null",
    });
    await expect(iam.send(new CreateLoginProfileCommand({ UserName, Password: 'secret€' }))).rejects.toMatchObject({
      name: 'ValidationError',
      message:
        "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\u0009\\u000A\\u000D\\u0020-\\u00FF]+",
    });
  });

  // Source: "Set an account password policy for IAM users", IAM User Guide, on the default password policy.
  it.each([
    ['Short-1', 'Password should have a minimum length of 8'],
    ['onlyletters', 'Password does not conform to the account password policy.'],
    ['lower-case', 'Password does not conform to the account password policy.'],
  ])('holds to AWS’s default policy where the account has none: %s', async (weak, message) => {
    const { iam } = await runningAccount(account);
    await expect(iam.send(new CreateLoginProfileCommand({ UserName, Password: weak }))).rejects.toMatchObject({
      name: 'PasswordPolicyViolationException',
      message,
      $metadata: { httpStatusCode: 400 },
    });
  });

  it.each([
    ['Sh0rt-pass', 'Password should have a minimum length of 12'],
    ['lower-case-0nly', 'Password should have at least one uppercase letter'],
    ['UPPER-CASE-0NLY', 'Password should have at least one lowercase letter'],
    ['No-Numbers-Here', 'Password should have at least one number'],
    ['N0symbolsatall', 'Password should have at least one symbol'],
  ])('holds to the policy of the account: %s', async (weak, message) => {
    const { iam } = await runningAccount(account);
    await iam.send(
      new UpdateAccountPasswordPolicyCommand({
        MinimumPasswordLength: 12,
        RequireSymbols: true,
        RequireNumbers: true,
        RequireUppercaseCharacters: true,
        RequireLowercaseCharacters: true,
      }),
    );
    const refusal = { name: 'PasswordPolicyViolationException', message };
    await expect(iam.send(new CreateLoginProfileCommand({ UserName, Password: weak }))).rejects.toMatchObject(refusal);
    await expect(iam.send(new UpdateLoginProfileCommand({ UserName: 'Eve', Password: weak }))).rejects.toMatchObject(
      refusal,
    );
    await iam.send(new CreateLoginProfileCommand({ UserName, Password }));
  });
});

describe('changing the own password', () => {
  it('takes the old one, and ends that it must be reset', async () => {
    const { iam, as } = await runningAccount(account);
    const bob = as('AKIA2345ABCDEFGHIJKL').iam;
    await iam.send(new CreateLoginProfileCommand({ UserName, Password, PasswordResetRequired: true }));
    await expect(
      bob.send(new ChangePasswordCommand({ OldPassword: 'wrong', NewPassword: 'New-Horse-2' })),
    ).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    await bob.send(new ChangePasswordCommand({ OldPassword: Password, NewPassword: 'New-Horse-2' }));
    expect((await bob.send(new GetLoginProfileCommand({}))).LoginProfile?.PasswordResetRequired).toBe(false);
    await bob.send(new ChangePasswordCommand({ OldPassword: 'New-Horse-2', NewPassword: 'New-Horse-3' }));
  });

  it('takes none of the passwords before it that the policy remembers', async () => {
    const { iam, as } = await runningAccount(account);
    const bob = as('AKIA2345ABCDEFGHIJKL').iam;
    await iam.send(new UpdateAccountPasswordPolicyCommand({ PasswordReusePrevention: 2 }));
    await iam.send(new CreateLoginProfileCommand({ UserName, Password: 'first1' }));
    const change = (OldPassword: string, NewPassword: string) =>
      bob.send(new ChangePasswordCommand({ OldPassword, NewPassword }));
    const reused = {
      name: 'PasswordPolicyViolationException',
      message: 'Policy constraint violation with password reuse prevention during password change',
    };
    await expect(change('first1', 'first1')).rejects.toMatchObject(reused);
    await change('first1', 'second2');
    await expect(change('second2', 'first1')).rejects.toMatchObject(reused);
    await change('second2', 'third3');
    await change('third3', 'first1');
  });

  it('is for users with a password only', async () => {
    const { iam, as } = await runningAccount(account);
    const input = { OldPassword: 'emulated', NewPassword: Password };
    await expect(iam.send(new ChangePasswordCommand(input))).rejects.toMatchObject({
      name: 'InvalidUserTypeException',
      $metadata: { httpStatusCode: 400 },
    });
    await expect(as('AKIA2345ABCDEFGHIJKL').iam.send(new ChangePasswordCommand(input))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });

  it('knows the password of the account file', async () => {
    const { as } = await runningAccount(
      '{ users: [{ userName: Eve, password: { password: Old-password1 }, accessKeys: [{ createDate: 1d ago, accessKeyId: AKIA2345ABCDEFGHIJKL }] }] }',
    );
    const eve = as('AKIA2345ABCDEFGHIJKL').iam;
    await eve.send(new ChangePasswordCommand({ OldPassword: 'Old-password1', NewPassword: Password }));
  });
});

describe('the password policy', () => {
  it('is replaced whole, with defaults for what is left out', async () => {
    const { iam } = await runningAccount(account);
    await iam.send(
      new UpdateAccountPasswordPolicyCommand({
        MinimumPasswordLength: 14,
        RequireSymbols: true,
        AllowUsersToChangePassword: true,
        MaxPasswordAge: 90,
        PasswordReusePrevention: 24,
        HardExpiry: true,
      }),
    );
    expect((await iam.send(new GetAccountPasswordPolicyCommand({}))).PasswordPolicy).toEqual({
      MinimumPasswordLength: 14,
      RequireSymbols: true,
      RequireNumbers: false,
      RequireUppercaseCharacters: false,
      RequireLowercaseCharacters: false,
      AllowUsersToChangePassword: true,
      ExpirePasswords: true,
      MaxPasswordAge: 90,
      PasswordReusePrevention: 24,
      HardExpiry: true,
    });
    await iam.send(new UpdateAccountPasswordPolicyCommand({}));
    expect((await iam.send(new GetAccountPasswordPolicyCommand({}))).PasswordPolicy).toMatchObject({
      MinimumPasswordLength: 6,
      RequireSymbols: false,
      AllowUsersToChangePassword: false,
      ExpirePasswords: false,
    });
  });

  it('is gone when it is deleted, once', async () => {
    const { iam } = await runningAccount(account);
    await iam.send(new UpdateAccountPasswordPolicyCommand({}));
    await iam.send(new DeleteAccountPasswordPolicyCommand({}));
    await expect(iam.send(new GetAccountPasswordPolicyCommand({}))).rejects.toMatchObject({
      message: 'The Password Policy with domain name 123456789012 cannot be found.',
    });
    await expect(iam.send(new DeleteAccountPasswordPolicyCommand({}))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The account policy with name PasswordPolicy cannot be found.',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('keeps to AWS’s limits, all of which are told at once', async () => {
    const { iam } = await runningAccount(account);
    await expect(
      iam.send(
        new UpdateAccountPasswordPolicyCommand({
          MinimumPasswordLength: 5,
          MaxPasswordAge: 1096,
          PasswordReusePrevention: 25,
        }),
      ),
    ).rejects.toMatchObject({
      name: 'ValidationError',
      message:
        "3 validation errors detected: Value at 'minimumPasswordLength' failed to satisfy constraint: Member must have value greater than or equal to 6; Value at 'passwordReusePrevention' failed to satisfy constraint: Member must have value less than or equal to 24; Value at 'maxPasswordAge' failed to satisfy constraint: Member must have value less than or equal to 1095",
    });
  });
});
