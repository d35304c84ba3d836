import { addDays, type Instant } from '../../kernel/time.ts';
import { serviceNames } from '../../reference/service-names.ts';
import type { ActionUseState } from '../access-record-state.ts';
import { accountKey, type CloudState } from '../cloud-state.ts';
import { pathTo, policiesOfTarget, policyOf } from '../organization-policies.ts';
import type { MemberAccountState, OrganizationState } from '../organization-state.ts';
import { compiledPolicy } from '../simulate/simulation.ts';
import { grantedActions } from './granted-actions.ts';
import { latest, serviceOf, TRACKED_DAYS } from './uses.ts';

/** What a report tells of a service. */
export interface ServiceAccess {
  readonly namespace: string;
  /** The latest use in any account that the report is about, and the path of that account. */
  readonly last: (ActionUseState & { readonly entityPath: string }) | undefined;
  /** How many accounts have used it. */
  readonly accounts: number;
}

/**
 * The services that the SCPs on an entity of an organization, or one policy, let be, with who last used them; null: there
 * is no such entity. Source: `GenerateOrganizationsAccessReport`, IAM API Reference.
 */
export const organizationAccess = (
  cloud: CloudState,
  organization: OrganizationState,
  { entityPath, policyId }: { readonly entityPath: string; readonly policyId: string | null },
  now: Instant,
): readonly ServiceAccess[] | null => {
  const [organizationId, ...steps] = entityPath.split('/').filter((step) => step !== '');
  const entity = steps.at(-1) ?? '';
  const path = pathTo(organization, entity).map(({ id }) => id);
  if (organizationId !== organization.id || path.length === 0 || path.join() !== steps.join()) return null;
  const uses = membersUnder(organization, entity).flatMap((member) => usesIn(cloud, organization, member, now));
  return accessibleServices(organization, path, policyId).map((namespace) => {
    const ofService = uses.filter((use) => serviceOf(use) === namespace);
    return {
      namespace,
      last: latest(ofService),
      accounts: new Set(ofService.map((use) => use.entityPath)).size,
    };
  });
};

/** SCPs do not limit the management account: it is told of alone, and of with every service. */
const membersUnder = (organization: OrganizationState, entity: string): MemberAccountState[] =>
  [...organization.accounts.values()].filter(
    ({ id }) =>
      id === entity ||
      (id !== organization.managementAccountId && pathTo(organization, id).some((step) => step.id === entity)),
  );

const usesIn = (cloud: CloudState, organization: OrganizationState, { id }: MemberAccountState, now: Instant) => {
  const state = cloud.accounts.get(accountKey({ partition: organization.partition, accountId: id }));
  const entityPath = [organization.id, ...pathTo(organization, id).map((step) => step.id)].join('/');
  const since = addDays(now, -TRACKED_DAYS);
  return [...(state?.actionUses.values() ?? [])]
    .filter(({ date }) => date >= since)
    .map((use) => ({ ...use, entityPath }));
};

const accessibleServices = (
  organization: OrganizationState,
  path: readonly string[],
  policyId: string | null,
): string[] => {
  if (path.at(-1) === organization.managementAccountId) return [...serviceNames().keys()].toSorted();
  const levels =
    policyId === null || !organization.enabledPolicyTypes.includes('SERVICE_CONTROL_POLICY')
      ? path.map((id) => policiesOfTarget(organization, id, 'SERVICE_CONTROL_POLICY'))
      : [[policyOf(organization, policyId)].filter((policy) => policy !== undefined)];
  const granted = levels
    .filter(() => organization.enabledPolicyTypes.includes('SERVICE_CONTROL_POLICY'))
    .map((policies) => grantedActions(policies.map(({ content }) => compiledPolicy(content))));
  return [...serviceNames().keys()].filter((service) => granted.every((actions) => actions.has(service))).toSorted();
};

/** The shape `AccessDetail`. */
export const accessDetail = ({ namespace, last, accounts }: ServiceAccess) => ({
  ServiceName: serviceNames().get(namespace) ?? namespace,
  ServiceNamespace: namespace,
  Region: last?.region,
  EntityPath: last?.entityPath,
  LastAuthenticatedTime: last?.date,
  TotalAuthenticatedEntities: accounts,
});
