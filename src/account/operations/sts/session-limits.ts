import { type Arn, arnParts, parseArn } from '../../../iam/arn.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import type { AccountState } from '../../account-state.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { Session } from '../../call.ts';
import { checkPolicyDocument } from '../../policy-grammar/check-policy-document.ts';
import { findPolicy } from '../account-entities.ts';

/** What a call that asks for a session passes along, of session policies and tags. */
export interface Passed {
  readonly policy: string | null;
  readonly policyArns: readonly Arn[];
  readonly tags: Readonly<Record<string, string>>;
  readonly transitiveTagKeys: readonly string[];
}

/** The same as the members of an input. */
interface PassedInput {
  readonly Policy?: string | undefined;
  readonly PolicyArns?: readonly { readonly arn?: string | undefined }[];
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
  readonly TransitiveTagKeys?: readonly string[];
}

/**
 * Checks what a call passes along to a session in an account, under the session that asks for it.
 * Source: "Pass session tags in AWS STS" and "Session policies", IAM User Guide.
 */
export const passedAlong = (
  state: AccountState,
  { Policy, PolicyArns = [], Tags = [], TransitiveTagKeys = [] }: PassedInput,
  asking: Session | null,
): Result<Passed, AwsError> => {
  const policyArns = managedPolicies(state, PolicyArns);
  if (!policyArns.ok) return policyArns;
  const checked = Policy === undefined ? ok(null) : checkPolicyDocument(Policy, 'inline');
  if (!checked.ok) return checked;
  const tags = sessionTags(Tags, TransitiveTagKeys, asking);
  if (!tags.ok) return tags;
  const passed = { policy: Policy ?? null, policyArns: policyArns.value, ...tags.value };
  const { policy } = passed;
  if ((policy?.length ?? 0) + policyArns.value.join('').length > MAX_PLAIN_CHARACTERS || packedSize(passed) > 100) {
    const size = Math.max(packedSize(passed), 101);
    return awsError(
      'PackedPolicyTooLarge',
      `Serialized token too large for session: the packed size is ${size} percent of what is allowed`,
    );
  }
  return ok(passed);
};

/** Inline and managed session policies together. Source: `AssumeRole`, AWS STS API Reference. */
const MAX_PLAIN_CHARACTERS = 2048;

/** What fits once packed, in characters: nobody outside AWS knows how it packs. */
const MAX_PACKED_CHARACTERS = 4096;

/** `PackedPolicySize`, in percent; 0 where nothing is passed. */
export const packedSize = ({ policy, policyArns, tags }: Passed): number => {
  const policySize = policy === null ? 0 : policy.replace(/\s/g, '').length;
  const tagSize = Object.entries(tags).reduce((sum, [key, value]) => sum + key.length + value.length + 2, 0);
  return Math.ceil((100 * (policySize + policyArns.join('').length + tagSize)) / MAX_PACKED_CHARACTERS);
};

const managedPolicies = (
  state: AccountState,
  given: NonNullable<PassedInput['PolicyArns']>,
): Result<Arn[], AwsError> => {
  const arns: Arn[] = [];
  for (const { arn = '' } of given) {
    const parsed = parseArn(arn);
    if (!parsed.ok || !isPolicyOf(state, parsed.value))
      return awsError('ValidationError', `The policy ARN ${arn} is invalid.`);
    if (!findPolicy(state, arn).ok)
      return awsError('MalformedPolicyDocument', `The policy ${arn} does not exist or is not attachable.`);
    arns.push(parsed.value);
  }
  return ok(arns);
};

/** The policies must be in the account of the session, or AWS's. */
const isPolicyOf = ({ accountId, partition }: AccountState, arn: Arn): boolean => {
  const parts = arnParts(arn);
  return (
    parts.service === 'iam' &&
    parts.partition === partition &&
    (parts.account === accountId || parts.account === 'aws') &&
    parts.resource.startsWith('policy/')
  );
};

const sessionTags = (
  given: NonNullable<PassedInput['Tags']>,
  transitive: readonly string[],
  asking: Session | null,
): Result<Pick<Passed, 'tags' | 'transitiveTagKeys'>, AwsError> => {
  const keys = new Set(given.map(({ Key }) => Key.toLowerCase()));
  const problem = (message: string): Result<never, AwsError> => awsError('InvalidParameterValue', message);
  if (keys.size < given.length) {
    return problem('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  }
  if ([...keys].some((key) => key.startsWith('aws:'))) {
    return problem('aws: prefixed tag key names are not allowed for external use.');
  }
  if (transitive.some((key) => !keys.has(key.toLowerCase()))) {
    return problem('The specified transitive tag key must be included in the requested tags.');
  }
  const inherited = asking?.transitiveTagKeys ?? [];
  if (inherited.some((key) => keys.has(key.toLowerCase()))) {
    return problem(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  }
  const handedOn = Object.entries(asking?.tags ?? {}).filter(([key]) => inherited.includes(key));
  return ok({
    tags: Object.fromEntries([...handedOn, ...given.map(({ Key, Value }) => [Key, Value] as const)]),
    transitiveTagKeys: [...inherited, ...transitive],
  });
};
