import type { ResourceDocument } from '../../../snapshot/resource.ts';
import { allTokenPages, required } from '../answers.ts';
import { listInRegions, type ServiceScope } from '../service-scope.ts';
import { unlessAbsent, withPolicies } from './resource-reading.ts';

/** Lambda functions with the roles that they run as and their policies; not those of single versions and aliases. */
export const collectFunctions = async (scope: ServiceScope): Promise<readonly ResourceDocument[]> => {
  const sdk = await import('@aws-sdk/client-lambda');
  const functions = await listInRegions(scope, 'lambda:ListFunctions', sdk.LambdaClient, (client) =>
    allTokenPages(
      (Marker) => client.send(new sdk.ListFunctionsCommand({ Marker })),
      ({ Functions }) => required(Functions, 'Functions'),
      ({ NextMarker }) => NextMarker,
    ),
  );
  return withPolicies(
    scope,
    'lambda:GetPolicy',
    (functions ?? []).map(({ client, region, item: { FunctionArn, FunctionName, Role } }) => ({
      resource: {
        service: 'lambda',
        type: 'function',
        arn: required(FunctionArn, 'FunctionArn'),
        name: required(FunctionName, 'FunctionName'),
        region,
        role_arn: Role,
      },
      askPolicy: () =>
        unlessAbsent('ResourceNotFound', async () =>
          required((await client.send(new sdk.GetPolicyCommand({ FunctionName: FunctionArn }))).Policy, 'Policy'),
        ),
    })),
  );
};
