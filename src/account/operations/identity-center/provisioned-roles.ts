import type { AccountId } from '../../../iam/account-id.ts';
import { type Arn, friendlyName, iamArn } from '../../../iam/arn.ts';
import { err, ok, type Result } from '../../../kernel/result.ts';
import { addDays } from '../../../kernel/time.ts';
import { withRole } from '../../account-edits.ts';
import { type AccountState, nameKey, type RoleState } from '../../account-state.ts';
import type { Call } from '../../call.ts';
import { accountKey, type CloudState, withAccount } from '../../cloud-state.ts';
import type { SamlProviderState } from '../../federation-state.ts';
import type {
  CustomerPolicyReference,
  IdentityCenterState,
  PermissionSetState,
  ProvisionedState,
} from '../../identity-center-state.ts';
import { newUniqueId } from '../../unique-id.ts';
import { withRoleGone } from '../role-edits.ts';

/** What stands for a role among those that are provisioned. */
export const provisionedKey = (permissionSetArn: string, accountId: string): string =>
  `${permissionSetArn}\0${accountId}`;

/** The accounts that have a role of a permission set. */
export const provisionedIn = ({ provisioned }: IdentityCenterState, permissionSetArn: string): ProvisionedState[] =>
  [...provisioned.entriesWithPrefix(provisionedKey(permissionSetArn, ''))].map(([, entry]) => entry);

/** A cloud after work of Identity Center in it, and what its instance knows of that. */
export interface Provisioned {
  readonly cloud: CloudState;
  readonly instance: IdentityCenterState;
}

/**
 * Makes the role of a permission set in an account, or makes it anew after the set: `AWSReservedSSO_<set>_<hash>`, trusted
 * by the SAML provider of Identity Center. The error is AWS's reason for a failed request.
 * Source: "Referencing permission sets in resource policies", IAM Identity Center User Guide.
 */
export const withProvisioned = (
  { cloud, instance }: Provisioned,
  set: PermissionSetState,
  accountId: AccountId,
  call: Call,
): Result<Provisioned, string> => {
  const account = cloud.accounts.get(accountKey({ partition: call.account.partition, accountId }));
  if (account === undefined) return err(`Received a 404 status error: Account ${accountId} was not found.`);
  const missing = customerPolicies(set).find(({ name, path }) => account.policies.get(nameKey(name))?.path !== path);
  if (missing !== undefined) {
    return err(`Received a 404 status error: Not supported policy ${customerArn(account, missing)}.`);
  }
  const key = provisionedKey(set.arn, accountId);
  const before = instance.provisioned.get(key);
  const roleName = before?.roleName ?? `AWSReservedSSO_${set.name}_${Buffer.from(call.random(8)).toString('hex')}`;
  const trusting = withSamlProvider(account, instance, call);
  const made = trusting.roles.get(nameKey(roleName)) ?? newRole(trusting, instance, roleName, call);
  const entry: ProvisionedState = { accountId, permissionSetArn: set.arn, roleName, version: set.version };
  return ok({
    cloud: withAccount(cloud, withRole(trusting, { ...made, ...permissionsOf(trusting, set) })),
    instance: { ...instance, provisioned: instance.provisioned.set(key, entry) },
  });
};

/** The customer managed policies that an account must have for a permission set. */
const customerPolicies = ({ customerPolicies: attached, permissionsBoundary: boundary }: PermissionSetState) =>
  boundary?.kind === 'customer' ? [...attached, boundary.policy] : attached;

const customerArn = ({ partition, accountId }: AccountState, { name, path }: CustomerPolicyReference): Arn =>
  iamArn(partition, accountId, `policy${path}${name}`);

const samlArn = ({ partition, accountId }: AccountState, { instanceArn }: IdentityCenterState): Arn =>
  iamArn(
    partition,
    accountId,
    `saml-provider/AWSSSO_${friendlyName(instanceArn).replace('ssoins-', '')}_DO_NOT_DELETE`,
  );

const withSamlProvider = (account: AccountState, instance: IdentityCenterState, call: Call): AccountState => {
  const arn = samlArn(account, instance);
  if (account.samlProviders.has(arn)) return account;
  const provider: SamlProviderState = {
    arn,
    uuid: `SAML${newUniqueId('ASCA', call.random).slice(4)}A`,
    createDate: call.now,
    validUntil: addDays(call.now, SAML_DAYS),
    metadata: '',
    assertionEncryptionMode: null,
    privateKeys: [],
    tags: new Map(),
  };
  return { ...account, samlProviders: account.samlProviders.set(arn, provider) };
};

const SAML_DAYS = 36_500;

const newRole = (account: AccountState, instance: IdentityCenterState, roleName: string, call: Call): RoleState => {
  // Of the Region that Identity Center is in; the first Region goes without saying.
  const path = `/aws-reserved/sso.amazonaws.com/${call.region === 'us-east-1' ? '' : `${call.region}/`}`;
  return {
    roleName,
    roleId: newUniqueId('AROA', call.random),
    arn: iamArn(account.partition, account.accountId, `role${path}${roleName}`),
    path,
    createDate: call.now,
    description: null,
    maxSessionDuration: 3600,
    assumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: samlArn(account, instance) },
          Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
          Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
        },
      ],
    }),
    inlinePolicies: [],
    attachedPolicies: [],
    permissionsBoundary: null,
    tags: new Map(),
    lastUsed: null,
  };
};

/** What a role has of its permission set. */
const permissionsOf = (account: AccountState, set: PermissionSetState) => ({
  description: set.description,
  maxSessionDuration: secondsOf(set.sessionDuration),
  attachedPolicies: [...set.managedPolicies, ...set.customerPolicies.map((policy) => customerArn(account, policy))],
  inlinePolicies: set.inlinePolicy === '' ? [] : [{ policyName: 'AwsSSOInlinePolicy', document: set.inlinePolicy }],
  permissionsBoundary:
    set.permissionsBoundary === null
      ? null
      : set.permissionsBoundary.kind === 'managed'
        ? set.permissionsBoundary.arn
        : customerArn(account, set.permissionsBoundary.policy),
});

/** Of a duration such as `PT1H30M`; sessions of roles last an hour at least and twelve at most. */
const secondsOf = (duration: string): number => {
  const [, hours = '0', minutes = '0'] = /^PT(?:(\d+)H)?(?:(\d+)M)?/.exec(duration) ?? [];
  return Math.min(43_200, Math.max(3600, Number(hours) * 3600 + Number(minutes) * 60));
};

/** Takes the role of a permission set out of an account. */
export const withoutProvisioned = (
  { cloud, instance }: Provisioned,
  entry: ProvisionedState,
  call: Call,
): Provisioned => {
  const { accountId, permissionSetArn, roleName } = entry;
  const account = cloud.accounts.get(accountKey({ partition: call.account.partition, accountId }));
  const role = account?.roles.get(nameKey(roleName));
  return {
    cloud: account === undefined || role === undefined ? cloud : withRoleGone(cloud, account, role),
    instance: { ...instance, provisioned: instance.provisioned.delete(provisionedKey(permissionSetArn, accountId)) },
  };
};
