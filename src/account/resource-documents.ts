import type { ResourceDocument } from '../snapshot/resource.ts';
import type { AccountState } from './account-state.ts';
import { grantsOf } from './key-grants.ts';
import type { ResourceState } from './resource-state.ts';

/** `resources.json` of an account: its resources that carry a policy or run as a role. */
export const resourceDocuments = ({ resources }: AccountState): readonly ResourceDocument[] =>
  [...resources.values()].filter(({ type }) => type !== 'alias').map(resourceDocument);

const resourceDocument = (resource: ResourceState): ResourceDocument => {
  const { service, type, arn, name, region, roleArn, policy, tags, attributes } = resource;
  const publicAccessBlock = publicAccessBlockOf(resource);
  return {
    service,
    type,
    arn,
    name,
    // Buckets stand outside of the regions, since their names do, and tell theirs themselves.
    region: attributes['region'] ?? region,
    ...(roleArn === null ? {} : { role_arn: roleArn }),
    ...(policy === null ? {} : { policy: parsedPolicy(policy) }),
    tags: Object.fromEntries(tags),
    ...(service === 'kms' ? { grants: grantsOf(resource) } : {}),
    ...(publicAccessBlock === null ? {} : { public_access_block: publicAccessBlock }),
  };
};

const parsedPolicy = (text: string): unknown => JSON.parse(text);

/** The settings of S3 Block Public Access. */
export const PUBLIC_ACCESS_SETTINGS = [
  'BlockPublicAcls',
  'IgnorePublicAcls',
  'BlockPublicPolicy',
  'RestrictPublicBuckets',
] as const;

/** The settings of Block Public Access that a bucket has; null: none. */
export const publicAccessBlockOf = ({
  service,
  attributes,
}: ResourceState): Readonly<Record<(typeof PUBLIC_ACCESS_SETTINGS)[number], boolean>> | null => {
  if (service !== 's3' || !PUBLIC_ACCESS_SETTINGS.some((name) => attributes[name] !== undefined)) return null;
  const isSet = (name: string): boolean => attributes[name] === 'true';
  return {
    BlockPublicAcls: isSet('BlockPublicAcls'),
    IgnorePublicAcls: isSet('IgnorePublicAcls'),
    BlockPublicPolicy: isSet('BlockPublicPolicy'),
    RestrictPublicBuckets: isSet('RestrictPublicBuckets'),
  };
};
