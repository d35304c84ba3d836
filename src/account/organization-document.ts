import type { OrganizationDocument } from '../snapshot/organization.ts';
import type { AccountPlace } from './call.ts';
import type { CloudState } from './cloud-state.ts';
import { organizationPolicies } from './organization-policies.ts';

/** `organization.json` of an account; null: the account is in no organization. */
export const organizationDocument = (cloud: CloudState, place: AccountPlace): OrganizationDocument | null => {
  const policies = organizationPolicies(cloud, place);
  if (policies === null) return null;
  const { organizationId, managementAccountId, levels } = policies;
  return {
    organizationId,
    managementAccountId,
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
