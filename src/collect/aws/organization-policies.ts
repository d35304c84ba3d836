import type { PolicyType } from '@aws-sdk/client-organizations';
import type { OrganizationDocument } from '../../snapshot/organization.ts';
import { allTokenPages, required } from './answers.ts';
import type { LevelRef, OrganizationAsking } from './organization-asking.ts';
import { policyDocument } from './policy-document.ts';

type Path = OrganizationDocument['path'];

/** The types that limit access, and the member of a level that holds them. */
const TYPES = [
  { type: 'SERVICE_CONTROL_POLICY', member: 'scps' },
  { type: 'RESOURCE_CONTROL_POLICY', member: 'rcps' },
] as const satisfies readonly { readonly type: PolicyType; readonly member: 'scps' | 'rcps' }[];

/** The levels with their SCPs and RCPs, as far as the organization has turned these on; null: not all could be read. */
export const readPoliciesAbove = async (
  asking: OrganizationAsking,
  levels: readonly LevelRef[],
  enabled: readonly PolicyType[],
): Promise<Path | null> => {
  const targets = levels.flatMap(({ id }) =>
    TYPES.filter(({ type }) => enabled.includes(type)).map(({ type }) => ({ id, type })),
  );
  const lists = await asking.reader.readEach(
    'organizations:ListPoliciesForTarget',
    targets,
    ({ id }) => id,
    (target) => listPolicies(asking, target),
  );
  const attached = lists?.map((list, index) => ({ ...targets[index], list }));
  if (attached === undefined || !attached.every(({ list }) => list !== null)) return null;
  const contents = await readContents(asking, [...new Set(attached.flatMap(({ list }) => list ?? []))]);
  if (contents === null) return null;
  const policiesOf = (id: string, type: PolicyType): readonly unknown[] =>
    (attached.find((each) => each.id === id && each.type === type)?.list ?? []).map((policy) => contents.get(policy));
  return levels.map(({ id, name }) => ({
    id,
    name,
    ...Object.fromEntries(TYPES.map(({ type, member }) => [member, policiesOf(id, type)])),
  }));
};

const listPolicies = async (
  { client, sdk }: OrganizationAsking,
  { id: TargetId, type: Filter }: { readonly id: string; readonly type: PolicyType },
): Promise<readonly string[]> =>
  allTokenPages(
    (NextToken) => client.send(new sdk.ListPoliciesForTargetCommand({ TargetId, Filter, NextToken })),
    ({ Policies }) => required(Policies, 'Policies').map(({ Id }) => required(Id, 'Id')),
    ({ NextToken }) => NextToken,
  );

/** By id, each policy's name and document; null: not all could be read. */
const readContents = async (
  { client, sdk, reader }: OrganizationAsking,
  ids: readonly string[],
): Promise<ReadonlyMap<string, unknown> | null> => {
  const policies = await reader.readEach(
    'organizations:DescribePolicy',
    ids,
    (id) => id,
    async (PolicyId) => {
      const { Policy } = await client.send(new sdk.DescribePolicyCommand({ PolicyId }));
      const { Content, PolicySummary } = required(Policy, 'Policy');
      return { name: PolicySummary?.Name ?? PolicyId, document: policyDocument(required(Content, 'Content')) };
    },
  );
  if (policies === null || policies.includes(null)) return null;
  return new Map(ids.map((id, index) => [id, policies[index]]));
};
