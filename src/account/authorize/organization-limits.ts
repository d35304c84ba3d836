import type { ApplicablePolicies, Level } from '../../evaluate/applicable-policies.ts';
import type { AccountPlace } from '../call.ts';
import type { CloudState } from '../cloud-state.ts';
import { organizationOf } from '../organization-membership.ts';
import { organizationPolicies } from '../organization-policies.ts';
import type { OrganizationState } from '../organization-state.ts';
import type { PolicyCache } from './policy-cache.ts';

/** What an account's place in its organization means for calls. */
export interface OrganizationPlace {
  readonly id: string;
  /** `o-…/r-…/ou-…/`, as in `aws:PrincipalOrgPaths`. */
  readonly path: string;
  readonly isManagementAccount: boolean;
  /** The SCPs and RCPs above the account, level by level from the root. */
  readonly scps: readonly Level[];
  readonly rcps: readonly Level[];
}

/** Finds the place of an account; null: it is in no organization. */
export type OrganizationPlaces = (cloud: CloudState, place: AccountPlace) => OrganizationPlace | null;

/** Makes a finder of places that does its work once for each account, until its organization changes. */
export const createOrganizationPlaces = (compile: PolicyCache): OrganizationPlaces => {
  const known = new WeakMap<OrganizationState, Map<string, OrganizationPlace | null>>();
  return (cloud, place) => {
    const organization = organizationOf(cloud, place);
    if (organization === undefined) return null;
    const places = known.get(organization) ?? new Map<string, OrganizationPlace | null>();
    known.set(organization, places);
    const before = places.get(place.accountId);
    if (before !== undefined) return before;
    const found = findPlace(cloud, place, compile);
    places.set(place.accountId, found);
    return found;
  };
};

const findPlace = (cloud: CloudState, place: AccountPlace, compile: PolicyCache): OrganizationPlace | null => {
  const policies = organizationPolicies(cloud, place);
  if (policies === null) return null;
  const { organizationId, managementAccountId, levels } = policies;
  const levelsOf = (type: 'scps' | 'rcps'): readonly Level[] =>
    levels.map((level) => level[type].map(({ arn, document }) => ({ name: arn, policy: compile(document) })));
  const units = levels.map(({ id }) => id).filter((id) => id !== place.accountId);
  return {
    id: organizationId,
    path: `${[organizationId, ...units].join('/')}/`,
    isManagementAccount: place.accountId === managementAccountId,
    scps: levelsOf('scps'),
    rcps: levelsOf('rcps'),
  };
};

/** The policies of a caller with the SCPs above its account, and the RCPs above that of the resource. */
export const withOrganization = (
  policies: ApplicablePolicies,
  principal: OrganizationPlace | null,
  resource: OrganizationPlace | null,
  serviceLinkedRole: boolean,
): ApplicablePolicies =>
  principal === null && resource === null
    ? policies
    : {
        ...policies,
        ...(principal && { scps: principal.scps }),
        ...(resource && { rcps: resource.rcps }),
        settings: {
          serviceLinkedRole,
          managementAccount: principal?.isManagementAccount ?? false,
          resourceInManagementAccount: resource?.isManagementAccount ?? false,
        },
      };
