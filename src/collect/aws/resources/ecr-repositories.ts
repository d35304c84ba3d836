import type { ResourceDocument } from '../../../snapshot/resource.ts';
import { allTokenPages, required } from '../answers.ts';
import { listInRegions, type ServiceScope } from '../service-scope.ts';
import { unlessAbsent, withPolicies } from './resource-reading.ts';

/** ECR's private repositories with their policies. */
export const collectRepositories = async (scope: ServiceScope): Promise<readonly ResourceDocument[]> => {
  const sdk = await import('@aws-sdk/client-ecr');
  const repositories = await listInRegions(scope, 'ecr:DescribeRepositories', sdk.ECRClient, (client) =>
    allTokenPages(
      (nextToken) => client.send(new sdk.DescribeRepositoriesCommand({ maxResults: 1000, nextToken })),
      (page) => required(page.repositories, 'repositories'),
      ({ nextToken }) => nextToken,
    ),
  );
  return withPolicies(
    scope,
    'ecr:GetRepositoryPolicy',
    (repositories ?? []).map(({ client, region, item: { repositoryArn, repositoryName } }) => ({
      resource: {
        service: 'ecr',
        type: 'repository',
        arn: required(repositoryArn, 'repositoryArn'),
        name: required(repositoryName, 'repositoryName'),
        region,
      },
      askPolicy: () =>
        unlessAbsent('RepositoryPolicyNotFound', async () =>
          required(
            (await client.send(new sdk.GetRepositoryPolicyCommand({ repositoryName }))).policyText,
            'policyText',
          ),
        ),
    })),
  );
};
