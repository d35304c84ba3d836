import type { PolicySummary, PolicyType, Root } from '@aws-sdk/client-organizations';
import type { Progress } from '../../ports/progress.ts';
import type { AttachedOrganizationPolicy, OrganizationPlace, OrganizationTree } from '../../snapshot/organization.ts';
import { allTokenPages, required } from './answers.ts';
import { enabledTypes, type OrganizationAsking } from './organization-asking.ts';

/** The types of policies that limit access. */
const LIMITING: readonly PolicyType[] = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'];

/**
 * All units and accounts of the organization, and its SCPs and RCPs with what they are attached to: asked policy by policy, since
 * there are far fewer of them than of accounts. Null: not all could be read.
 */
export const readTree = async (
  asking: OrganizationAsking,
  roots: readonly Root[],
  progress: Progress,
): Promise<OrganizationTree | null> => {
  const places = await readPlaces(asking, roots, progress);
  const policyTypes = [...enabledTypes(roots)].sort();
  const policies = places && (await readPolicies(asking, policyTypes, progress));
  return policies && { policyTypes, ...places, policies };
};

type Places = Pick<OrganizationTree, 'units' | 'accounts'>;

/** Level by level, each unit asked for what is in it. */
const readPlaces = async (
  asking: OrganizationAsking,
  roots: readonly Root[],
  progress: Progress,
): Promise<Places | null> => {
  const units: OrganizationPlace[] = roots.map(({ Id, Name }) => ({
    id: required(Id, 'Id'),
    name: Name ?? '',
    parentId: null,
  }));
  const accounts: OrganizationPlace[] = [];
  const seen = new Set(units.map(({ id }) => id));
  for (let level = units.map(({ id }) => id); level.length > 0; ) {
    progress.phase('units of the organization', 2 * level.length);
    const [below, members] = await Promise.all([unitsIn(asking, level), accountsIn(asking, level)]);
    if (below === null || members === null) return null;
    const fresh = below.filter(({ id }) => !seen.has(id));
    for (const { id } of fresh) seen.add(id);
    units.push(...fresh);
    accounts.push(...members);
    level = fresh.map(({ id }) => id);
  }
  return { units: inOrder(units), accounts: inOrder(accounts) };
};

const inOrder = (places: readonly OrganizationPlace[]): readonly OrganizationPlace[] =>
  places.toSorted((one, other) => (one.id < other.id ? -1 : 1));

const unitsIn = async ({ reader, client, sdk }: OrganizationAsking, parents: readonly string[]) =>
  whole(
    await reader.readEach(
      'organizations:ListOrganizationalUnitsForParent',
      parents,
      (id) => id,
      (ParentId) =>
        allTokenPages(
          (NextToken) => client.send(new sdk.ListOrganizationalUnitsForParentCommand({ ParentId, NextToken })),
          ({ OrganizationalUnits }) =>
            required(OrganizationalUnits, 'OrganizationalUnits').map((unit) => toPlace(unit, ParentId)),
          ({ NextToken }) => NextToken,
        ),
    ),
  );

const accountsIn = async ({ reader, client, sdk }: OrganizationAsking, parents: readonly string[]) =>
  whole(
    await reader.readEach(
      'organizations:ListAccountsForParent',
      parents,
      (id) => id,
      (ParentId) =>
        allTokenPages(
          (NextToken) => client.send(new sdk.ListAccountsForParentCommand({ ParentId, NextToken })),
          ({ Accounts }) => required(Accounts, 'Accounts').map((account) => toPlace(account, ParentId)),
          ({ NextToken }) => NextToken,
        ),
    ),
  );

const toPlace = (
  { Id, Name }: { readonly Id?: string | undefined; readonly Name?: string | undefined },
  parentId: string,
): OrganizationPlace => ({ id: required(Id, 'Id'), name: Name ?? '', parentId });

/** What all of them told; null: one did not. */
const whole = <T>(lists: readonly (readonly T[] | null)[] | null): readonly T[] | null =>
  lists === null || lists.includes(null) ? null : lists.flatMap((list) => list ?? []);

const readPolicies = async (
  { reader, client, sdk }: OrganizationAsking,
  enabled: readonly PolicyType[],
  progress: Progress,
): Promise<readonly AttachedOrganizationPolicy[] | null> => {
  const types = LIMITING.filter((type) => enabled.includes(type));
  const listed = whole(
    await reader.readEach(
      'organizations:ListPolicies',
      types,
      (type) => type,
      (Filter) =>
        allTokenPages(
          (NextToken) => client.send(new sdk.ListPoliciesCommand({ Filter, NextToken })),
          ({ Policies }) => required(Policies, 'Policies'),
          ({ NextToken }) => NextToken,
        ),
    ),
  );
  if (listed === null) return null;
  progress.phase('guardrails of the organization', 2 * listed.length);
  const idOf = ({ Id }: PolicySummary): string => required(Id, 'Id');
  const [targets, sizes] = await Promise.all([
    reader.readEach('organizations:ListTargetsForPolicy', listed, idOf, ({ Id: PolicyId }) =>
      allTokenPages(
        (NextToken) => client.send(new sdk.ListTargetsForPolicyCommand({ PolicyId, NextToken })),
        ({ Targets }) => required(Targets, 'Targets').map(({ TargetId }) => required(TargetId, 'TargetId')),
        ({ NextToken }) => NextToken,
      ),
    ),
    reader.readEach('organizations:DescribePolicy', listed, idOf, async ({ Id: PolicyId }) => {
      const { Policy } = await client.send(new sdk.DescribePolicyCommand({ PolicyId }));
      return { characters: required(Policy?.Content, 'Content').length };
    }),
  ]);
  if (targets === null || sizes === null || targets.includes(null) || sizes.includes(null)) return null;
  return listed
    .map((policy, index) => ({
      id: idOf(policy),
      name: policy.Name ?? idOf(policy),
      type: required<string>(policy.Type, 'Type'),
      awsManaged: policy.AwsManaged === true,
      characters: sizes[index]?.characters ?? 0,
      targets: (targets[index] ?? []).toSorted(),
    }))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
};
