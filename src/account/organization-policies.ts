import type { AccountPlace } from './call.ts';
import type { CloudState } from './cloud-state.ts';
import { organizationPolicyArn } from './organization-arn.ts';
import { organizationOf } from './organization-membership.ts';
import {
  type OrganizationPolicyState,
  type OrganizationState,
  type PolicyType,
  valuesUnder,
} from './organization-state.ts';

/** The SCPs and RCPs above an account. */
export interface OrganizationPolicies {
  readonly organizationId: string;
  readonly managementAccountId: string;
  /** From the root to the account itself. */
  readonly levels: readonly OrganizationPolicyLevel[];
}

/** What is attached to the root, a unit or an account. */
export interface OrganizationPolicyLevel {
  /** `r-…`, `ou-…` or an account id. */
  readonly id: string;
  readonly name: string;
  readonly scps: readonly AttachedPolicy[];
  readonly rcps: readonly AttachedPolicy[];
}

/** A policy of an organization; the document is JSON text. */
interface AttachedPolicy {
  readonly arn: string;
  readonly name: string;
  readonly document: string;
}

/**
 * The SCPs and RCPs above an account, also of the management account, which they do not restrict; null: the account is
 * in no organization. While a type is not enabled it restricts nothing: each level has AWS's own policy of it then.
 */
export const organizationPolicies = (cloud: CloudState, place: AccountPlace): OrganizationPolicies | null => {
  const organization = organizationOf(cloud, place);
  if (organization === undefined) return null;
  return {
    organizationId: organization.id,
    managementAccountId: organization.managementAccountId,
    levels: pathTo(organization, place.accountId).map(({ id, name }) => ({
      id,
      name,
      scps: attached(organization, id, 'SERVICE_CONTROL_POLICY'),
      rcps: attached(organization, id, 'RESOURCE_CONTROL_POLICY'),
    })),
  };
};

const attached = (
  organization: OrganizationState,
  target: string,
  type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY',
): AttachedPolicy[] => {
  const policies = organization.enabledPolicyTypes.includes(type)
    ? policiesOfTarget(organization, target, type)
    : [AWS_POLICIES[type]];
  return policies.map((policy) => ({
    arn: organizationPolicyArn(organization, policy),
    name: policy.name,
    document: policy.content,
  }));
};

/** The root, the units and the account, from the root down to a target; empty: there is no such target. */
export const pathTo = (
  organization: OrganizationState,
  target: string,
): readonly { readonly id: string; readonly name: string }[] => {
  if (target === organization.rootId) return [{ id: target, name: 'Root' }];
  const place = organization.units.get(target) ?? organization.accounts.get(target);
  return place === undefined ? [] : [...pathTo(organization, place.parentId), { id: place.id, name: place.name }];
};

/** The policies of a type that are attached to a target itself. */
export const policiesOfTarget = (
  organization: OrganizationState,
  target: string,
  type: PolicyType,
): OrganizationPolicyState[] =>
  valuesUnder(organization.policiesOfTargets, target)
    .map((id) => policyOf(organization, id))
    .filter((policy) => policy?.type === type)
    .filter((policy) => policy !== undefined);

/** A policy by its id, the customer's or AWS's. */
export const policyOf = ({ policies }: OrganizationState, id: string): OrganizationPolicyState | undefined =>
  policies.get(id) ?? Object.values(AWS_POLICIES).find((policy) => policy.id === id);

/** AWS's own policies, which let everything be. Source: "SCP examples" and "RCPs", AWS Organizations User Guide. */
export const AWS_POLICIES = {
  SERVICE_CONTROL_POLICY: {
    id: 'p-FullAWSAccess',
    name: 'FullAWSAccess',
    description: 'Allows access to every operation',
    type: 'SERVICE_CONTROL_POLICY',
    content: JSON.stringify(
      { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
      null,
      2,
    ),
    awsManaged: true,
  },
  RESOURCE_CONTROL_POLICY: {
    id: 'p-RCPFullAWSAccess',
    name: 'RCPFullAWSAccess',
    description: 'Allows access to every resource',
    type: 'RESOURCE_CONTROL_POLICY',
    content: JSON.stringify(
      { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] },
      null,
      2,
    ),
    awsManaged: true,
  },
} as const satisfies Readonly<Record<string, OrganizationPolicyState>>;
