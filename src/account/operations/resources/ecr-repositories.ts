import { z } from 'zod';
import { arnOf } from '../../../iam/arn.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { resourceAt, resourcesFrom, withoutResource, withResource } from '../../account-resources.ts';
import type { AccountState } from '../../account-state.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { operation, readOperation } from '../../operation.ts';
import type { ResourcePlace, ResourceState } from '../../resource-state.ts';
import { cutPage } from '../page.ts';
import { isResourcePolicy, refuseAs, tagList, tagMap, withoutKeys } from './resource-operation.ts';

const placeOf = (name: string, { region }: Call): ResourcePlace => ({
  service: 'ecr',
  type: 'repository',
  region,
  name,
});

const refuse = refuseAs('InvalidParameterException');

const repositoryName = z
  .string()
  .min(2)
  .max(256)
  .regex(/^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/);

const ofRepository = z.object({ repositoryName });

const tags = z.array(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) }));

const findRepository = (state: AccountState, name: string, call: Call): Result<ResourceState, AwsError> => {
  const repository = resourceAt(state, placeOf(name, call));
  return repository === undefined
    ? awsError(
        'RepositoryNotFoundException',
        `The repository with name '${name}' does not exist in the registry with id '${state.accountId}'`,
      )
    : ok(repository);
};

const repositoryView = ({ accountId }: AccountState, { name, arn, region, createDate, attributes }: ResourceState) => ({
  repositoryArn: arn,
  registryId: accountId,
  repositoryName: name,
  repositoryUri: `${accountId}.dkr.ecr.${region}.amazonaws.com/${name}`,
  createdAt: createDate,
  imageTagMutability: attributes['imageTagMutability'],
  imageScanningConfiguration: { scanOnPush: false },
  encryptionConfiguration: { encryptionType: 'AES256' },
});

/** `ecr:CreateRepository`. */
const createRepository = operation(
  'ecr:CreateRepository',
  ofRepository.extend({
    tags: tags.default([]),
    imageTagMutability: z.enum(['MUTABLE', 'IMMUTABLE']).default('MUTABLE'),
  }),
  (state, input, call) => {
    const { partition, accountId } = state;
    const name = input.repositoryName;
    if (resourceAt(state, placeOf(name, call)) !== undefined) {
      const message = `The repository with name '${name}' already exists in the registry with id '${accountId}'`;
      return awsError('RepositoryAlreadyExistsException', message);
    }
    const repository: ResourceState = {
      arn: arnOf({
        partition,
        service: 'ecr',
        region: call.region,
        account: accountId,
        resource: `repository/${name}`,
      }),
      ...placeOf(name, call),
      createDate: call.now,
      roleArn: null,
      policy: null,
      tags: tagMap(input.tags),
      attributes: { imageTagMutability: input.imageTagMutability },
    };
    return ok({ state: withResource(state, repository), answer: { repository: repositoryView(state, repository) } });
  },
  refuse,
);

/** `ecr:DescribeRepositories`: all of them, or those of some names. */
const describeRepositories = readOperation(
  'ecr:DescribeRepositories',
  z.object({
    repositoryNames: z.array(repositoryName).min(1).max(100).optional(),
    maxResults: z.int().min(1).max(1000).default(100),
    nextToken: z.string().optional(),
  }),
  (state, { repositoryNames, maxResults, nextToken }, call) => {
    const found = (repositoryNames ?? []).map((name) => findRepository(state, name, call));
    const missing = found.find((each) => !each.ok);
    if (missing !== undefined) return missing;
    if (repositoryNames !== undefined) {
      return ok({ repositories: found.flatMap((each) => (each.ok ? [repositoryView(state, each.value)] : [])) });
    }
    const cut = cutPage('DescribeRepositories', nextToken, maxResults, resourcesFrom(state, placeOf('', call)));
    return cut === null
      ? awsError('InvalidParameterException', "Invalid parameter at 'nextToken'")
      : ok({ repositories: cut.items.map((each) => repositoryView(state, each)), nextToken: cut.next });
  },
  refuse,
);

