import { z } from 'zod';
import type { Arn } from '../../iam/arn.ts';
import { ok } from '../../kernel/result.ts';
import { indexPrefix } from '../account-edits.ts';
import type { AccountState, ManagedPolicyState, PolicyUse } from '../account-state.ts';
import { awsManagedPolicies } from '../aws-managed-policies.ts';
import { readOperation } from '../operation.ts';
import { findPolicy, isPolicyUsed, noSuchVersion } from './account-entities.ts';
import { arnText, paging, pathPrefix, versionId } from './input.ts';
import { page, wholeList } from './page.ts';
import { policyListView, policyVersionView, policyView, urlEncoded } from './views.ts';

const ofPolicy = z.object({ PolicyArn: arnText, ...paging });

const usageFilter = z.enum(['PermissionsPolicy', 'PermissionsBoundary']).optional();

interface UsageInput {
  readonly PolicyUsageFilter?: z.output<typeof usageFilter>;
}

const useOfFilter = (filter: z.output<typeof usageFilter>): PolicyUse['use'] | undefined =>
  filter === undefined ? undefined : filter === 'PermissionsPolicy' ? 'attached' : 'boundary';

/** `iam:GetPolicy`. */
const getPolicy = readOperation('iam:GetPolicy', z.object({ PolicyArn: arnText }), (state, input) => {
  const policy = findPolicy(state, input.PolicyArn);
  return policy.ok ? ok({ Policy: policyView(state, policy.value) }) : policy;
});

/** `iam:GetPolicyVersion`. */
const getPolicyVersion = readOperation(
  'iam:GetPolicyVersion',
  z.object({ PolicyArn: arnText, VersionId: versionId }),
  (state, input) => {
    const policy = findPolicy(state, input.PolicyArn);
    if (!policy.ok) {
      return policy.error.code === 'NoSuchEntity' ? noSuchVersion(input.PolicyArn, input.VersionId) : policy;
    }
    const version = policy.value.versions.find(({ versionId }) => versionId === input.VersionId);
    if (version === undefined) return noSuchVersion(input.PolicyArn, input.VersionId);
    const view = policyVersionView(policy.value, version);
    return ok({ PolicyVersion: { ...view, Document: urlEncoded(version.document) } });
  },
);

/** `iam:ListPolicyVersions`. */
const listPolicyVersions = readOperation('iam:ListPolicyVersions', ofPolicy, (state, input) => {
  const policy = findPolicy(state, input.PolicyArn);
  if (!policy.ok) return policy;
  const versions = page('ListPolicyVersions', input, wholeList(policy.value.versions));
  if (!versions.ok) return versions;
  const { items, more } = versions.value;
  return ok({ Versions: items.map((version) => policyVersionView(policy.value, version)), ...more });
});

/** `iam:ListPolicies`: customer managed ones first. */
const listPolicies = readOperation(
  'iam:ListPolicies',
  z.object({
    Scope: z.enum(['All', 'AWS', 'Local']).default('All'),
    OnlyAttached: z.boolean().default(false),
    PathPrefix: pathPrefix,
    PolicyUsageFilter: usageFilter,
    ...paging,
  }),
  (state, input) => {
    // As recorded from AWS, how a policy is used is asked of those in use alone.
    const use = useOfFilter(input.PolicyUsageFilter);
    const isWanted = ({ arn, path }: ManagedPolicyState): boolean =>
      path.startsWith(input.PathPrefix) && (!input.OnlyAttached || isPolicyUsed(state, arn, use));
    const policies = page('ListPolicies', input, (from) => policiesFrom(state, input.Scope, from, isWanted));
    if (!policies.ok) return policies;
    const { items, more } = policies.value;
    return ok({ Policies: items.map((policy) => policyListView(state, policy)), ...more });
  },
);

function* policiesFrom(
  state: AccountState,
  scope: 'All' | 'AWS' | 'Local',
  from: string,
  isWanted: (policy: ManagedPolicyState) => boolean,
): Generator<readonly [string, ManagedPolicyState]> {
  const sources = [
    { prefix: '0/', policies: scope === 'AWS' ? undefined : state.policies },
    { prefix: '1/', policies: scope === 'Local' ? undefined : awsManagedPolicies(state.partition) },
  ];
  for (const { prefix, policies } of sources) {
    if (policies === undefined || from.slice(0, prefix.length) > prefix) continue;
    for (const [key, policy] of policies.entriesFrom(from.startsWith(prefix) ? from.slice(prefix.length) : '')) {
      if (isWanted(policy)) yield [prefix + key, policy];
    }
  }
}

/** `iam:ListEntitiesForPolicy`. */
const listEntitiesForPolicy = readOperation(
  'iam:ListEntitiesForPolicy',
  ofPolicy.extend({
    EntityFilter: z.enum(['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy']).optional(),
    PathPrefix: pathPrefix,
    PolicyUsageFilter: usageFilter,
  }),
  (state, input) => {
    const policy = findPolicy(state, input.PolicyArn);
    if (!policy.ok) return policy;
    const entities = page('ListEntitiesForPolicy', input, (from) => holdersFrom(state, policy.value.arn, input, from));
    if (!entities.ok) return entities;
    const { items, more } = entities.value;
    const listOf = (entity: PolicyUse['entity']): unknown[] =>
      items.filter((item) => item.entity === entity).map(({ view }) => view);
    return ok({ PolicyGroups: listOf('group'), PolicyUsers: listOf('user'), PolicyRoles: listOf('role'), ...more });
  },
);

/** Those that a policy is attached to, then those that it only bounds; a key is the entry's of the index, without the ARN. */
function* holdersFrom(
  state: AccountState,
  arn: Arn,
  asked: { readonly EntityFilter?: string | undefined; readonly PathPrefix: string } & UsageInput,
  from: string,
) {
  const prefix = indexPrefix(arn);
  const { policyUses } = state.indexes;
  const use = useOfFilter(asked.PolicyUsageFilter);
  for (const [key, entry] of policyUses.entriesFrom(prefix + from)) {
    if (!key.startsWith(prefix)) return;
    const both = use === undefined && entry.use === 'boundary';
    if (both && policyUses.has(indexPrefix(arn, 'attached', entry.entity, entry.nameKey))) continue;
    const holder = holderOf(state, entry);
    if (
      (use === undefined || entry.use === use) &&
      (asked.EntityFilter === undefined || asked.EntityFilter.toLowerCase() === entry.entity) &&
      holder?.path.startsWith(asked.PathPrefix) === true
    ) {
      yield [key.slice(prefix.length), { entity: entry.entity, view: holder.view }] as const;
    }
  }
}

const holderOf = (state: AccountState, { entity, nameKey }: PolicyUse) => {
  switch (entity) {
    case 'user': {
      const user = state.users.get(nameKey);
      return user && { path: user.path, view: { UserName: user.userName, UserId: user.userId } };
    }
    case 'group': {
      const group = state.groups.get(nameKey);
      return group && { path: group.path, view: { GroupName: group.groupName, GroupId: group.groupId } };
    }
    case 'role': {
      const role = state.roles.get(nameKey);
      return role && { path: role.path, view: { RoleName: role.roleName, RoleId: role.roleId } };
    }
  }
};

/** The operations that read managed policies. */
export const managedPolicyOperations = [
  getPolicy,
  getPolicyVersion,
  listPolicyVersions,
  listPolicies,
  listEntitiesForPolicy,
];
