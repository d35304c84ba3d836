import type { ResourceDocument } from '../../../snapshot/resource.ts';
import { allTokenPages, required } from '../answers.ts';
import { listInRegions, type ServiceScope } from '../service-scope.ts';
import { unlessAbsent, withPolicies } from './resource-reading.ts';

/** DynamoDB tables with their policies; not those of their streams. */
export const collectTables = async (scope: ServiceScope): Promise<readonly ResourceDocument[]> => {
  const sdk = await import('@aws-sdk/client-dynamodb');
  const tables = await listInRegions(scope, 'dynamodb:ListTables', sdk.DynamoDBClient, (client) =>
    allTokenPages(
      (ExclusiveStartTableName) => client.send(new sdk.ListTablesCommand({ ExclusiveStartTableName })),
      ({ TableNames }) => required(TableNames, 'TableNames'),
      ({ LastEvaluatedTableName }) => LastEvaluatedTableName,
    ),
  );
  return withPolicies(
    scope,
    'dynamodb:GetResourcePolicy',
    (tables ?? []).map(({ client, region, item: name }) => {
      const arn = `arn:${scope.partition}:dynamodb:${region}:${scope.accountId}:table/${name}`;
      return {
        resource: { service: 'dynamodb', type: 'table', arn, name, region },
        askPolicy: () =>
          unlessAbsent('PolicyNotFound', async () =>
            required((await client.send(new sdk.GetResourcePolicyCommand({ ResourceArn: arn }))).Policy, 'Policy'),
          ),
      };
    }),
  );
};