/** `ecr:DeleteRepository`. */
const deleteRepository = operation(
  'ecr:DeleteRepository',
  ofRepository,
  (state, { repositoryName: name }, call) => {
    const repository = findRepository(state, name, call);
    if (!repository.ok) return repository;
    return ok({
      state: withoutResource(state, repository.value),
      answer: { repository: repositoryView(state, repository.value) },
    });
  },
  refuse,
);

const policyAnswer = ({ accountId }: AccountState, { name }: ResourceState, policyText: string | null) => ({
  registryId: accountId,
  repositoryName: name,
  policyText,
});

/** `ecr:SetRepositoryPolicy`. */
const setRepositoryPolicy = operation(
  'ecr:SetRepositoryPolicy',
  ofRepository.extend({ policyText: z.string().max(10_240) }),
  (state, { repositoryName: name, policyText }, call) => {
    const repository = findRepository(state, name, call);
    if (!repository.ok) return repository;
    if (!isResourcePolicy(policyText)) {
      const message =
        "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'";
      return awsError('InvalidParameterException', message);
    }
    return ok({
      state: withResource(state, { ...repository.value, policy: policyText }),
      answer: policyAnswer(state, repository.value, policyText),
    });
  },
  refuse,
);

const noPolicy = ({ accountId }: AccountState, { name }: ResourceState): Result<never, AwsError> =>
  awsError(
    'RepositoryPolicyNotFoundException',
    `Repository policy does not exist for the repository with name '${name}' in the registry with id '${accountId}'`,
  );

/** `ecr:GetRepositoryPolicy`. */
const getRepositoryPolicy = readOperation(
  'ecr:GetRepositoryPolicy',
  ofRepository,
  (state, { repositoryName: name }, call) => {
    const repository = findRepository(state, name, call);
    if (!repository.ok) return repository;
    const { policy } = repository.value;
    return policy === null ? noPolicy(state, repository.value) : ok(policyAnswer(state, repository.value, policy));
  },
  refuse,
);

/** `ecr:DeleteRepositoryPolicy`. */
const deleteRepositoryPolicy = operation(
  'ecr:DeleteRepositoryPolicy',
  ofRepository,
  (state, { repositoryName: name }, call) => {
    const repository = findRepository(state, name, call);
    if (!repository.ok) return repository;
    const { policy } = repository.value;
    if (policy === null) return noPolicy(state, repository.value);
    return ok({
      state: withResource(state, { ...repository.value, policy: null }),
      answer: policyAnswer(state, repository.value, policy),
    });
  },
  refuse,
);

const ofArn = z.object({ resourceArn: z.string() });

const findByArn = (state: AccountState, arn: string, call: Call): Result<ResourceState, AwsError> =>
  findRepository(state, arn.slice(arn.indexOf(':repository/') + ':repository/'.length), call);

/** `ecr:TagResource`. */
const tagResource = operation(
  'ecr:TagResource',
  ofArn.extend({ tags }),
  (state, { resourceArn, tags: added }, call) => {
    const repository = findByArn(state, resourceArn, call);
    if (!repository.ok) return repository;
    const all = new Map([...repository.value.tags, ...tagMap(added)]);
    return ok({ state: withResource(state, { ...repository.value, tags: all }), answer: {} });
  },
  refuse,
);

/** `ecr:UntagResource`. */
const untagResource = operation(
  'ecr:UntagResource',
  ofArn.extend({ tagKeys: z.array(z.string()) }),
  (state, { resourceArn, tagKeys }, call) => {
    const repository = findByArn(state, resourceArn, call);
    if (!repository.ok) return repository;
    const kept = withoutKeys(repository.value, tagKeys);
    return ok({ state: withResource(state, { ...repository.value, tags: kept }), answer: {} });
  },
  refuse,
);

/** `ecr:ListTagsForResource`. */
const listTagsForResource = readOperation(
  'ecr:ListTagsForResource',
  ofArn,
  (state, { resourceArn }, call) => {
    const repository = findByArn(state, resourceArn, call);
    return repository.ok ? ok({ tags: tagList(repository.value) }) : repository;
  },
  refuse,
);

/** The operations of ECR on repositories. */
export const repositoryOperations = [
  createRepository,
  describeRepositories,
  deleteRepository,
  setRepositoryPolicy,
  getRepositoryPolicy,
  deleteRepositoryPolicy,
  tagResource,
  untagResource,
  listTagsForResource,
];
