import { parseArn } from '../../iam/arn.ts';
import { isJsonObject } from '../../kernel/json.ts';
import { parsePolicyDocument } from '../../policy/parse-policy-document.ts';
import { type Guarded, resourceTypeOf } from './external-access.ts';

/** The members of `Configuration` that previews are made of, and where the policy stands in them. */
const POLICY_MEMBERS: Readonly<Record<string, readonly [service: string, member: string]>> = {
  dynamodbTable: ['dynamodb', 'tablePolicy'],
  ecrRepository: ['ecr', 'repositoryPolicy'],
  iamRole: ['sts', 'trustPolicy'],
  kmsKey: ['kms', 'keyPolicies'],
  s3Bucket: ['s3', 'bucketPolicy'],
  secretsManagerSecret: ['secretsmanager', 'secretPolicy'],
  snsTopic: ['sns', 'topicPolicy'],
  sqsQueue: ['sqs', 'queuePolicy'],
};

/** A resource as a configuration describes it; null where the emulated account holds none of its type, or the ARN is none. */
export const previewedResource = (arn: string, configuration: Readonly<Record<string, unknown>>): Guarded | null => {
  const parsed = parseArn(arn);
  const [kind = '', content] = Object.entries(configuration)[0] ?? [];
  const [service, member] = (Object.hasOwn(POLICY_MEMBERS, kind) ? POLICY_MEMBERS[kind] : undefined) ?? [];
  if (!parsed.ok || service === undefined || member === undefined || !isJsonObject(content)) return null;
  const given = content[member];
  // A key has policies by name, of which there is one.
  const policy = isJsonObject(given) ? given['default'] : given;
  const block = content['bucketPublicAccessBlock'];
  return {
    arn: parsed.value,
    type: resourceTypeOf(service),
    service,
    policy: parsePolicyDocument(typeof policy === 'string' ? policy : { Version: '2012-10-17', Statement: [] }),
    blocksPublicAccess: isJsonObject(block) && block['restrictPublicBuckets'] === true,
  };
};
