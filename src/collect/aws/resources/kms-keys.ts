import type { GrantListEntry, KMSClient } from '@aws-sdk/client-kms';
import type { KeyGrantDocument, ResourceDocument } from '../../../snapshot/resource.ts';
import { allTokenPages, required } from '../answers.ts';
import { type Listed, listInRegions, type ServiceScope } from '../service-scope.ts';
import { withPolicies } from './resource-reading.ts';

type Sdk = typeof import('@aws-sdk/client-kms');

/**
 * KMS keys with their policies and grants. Not those that AWS keeps for its services (their alias begins with
 * `alias/aws/`): nobody can change them, and they serve their account alone. Source: "AWS KMS keys", KMS Developer Guide.
 */
export const collectKeys = async (scope: ServiceScope): Promise<readonly ResourceDocument[]> => {
  const sdk = await import('@aws-sdk/client-kms');
  const [keys, aliases] = await Promise.all([listKeys(scope, sdk), listAliases(scope, sdk)]);
  const aliasOf = new Map((aliases ?? []).map(({ region, item }) => [`${region} ${item.keyId}`, item.alias]));
  const own = (keys ?? []).flatMap(({ client, region, item: { keyId, arn } }) => {
    const alias = aliasOf.get(`${region} ${keyId}`);
    if (alias?.startsWith('alias/aws/') === true) return [];
    return [{ client, keyId, resource: { service: 'kms', type: 'key', arn, name: alias ?? keyId, region } }];
  });
  if (own.length === 0) return [];
  const withPolicy = await withPolicies(
    scope,
    'kms:GetKeyPolicy',
    own.map(({ client, keyId, resource }) => ({
      resource,
      askPolicy: async () =>
        required(
          (await client.send(new sdk.GetKeyPolicyCommand({ KeyId: keyId, PolicyName: 'default' }))).Policy,
          'Policy',
        ),
    })),
  );
  const grants = await scope.reader.readEach(
    'kms:ListGrants',
    own,
    ({ resource }) => resource.arn,
    ({ client, keyId }) => listGrants(client, sdk, keyId),
  );
  return withPolicy.map((resource, index) => {
    const ofKey = grants?.[index] ?? undefined;
    return ofKey === undefined ? resource : { ...resource, grants: ofKey };
  });
};

const listKeys = async (
  scope: ServiceScope,
  sdk: Sdk,
): Promise<readonly Listed<KMSClient, { readonly keyId: string; readonly arn: string }>[] | null> =>
  listInRegions(scope, 'kms:ListKeys', sdk.KMSClient, (client) =>
    allTokenPages(
      (Marker) => client.send(new sdk.ListKeysCommand({ Limit: 1000, Marker })),
      ({ Keys }) =>
        required(Keys, 'Keys').map(({ KeyId, KeyArn }) => ({
          keyId: required(KeyId, 'KeyId'),
          arn: required(KeyArn, 'KeyArn'),
        })),
      ({ NextMarker }) => NextMarker,
    ),
  );

const listAliases = async (
  scope: ServiceScope,
  sdk: Sdk,
): Promise<readonly Listed<KMSClient, { readonly keyId: string; readonly alias: string }>[] | null> =>
  listInRegions(scope, 'kms:ListAliases', sdk.KMSClient, (client) =>
    allTokenPages(
      (Marker) => client.send(new sdk.ListAliasesCommand({ Limit: 100, Marker })),
      ({ Aliases }) =>
        required(Aliases, 'Aliases').flatMap(({ AliasName: alias, TargetKeyId: keyId }) =>
          alias === undefined || keyId === undefined ? [] : [{ alias, keyId }],
        ),
      ({ NextMarker }) => NextMarker,
    ),
  );

const listGrants = async (client: KMSClient, sdk: Sdk, KeyId: string): Promise<readonly KeyGrantDocument[]> =>
  allTokenPages(
    (Marker) => client.send(new sdk.ListGrantsCommand({ KeyId, Limit: 100, Marker })),
    ({ Grants }) => required(Grants, 'Grants').map(grantDocument),
    ({ NextMarker }) => NextMarker,
  );

const grantDocument = ({
  GrantId,
  Name,
  GranteePrincipal,
  RetiringPrincipal,
  Operations,
  Constraints,
}: GrantListEntry): KeyGrantDocument => ({
  GrantId: required(GrantId, 'GrantId'),
  Name: Name === '' ? undefined : Name,
  GranteePrincipal: GranteePrincipal ?? undefined,
  RetiringPrincipal,
  Operations: Operations ?? [],
  Constraints,
});
