import { parsePolicyDocument } from '../policy/parse-policy-document.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import type { EffectivePolicy } from './effective-policies.ts';

/** The name of what the account's password policy lets users do, where policies are named. */
export const OWN_PASSWORD = 'account-password-policy';

/**
 * What a password policy with `AllowUsersToChangePassword` lets every user do, as the policy document that would say it.
 * Source: "Permit IAM users to change their own passwords", IAM User Guide.
 */
export const ownPasswordDocument = ({ partition, accountId }: Pick<AccountSnapshot, 'partition' | 'accountId'>) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: 'iam:ChangePassword',
      Resource: ['', '*/'].map((path) => `arn:${partition}:iam::${accountId}:user/${path}\${aws:username}`),
    },
    { Effect: 'Allow', Action: 'iam:GetAccountPasswordPolicy', Resource: '*' },
  ],
});

/**
 * What every user of an account has beside the policies that are attached to it or embedded in it; nothing while the
 * password policy is not known.
 */
export const ownPasswordPolicy = (
  snapshot: Pick<AccountSnapshot, 'partition' | 'accountId' | 'passwordPolicy'>,
): readonly EffectivePolicy[] => {
  const { passwordPolicy } = snapshot;
  return passwordPolicy.known && passwordPolicy.value?.allowUsersToChangePassword === true
    ? [{ name: OWN_PASSWORD, document: parsePolicyDocument(ownPasswordDocument(snapshot)), group: null }]
    : [];
};
