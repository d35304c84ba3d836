import type { OrganizationDocument } from '../snapshot/organization.ts';
import type { AccountPlace } from './call.ts';
import { accountAt, type CloudState } from './cloud-state.ts';
import { organizationOf } from './organization-membership.ts';
import { organizationPolicies } from './organization-policies.ts';

/** `organization.json` of an account; null: the account is in no organization. */
export const organizationDocument = (cloud: CloudState, place: AccountPlace): OrganizationDocument | null => {
  const policies = organizationPolicies(cloud, place);
  const organization = organizationOf(cloud, place);
  if (policies === null || organization === undefined) return null;
  const { organizationId, managementAccountId, levels } = policies;
  return {
    organizationId,
    managementAccountId,
    accounts: [...organization.accounts.values()].map(({ id }) => ({ id })),
    features: accountAt(cloud, { ...place, accountId: organization.managementAccountId }).settings.rootFeatures,
    path: levels.map(({ id, name, scps, rcps }) => ({
      id,
      name,
      scps: scps.map(withParsedDocument),
      rcps: rcps.map(withParsedDocument),
    })),
  };
};

const withParsedDocument = ({ name, document }: { readonly name: string; readonly document: string }) => {
  const parsed: unknown = JSON.parse(document);
  return { name, document: parsed };
};
