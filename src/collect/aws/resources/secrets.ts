import type { ResourceDocument } from '../../../snapshot/resource.ts';
import { allTokenPages, required } from '../answers.ts';
import { listInRegions, type ServiceScope } from '../service-scope.ts';
import { withPolicies } from './resource-reading.ts';

/** Secrets of Secrets Manager with their policies and tags, never their values. */
export const collectSecrets = async (scope: ServiceScope): Promise<readonly ResourceDocument[]> => {
  const sdk = await import('@aws-sdk/client-secrets-manager');
  const secrets = await listInRegions(scope, 'secretsmanager:ListSecrets', sdk.SecretsManagerClient, (client) =>
    allTokenPages(
      (NextToken) => client.send(new sdk.ListSecretsCommand({ MaxResults: 100, NextToken })),
      ({ SecretList }) => required(SecretList, 'SecretList'),
      ({ NextToken }) => NextToken,
    ),
  );
  return withPolicies(
    scope,
    'secretsmanager:GetResourcePolicy',
    (secrets ?? []).map(({ client, region, item: { ARN, Name, Tags = [] } }) => ({
      resource: {
        service: 'secretsmanager',
        type: 'secret',
        arn: required(ARN, 'ARN'),
        name: required(Name, 'Name'),
        region,
        tags: Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
      },
      askPolicy: async () => (await client.send(new sdk.GetResourcePolicyCommand({ SecretId: ARN }))).ResourcePolicy,
    })),
  );
};
