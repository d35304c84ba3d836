import type { AccountId } from '../../iam/account-id.ts';
import type { Instant } from '../../kernel/time.ts';
import { emptyAccount } from '../account-edits.ts';
import type { AccountState } from '../account-state.ts';
import { accountAt, accountKey, type CloudState, cloudOf, withAccount } from '../cloud-state.ts';
import { checkContent } from '../operations/organizations/check-content.ts';
import { newMemberAccount } from '../operations/organizations/new-member-account.ts';
import { awsPolicyOf, withAttachment, withMember, withUnit } from '../operations/organizations/tree.ts';
import { OrderedMap } from '../ordered-map.ts';
import { withOrganization } from '../organization-membership.ts';
import { AWS_POLICIES } from '../organization-policies.ts';
import { emptyOrganization, type OrganizationState, type PolicyType, pairKey } from '../organization-state.ts';
import { derivedId, derivedRandom } from './derived-id.ts';
import type { OrganizationEntry } from './organization-schema.ts';
import { type OrganizationTarget, targetsOf } from './organization-tree.ts';
import type { Complain } from './references.ts';

/**
 * The cloud of some accounts and the organization that a file puts them in. An account that stands in the organization
 * alone is made as AWS Organizations makes one. What does not fit is complained of, at its place below `organization`.
 */
export const cloudWithOrganization = (
  accounts: readonly [AccountState, ...(readonly AccountState[])],
  entry: OrganizationEntry | null,
  now: Instant,
  complain: Complain,
): CloudState => {
  const cloud = cloudOf(...accounts);
  if (entry === null) return cloud;
  const [main] = accounts;
  const organization = organizationOf(entry, main, now, complain);
  const { managementAccountId } = organization;
  const whole = [...organization.accounts.values()].reduce((all, { id, joinedTimestamp }) => {
    const place = { partition: main.partition, accountId: id };
    if (all.accounts.has(accountKey(place))) return all;
    if (id === managementAccountId) return withAccount(all, emptyAccount(place, joinedTimestamp));
    const made = { now: joinedTimestamp, random: derivedRandom([organization.id, id]) };
    return withAccount(all, newMemberAccount(place, managementAccountId, 'OrganizationAccountAccessRole', made));
  }, cloud);
  return withOrganization(withRootFeatures(whole, organization, entry), organization);
};

/** The management account keeps what is managed of its members' root users. */
const withRootFeatures = (
  cloud: CloudState,
  { partition, managementAccountId: accountId }: OrganizationState,
  { rootFeatures }: OrganizationEntry,
): CloudState => {
  const account = accountAt(cloud, { partition, accountId });
  return withAccount(cloud, { ...account, settings: { ...account.settings, rootFeatures } });
};

const organizationOf = (
  entry: OrganizationEntry,
  main: AccountState,
  now: Instant,
  complain: Complain,
): OrganizationState => {
  const managementAccountId = entry.managementAccountId ?? main.accountId;
  const rootId = entry.rootId ?? derivedId('r-', 4, [managementAccountId, 'root']);
  const empty = emptyOrganization({
    id: entry.organizationId ?? derivedId('o-', 10, [managementAccountId, 'organization']),
    partition: main.partition,
    featureSet: entry.featureSet,
    managementAccountId,
    rootId,
  });
  const targets = targetsOf(entry, { main, managementAccountId, rootId }, complain);
  const grown = withPolicies(targets.reduce(withTarget, empty), entry, complain);
  const attached = withAttachments(grown, targets, complain);
  return withAdministrators(attached, entry, now, complain);
};

const withTarget = (organization: OrganizationState, target: OrganizationTarget): OrganizationState => {
  const placed =
    target.unit !== undefined
      ? withUnit(organization, target.unit)
      : target.account !== undefined
        ? withMember(organization, target.account)
        : organization;
  return target.tags.size === 0 ? placed : { ...placed, tags: placed.tags.set(target.id, target.tags) };
};

