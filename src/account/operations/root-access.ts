import { z } from 'zod';
import { ok, type Result } from '../../kernel/result.ts';
import type { RootFeature } from '../account-settings-state.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import { accountAt, type CloudState, withAccount } from '../cloud-state.ts';
import { cloudOperation, cloudReadOperation, type Operation } from '../operation.ts';
import { organizationOf } from '../organization-membership.ts';
import { type OrganizationState, pairKey } from '../organization-state.ts';

/** What IAM is called where an organization trusts it. */
const IAM_SERVICE = 'iam.amazonaws.com';

/** The organization whose centralized root access a caller may look after, or AWS's refusal. */
const trustingOrganization = (
  cloud: CloudState,
  { account }: Call,
  audience: 'managementAccount' | 'administrators',
): Result<OrganizationState, AwsError> => {
  const organization = organizationOf(cloud, account);
  if (organization === undefined) {
    return awsError(
      'OrganizationNotFoundException',
      `Account ${account.accountId} is not a member of an organization.`,
    );
  }
  const { managementAccountId, delegations, featureSet, serviceAccess } = organization;
  const isManagement = managementAccountId === account.accountId;
  if (!isManagement && audience === 'managementAccount') {
    return awsError(
      'CallerIsNotManagementAccountException',
      `Account ${account.accountId} is not the management account of its organization.`,
    );
  }
  if (!isManagement && !delegations.has(pairKey(account.accountId, IAM_SERVICE))) {
    return awsError(
      'AccountNotManagementOrDelegatedAdministratorException',
      `Account ${account.accountId} is not the management account or a delegated administrator for IAM.`,
    );
  }
  if (featureSet !== 'ALL') {
    return awsError(
      'OrganizationNotInAllFeaturesModeException',
      `The organization of input account ${account.accountId} does not have all features enabled.`,
    );
  }
  return serviceAccess.has(IAM_SERVICE)
    ? ok(organization)
    : awsError(
        'ServiceAccessNotEnabledException',
        `Trusted Access for IAM not enabled by organization of input account ${account.accountId}.`,
      );
};

/** Defines an operation that switches a feature of the organization on or off. */
const switching = (name: string, feature: RootFeature, on: boolean): Operation =>
  cloudOperation(name, z.object({}), (cloud, _input, call) => {
    const organization = trustingOrganization(cloud, call, 'managementAccount');
    if (!organization.ok) return organization;
    const state = accountAt(cloud, call.account);
    const others = state.settings.rootFeatures.filter((each) => each !== feature);
    const rootFeatures = on ? [...others, feature].toSorted() : others;
    return ok({
      cloud: withAccount(cloud, { ...state, settings: { ...state.settings, rootFeatures } }),
      answer: { OrganizationId: organization.value.id, EnabledFeatures: rootFeatures },
    });
  });

/** `iam:ListOrganizationsFeatures`. */
const listOrganizationsFeatures = cloudReadOperation(
  'iam:ListOrganizationsFeatures',
  z.object({}),
  (cloud, _input, call) => {
    const organization = trustingOrganization(cloud, call, 'administrators');
    if (!organization.ok) return organization;
    const { id, managementAccountId, partition } = organization.value;
    const { settings } = accountAt(cloud, { partition, accountId: managementAccountId });
    return ok({ OrganizationId: id, EnabledFeatures: settings.rootFeatures });
  },
);

/** The operations on centralized root access. */
export const rootAccessOperations = [
  switching('iam:EnableOrganizationsRootCredentialsManagement', 'RootCredentialsManagement', true),
  switching('iam:DisableOrganizationsRootCredentialsManagement', 'RootCredentialsManagement', false),
  switching('iam:EnableOrganizationsRootSessions', 'RootSessions', true),
  switching('iam:DisableOrganizationsRootSessions', 'RootSessions', false),
  listOrganizationsFeatures,
];
