import type { DelegatedAdministrator, OrganizationDocument, OrganizationTree } from '../snapshot/organization.ts';
import type { AccountPlace } from './call.ts';
import { accountAt, type CloudState } from './cloud-state.ts';
import { organizationOf } from './organization-membership.ts';
import { AWS_POLICIES, organizationPolicies } from './organization-policies.ts';
import { type OrganizationState, valuesUnder } from './organization-state.ts';

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
    tree: treeOf(organization),
    delegatedAdministrators: administratorsOf(organization),
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

const LIMITING = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'] as const;

const treeOf = (organization: OrganizationState): OrganizationTree => {
  const { enabledPolicyTypes, rootId, units, accounts, policies, targetsOfPolicies } = organization;
  const types = LIMITING.filter((type) => enabledPolicyTypes.includes(type));
  const limiting = [...types.map((type) => AWS_POLICIES[type]), ...policies.values()].filter(({ type }) =>
    types.some((each) => each === type),
  );
  return {
    policyTypes: enabledPolicyTypes.toSorted(),
    units: [{ id: rootId, name: 'Root', parentId: null }, ...[...units.values()].map(toPlace)].sort(byId),
    accounts: [...accounts.values()].map(toPlace).sort(byId),
    policies: limiting
      .map(({ id, name, type, awsManaged, content }) => ({
        id,
        name,
        type,
        awsManaged,
        characters: content.length,
        targets: valuesUnder(targetsOfPolicies, id).sort(),
      }))
      .sort(byId),
  };
};

const toPlace = ({
  id,
  name,
  parentId,
}: {
  readonly id: string;
  readonly name: string;
  readonly parentId: string;
}) => ({
  id,
  name,
  parentId,
});

const byId = (one: { readonly id: string }, other: { readonly id: string }): number => (one.id < other.id ? -1 : 1);

const administratorsOf = ({ delegations, accounts }: OrganizationState): readonly DelegatedAdministrator[] => {
  const services = new Map<string, string[]>();
  for (const [key] of delegations.entriesFrom('')) {
    const [account = '', service = ''] = key.split('\0');
    services.set(account, [...(services.get(account) ?? []), service]);
  }
  return [...services].map(([accountId, of]) => ({
    accountId,
    name: accounts.get(accountId)?.name ?? '',
    services: of.sort(),
  }));
};
