import type { Arn } from '../iam/arn.ts';
import type { Instant } from '../kernel/time.ts';

/** A resource of another service than IAM, as far as access goes. */
export interface ResourceState {
  readonly arn: Arn;
  readonly service: ResourceService;
  /** As in CloudFormation, in lower case: `function`, `bucket`; `alias` of KMS. */
  readonly type: string;
  readonly name: string;
  readonly region: string;
  readonly createDate: Instant;
  /** The role that it runs as. */
  readonly roleArn: Arn | null;
  /** Its resource-based policy, as JSON text. */
  readonly policy: string | null;
  readonly tags: ReadonlyMap<string, string>;
  /** What else its service tells of it. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** The services whose resources an account holds, as in ARNs. */
export type ResourceService = 'dynamodb' | 'ecr' | 'kms' | 'lambda' | 's3' | 'secretsmanager' | 'sns' | 'sqs';

/** What a resource is found by. */
export interface ResourcePlace {
  readonly service: ResourceService;
  readonly type: string;
  readonly region: string;
  readonly name: string;
}

/** What stands for a resource in the account's map; names end it, so that lists are in their order. */
export const resourceKey = ({ service, type, region, name }: ResourcePlace): string =>
  `${service}\0${type}\0${region}\0${name}`;
