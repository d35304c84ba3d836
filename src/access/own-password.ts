import { parsePolicyDocument } from '../policy/parse-policy-document.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import type { EffectivePolicy } from './effective-policies.ts';

/** The name of what the account's password policy lets users do, where policies are named. */
export const OWN_PASSWORD = 'account-password-policy';

/**
 * What a password policy with `AllowUsersToChangePassword` lets every user do, as the policy document that would say it.
 * Source: "Permit IAM users to change their own passwords", IAM User Guide.
 */
export const ownPasswordDocument = (partition: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: 'iam:ChangePassword',
      Resource: ['', '*/'].map((path) => `arn:${partition}:iam::*:user/${path}\${aws:username}`),
    },
    { Effect: 'Allow', Action: 'iam:GetAccountPasswordPolicy', Resource: '*' },
  ],
});

/** What every user of an account has beside its own policies; nothing while the password policy is not known. */
export const policiesOfEveryUser = ({
  partition,
  passwordPolicy,
}: Pick<AccountSnapshot, 'partition' | 'passwordPolicy'>): readonly EffectivePolicy[] =>
  passwordPolicy.known && passwordPolicy.value?.allowUsersToChangePassword === true
    ? [{ name: OWN_PASSWORD, document: parsePolicyDocument(ownPasswordDocument(partition)), group: null }]
    : [];
