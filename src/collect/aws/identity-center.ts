import type { InstanceMetadata, SSOAdminClient } from '@aws-sdk/client-sso-admin';
import type { IdentityCenterDocument, PermissionSetDocument } from '../../snapshot/identity-center.ts';
import type { RoleDetailDocument } from '../../snapshot/snapshot-documents.ts';
import { allTokenPages, required } from './answers.ts';
import { collectPolicies } from './authorization-details.ts';
import { isDenied, toCallError } from './error-text.ts';
import type { IdentityCenterAsking } from './identity-center-asking.ts';
import { readDirectory } from './identity-center-directory.ts';
import { readPermissionSets } from './identity-center-sets.ts';
import { policyDocument } from './policy-document.ts';
import { type ReadDocuments, toFailure } from './reader.ts';
import { type Listed, listInRegions, type ServiceScope } from './service-scope.ts';

type ListedInstance = Listed<SSOAdminClient, InstanceMetadata>;

/**
 * The permission sets of IAM Identity Center, who is assigned them where, and who these users and groups are. `roles`: those of
 * the account, whose paths tell in which region Identity Center is. `managementAccountId`: of its organization, where that is known.
 */
export const collectIdentityCenter = async (
  scope: ServiceScope,
  roles: readonly RoleDetailDocument[],
  managementAccountId: string | undefined,
): Promise<ReadDocuments> => {
  const sdk = await import('@aws-sdk/client-sso-admin');
  const regions = [...new Set([...scope.regions, ...roles.flatMap(regionOfRole)])].sort();
  scope.progress.phase('IAM Identity Center', regions.length);
  const listed = await listInRegions({ ...scope, regions }, 'sso:ListInstances', sdk.SSOAdminClient, (client) =>
    allTokenPages(
      (NextToken) => client.send(new sdk.ListInstancesCommand({ NextToken })),
      ({ Instances }) => required(Instances, 'Instances'),
      ({ NextToken }) => NextToken,
    ),
  );
  if (listed === null) return {};
  const unread = scope.reader.gaps().some(({ action }) => action === 'sso:ListInstances');
  // Where a region could not be asked, that there is none in the others says nothing.
  if (listed.length === 0) return unread ? {} : { identityCenter: null };
  const instance = await firstWithPermissionSets(scope, sdk, listed, managementAccountId);
  return instance === null ? {} : { identityCenter: await readInstance(scope, instance) };
};

const RESERVED = /^\/aws-reserved\/sso\.amazonaws\.com\/(?:([a-z]{2,}(?:-[a-z]+)+-\d+)\/)?$/;

/** The region that the path of a role of Identity Center tells; that of `us-east-1` goes without saying. */
const regionOfRole = ({ Path }: RoleDetailDocument): readonly string[] => {
  const match = RESERVED.exec(Path);
  return match === null ? [] : [match[1] ?? 'us-east-1'];
};

interface AskedInstance {
  readonly asking: IdentityCenterAsking;
  readonly region: string;
  readonly identityStoreId: string;
  readonly setArns: readonly string[];
}

/**
 * The instance that tells its permission sets: an instance of a single account has none, and that of the organization tells
 * members that it is there and no more. Null: none tells.
 */
const firstWithPermissionSets = async (
  { reader, accountId }: ServiceScope,
  sdk: IdentityCenterAsking['sdk'],
  listed: readonly ListedInstance[],
  managementAccountId: string | undefined,
): Promise<AskedInstance | null> => {
  const action = 'sso:ListPermissionSets';
  const failures: { readonly owner: string | undefined; readonly thrown: unknown }[] = [];
  for (const { client, region, item } of listed) {
    const InstanceArn = required(item.InstanceArn, 'InstanceArn');
    const asking = { reader, sdk, client, InstanceArn };
    try {
      const setArns = await allTokenPages(
        (NextToken) => client.send(new sdk.ListPermissionSetsCommand({ InstanceArn, NextToken })),
        ({ PermissionSets }) => required(PermissionSets, 'PermissionSets'),
        ({ NextToken }) => NextToken,
      );
      const identityStoreId = required(item.IdentityStoreId, 'IdentityStoreId');
      return { asking, region: item.PrimaryRegion ?? region, identityStoreId, setArns: setArns.toSorted() };
    } catch (thrown) {
      failures.push({ owner: item.OwnerAccountId, thrown });
    }
  }
  for (const { owner, thrown } of failures) {
    const { reason, detail } = toFailure(thrown);
    // Of a member account that is how things are, and nothing that an audit of it lacks by mistake.
    const skipped = {
      reason: 'skipped' as const,
      detail: `only the management account and the delegated administrator of IAM Identity Center are told its permission sets; without them: ${detail}`,
    };
    const isForeign = owner !== undefined && owner !== accountId && isDenied(toCallError(thrown));
    // An instance of its own that a member account has is for applications, and knows no permission sets.
    const isForApplications = owner === accountId && (managementAccountId ?? accountId) !== accountId;
    const isMember = isForeign || isForApplications;
    reader.note({ action, subject: null, ...(isMember ? skipped : { reason, detail }) });
  }
  return null;
};

const readInstance = async (
  scope: ServiceScope,
  { asking, region, identityStoreId, setArns }: AskedInstance,
): Promise<IdentityCenterDocument> => {
  const permissionSets = await readPermissionSets(asking, setArns, scope.progress);
  const assigned = new Set(
    (permissionSets ?? []).flatMap(({ AccountAssignments = [] }) =>
      AccountAssignments.flatMap(({ PrincipalType, PrincipalId }) => (PrincipalType === 'GROUP' ? [PrincipalId] : [])),
    ),
  );
  return {
    instanceArn: asking.InstanceArn,
    identityStoreId,
    region,
    ...(permissionSets && { permissionSets }),
    ...(await readDirectory(scope, region, identityStoreId, assigned)),
    managedPolicies: await readManagedPolicies(asking, permissionSets ?? []),
  };
};

/** The documents of the AWS managed policies that permission sets name: the account itself may use none of them. */
const readManagedPolicies = async ({ reader }: IdentityCenterAsking, sets: readonly PermissionSetDocument[]) => {
  const named = sets.flatMap(({ AttachedManagedPolicies = [], PermissionsBoundary }) => [
    ...AttachedManagedPolicies.map(({ Arn }) => Arn),
    ...(PermissionsBoundary?.ManagedPolicyArn === undefined ? [] : [PermissionsBoundary.ManagedPolicyArn]),
  ]);
  const policies = await collectPolicies(reader, [...new Set(named)].sort());
  return policies.flatMap(({ Arn, PolicyVersionList }) =>
    PolicyVersionList.filter(({ IsDefaultVersion }) => IsDefaultVersion).map(({ Document }) => ({
      Arn,
      PolicyDocument: typeof Document === 'string' ? policyDocument(Document) : Document,
    })),
  );
};