const withPolicies = (
  organization: OrganizationState,
  entry: OrganizationEntry,
  complain: Complain,
): OrganizationState => {
  const types = entry.enabledPolicyTypes ?? [...new Set(entry.policies.map(({ type }) => type))];
  if (entry.featureSet !== 'ALL' && types.length + entry.policies.length > 0) {
    complain(['featureSet'], 'an organization with consolidated billing alone has no policies; write `ALL`');
  }
  const policies = entry.policies.map((policy, at) => {
    if (!checkContent(policy.type, policy.content).ok) {
      complain(['policies', at, 'document'], UNFIT[policy.type] ?? UNFIT_TEXT);
    }
    const id = policy.policyId ?? derivedId('p-', 8, [organization.id, policy.type, policy.policyName]);
    const { policyName: name, description, type, content, tags } = policy;
    return { state: { id, name, description, type, content, awsManaged: false }, tags };
  });
  policies.forEach(({ state: { id, name, type } }, at) => {
    const first = policies.findIndex(({ state }) => state.id === id || (state.type === type && state.name === name));
    if (first < at) complain(['policies', at], `\`${name}\` stands twice among the policies of its type`);
  });
  const tagged = policies.filter(({ tags }) => tags.size > 0);
  return {
    ...organization,
    enabledPolicyTypes: types,
    policies: OrderedMap.from(policies.map(({ state }) => [state.id, state])),
    tags: tagged.reduce((map, { state, tags }) => map.set(state.id, tags), organization.tags),
  };
};

const UNFIT_TEXT = 'the document is not JSON of an object';

const UNFIT: Partial<Record<PolicyType, string>> = {
  SERVICE_CONTROL_POLICY:
    'an SCP has at most 10,240 characters and the grammar of identity-based policies: no `Principal`',
  RESOURCE_CONTROL_POLICY:
    'an RCP has at most 10,240 characters, and only statements with `Effect: Deny` and `Principal: "*"`',
};

const withAttachments = (
  organization: OrganizationState,
  targets: readonly OrganizationTarget[],
  complain: Complain,
): OrganizationState =>
  targets.reduce((state, target) => {
    const own = organization.enabledPolicyTypes
      .filter((type) => type !== 'SERVICE_CONTROL_POLICY' || target.fullAWSAccess)
      .map((type) => awsPolicyOf(type)?.id)
      .filter((id) => id !== undefined);
    const named = target.attachedPolicies.flatMap((text, at) => {
      const found = policyNamed(organization, text);
      if (typeof found !== 'string') return [found.id];
      complain([...target.at, 'attachedPolicies', at], found);
      return [];
    });
    if (organization.enabledPolicyTypes.includes('SERVICE_CONTROL_POLICY') && own.length + named.length === 0) {
      complain([...target.at, 'fullAWSAccess'], 'at least one SCP stays attached to every target; attach another one');
    }
    return [...own, ...named].reduce((after, policy) => withAttachment(after, policy, target.id), state);
  }, organization);

/** The policy that a name or an id means, or why there is none. */
const policyNamed = ({ policies, enabledPolicyTypes }: OrganizationState, text: string): { id: string } | string => {
  if (Object.values(AWS_POLICIES).some(({ name, id }) => name === text || id === text)) {
    return `\`${text}\` is attached everywhere by itself; leave it out, or write \`fullAWSAccess: false\` where it is not`;
  }
  const [policy, ...others] = [...policies.values()].filter(({ id, name }) => id === text || name === text);
  if (policy === undefined) return `there is no policy \`${text}\` under \`organization.policies\``;
  if (others.length > 0) return `several policies are called \`${text}\`; give them a \`policyId\` and name that`;
  return enabledPolicyTypes.includes(policy.type)
    ? policy
    : `the type \`${policy.type}\` is not among \`enabledPolicyTypes\`; add it`;
};

const withAdministrators = (
  organization: OrganizationState,
  entry: OrganizationEntry,
  now: Instant,
  complain: Complain,
): OrganizationState => {
  const since = (accountId: AccountId): Instant => organization.accounts.get(accountId)?.joinedTimestamp ?? now;
  const delegations = entry.delegatedAdministrators.reduce((map, { accountId, servicePrincipal }, at) => {
    if (accountId === organization.managementAccountId || !organization.accounts.has(accountId)) {
      const message = `${accountId} is no member account of this organization; a delegated administrator is one`;
      complain(['delegatedAdministrators', at, 'accountId'], message);
    }
    return map.set(pairKey(accountId, servicePrincipal), since(accountId));
  }, organization.delegations);
  const serviceAccess = entry.trustedServices.reduce(
    (map, service) => map.set(service, since(organization.managementAccountId)),
    organization.serviceAccess,
  );
  const resourcePolicy =
    entry.resourcePolicy === undefined
      ? null
      : { id: derivedId('rp-', 8, [organization.id, 'resource policy']), content: entry.resourcePolicy };
  return { ...organization, delegations, serviceAccess, resourcePolicy };
};
