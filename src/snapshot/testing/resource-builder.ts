import type { KeyGrant, Resource } from '../resource.ts';
import { arn } from './collected-builder.ts';
import { policyDocument } from './policy-builder.ts';

/** The parts of a resource, plainly. */
interface ResourceParts {
  /** Its policy: a document, or its statements. */
  readonly policy?: unknown;
  readonly restrictsPublicAccess?: boolean;
  /** The ARN of the role that it runs as. */
  readonly roleArn?: string;
  /** Nobody told them unless given. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Of a KMS key; nobody listed them unless given. */
  readonly grants?: readonly KeyGrant[];
}

/** A resource outside IAM, by its ARN; without a policy unless given. */
export const resource = (
  text: string,
  { policy, restrictsPublicAccess = false, roleArn, tags, grants }: ResourceParts = {},
): Resource => {
  const [, , service = '', region = '', , ...rest] = text.split(':');
  return {
    arn: arn(text),
    service,
    type: 'resource',
    name: rest.join(':'),
    region: region === '' ? null : region,
    roleArn: roleArn === undefined ? null : arn(roleArn),
    policy:
      policy === undefined
        ? null
        : policyDocument(Array.isArray(policy) ? { Version: '2012-10-17', Statement: policy } : policy),
    tags: tags === undefined ? null : new Map(Object.entries(tags)),
    restrictsPublicAccess,
    ...(grants && { grants }),
  };
};
