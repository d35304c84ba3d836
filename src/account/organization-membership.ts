import type { AccountPlace } from './call.ts';
import { accountKey, type CloudState } from './cloud-state.ts';
import type { MemberAccountState, OrganizationState } from './organization-state.ts';

/** The organization that an account is in; undefined: in none. */
export const organizationOf = (cloud: CloudState, place: AccountPlace): OrganizationState | undefined =>
  cloud.organizations.get(cloud.memberships.get(accountKey(place)) ?? '');

/** The cloud with an organization added or replaced, and who is in it. */
export const withOrganization = (cloud: CloudState, organization: OrganizationState): CloudState => {
  const before = cloud.organizations.get(organization.id);
  const gone = [...(before?.accounts.values() ?? [])].filter(({ id }) => !organization.accounts.has(id));
  const added = [...organization.accounts.values()].filter(({ id }) => before?.accounts.has(id) !== true);
  const keyOf = ({ id }: MemberAccountState): string =>
    accountKey({ partition: organization.partition, accountId: id });
  const without = gone.reduce((map, member) => map.delete(keyOf(member)), cloud.memberships);
  return {
    ...cloud,
    organizations: cloud.organizations.set(organization.id, organization),
    memberships: added.reduce((map, member) => map.set(keyOf(member), organization.id), without),
  };
};

/** The cloud without an organization; its management account is in none. */
export const withoutOrganization = (cloud: CloudState, { id, partition, accounts }: OrganizationState): CloudState => ({
  ...cloud,
  organizations: cloud.organizations.delete(id),
  memberships: [...accounts.values()].reduce(
    (map, member) => map.delete(accountKey({ partition, accountId: member.id })),
    cloud.memberships,
  ),
});
