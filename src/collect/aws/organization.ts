import { ListOrganizationsFeaturesCommand } from '@aws-sdk/client-iam';
import type { Root } from '@aws-sdk/client-organizations';
import type { OrganizationDocument } from '../../snapshot/organization.ts';
import { allTokenPages, required } from './answers.ts';
import { isDenied, toCallError } from './error-text.ts';
import { readDelegatedAdministrators } from './organization-administrators.ts';
import { enabledTypes, type LevelRef, type OrganizationAsking } from './organization-asking.ts';
import { readPoliciesAbove } from './organization-policies.ts';
import { readTree } from './organization-tree.ts';
import { type ReadDocuments, type Reader, toFailure } from './reader.ts';
import type { ServiceScope } from './service-scope.ts';

type Membership = Pick<OrganizationDocument, 'organizationId' | 'managementAccountId'>;

/**
 * The organization that the account is in, and what stands above it there. That it has one is told to every account; its
 * tree and policies only to the management account and to the administrators that it delegated.
 */
export const collectOrganization = async (scope: ServiceScope): Promise<ReadDocuments> => {
  const sdk = await import('@aws-sdk/client-organizations');
  const { reader, accountId, progress } = scope;
  const asking = { reader, sdk, client: scope.connect(sdk.OrganizationsClient, scope.homeRegion) };
  progress.phase('organization', 1);
  const answer = await reader.read('organizations:DescribeOrganization', () => readMembership(asking));
  if (answer === null) return {};
  const { membership } = answer;
  if (membership === null) return { organization: null };
  const parents = await readParents(asking, accountId);
  if (parents === null) return { organization: { ...membership, path: [] } };
  progress.phase('policies of the organization', 4 + 3 * parents.length);
  const [roots, accounts, features] = await Promise.all([
    readRoots(asking),
    readAccounts(asking),
    reader.read('iam:ListOrganizationsFeatures', () => readFeatures(reader)),
  ]);
  const levels = roots && [
    ...(await Promise.all(parents.map((id) => nameLevel(asking, id, roots)))),
    { id: accountId, name: accounts?.find(({ id }) => id === accountId)?.name ?? accountId },
  ];
  const path = levels && (await readPoliciesAbove(asking, levels, enabledTypes(roots)));
  const tree = roots && (await readTree(asking, roots, progress));
  const delegatedAdministrators = await readDelegatedAdministrators(asking);
  return {
    organization: {
      ...membership,
      ...(accounts && { accounts: accounts.map(({ id }) => ({ id })) }),
      ...(features?.features && { features: features.features }),
      ...(tree && { tree }),
      ...(delegatedAdministrators && { delegatedAdministrators }),
      // A level whose policies are missing would deny everything: better none is known than some.
      path: path ?? [],
    },
  };
};

const readMembership = async ({ client, sdk }: OrganizationAsking): Promise<{ membership: Membership | null }> => {
  try {
    const { Organization } = await client.send(new sdk.DescribeOrganizationCommand({}));
    const { Id, MasterAccountId } = required(Organization, 'Organization');
    return {
      membership: {
        organizationId: required(Id, 'Id'),
        managementAccountId: required(MasterAccountId, 'MasterAccountId'),
      },
    };
  } catch (thrown) {
    if (toCallError(thrown).name.startsWith('AWSOrganizationsNotInUse')) return { membership: null };
    throw thrown;
  }
};

/** The ids of what the account is in, from the root down; null: the account is not told, or it could not be read. */
const readParents = async (
  { client, sdk, reader }: OrganizationAsking,
  accountId: string,
): Promise<readonly string[] | null> => {
  const action = 'organizations:ListParents';
  try {
    const path: string[] = [];
    for (let child = accountId; !child.startsWith('r-'); ) {
      const { Parents } = await client.send(new sdk.ListParentsCommand({ ChildId: child }));
      child = required(required(Parents, 'Parents')[0]?.Id, 'Id');
      if (path.includes(child)) throw new Error('the organizational units go in a circle');
      path.unshift(child);
    }
    return path;
  } catch (thrown) {
    const { reason, detail } = toFailure(thrown);
    // Of a member account that is how things are, and nothing that an audit of it lacks by mistake.
    const skipped = {
      reason: 'skipped' as const,
      detail: `only the management account and its delegated administrators are told which policies of the organization apply; without them: ${detail}`,
    };
    reader.note({ action, subject: null, ...(isDenied(toCallError(thrown)) ? skipped : { reason, detail }) });
    return null;
  }
};

const readRoots = async ({ client, sdk, reader }: OrganizationAsking): Promise<readonly Root[] | null> =>
  reader.read('organizations:ListRoots', () =>
    allTokenPages(
      (NextToken) => client.send(new sdk.ListRootsCommand({ NextToken })),
      ({ Roots }) => required(Roots, 'Roots'),
      ({ NextToken }) => NextToken,
    ),
  );

const readAccounts = async ({ client, sdk, reader }: OrganizationAsking): Promise<readonly LevelRef[] | null> =>
  reader.read('organizations:ListAccounts', () =>
    allTokenPages(
      (NextToken) => client.send(new sdk.ListAccountsCommand({ NextToken })),
      ({ Accounts }) =>
        required(Accounts, 'Accounts').map(({ Id, Name }) => ({ id: required(Id, 'Id'), name: Name ?? '' })),
      ({ NextToken }) => NextToken,
    ),
  );

/** What the organization manages of its members' root users; undefined: the account is no administrator of IAM there. */
const readFeatures = async ({ iam }: Reader): Promise<{ readonly features: readonly string[] | undefined }> => {
  try {
    const { EnabledFeatures } = await iam.send(new ListOrganizationsFeaturesCommand({}));
    return { features: required(EnabledFeatures, 'EnabledFeatures') };
  } catch (thrown) {
    const { name } = toCallError(thrown);
    if (/^(ServiceAccessNotEnabled|OrganizationNotInAllFeaturesMode)/.test(name)) return { features: [] };
    if (name.startsWith('AccountNotManagementOrDelegatedAdministrator')) return { features: undefined };
    throw thrown;
  }
};

const nameLevel = async (
  { client, sdk, reader }: OrganizationAsking,
  id: string,
  roots: readonly Root[],
): Promise<LevelRef> => {
  const root = roots.find(({ Id }) => Id === id);
  if (root !== undefined) return { id, name: root.Name ?? id };
  const name = await reader.read(
    'organizations:DescribeOrganizationalUnit',
    async () => {
      const answer = await client.send(new sdk.DescribeOrganizationalUnitCommand({ OrganizationalUnitId: id }));
      return required(answer.OrganizationalUnit?.Name, 'Name');
    },
    id,
  );
  return { id, name: name ?? id };
};
