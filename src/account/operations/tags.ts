import { z } from 'zod';
import { ok, type Result } from '../../kernel/result.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import { textList } from './input.ts';

// The rules of IAM's tags, alike on everything that has tags. Source: "Tags for IAM resources", IAM User Guide.

const MAX_TAGS = 50;

const tagKey = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u);

const tagValue = z
  .string()
  .max(256)
  .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u);

/** The member `Tags` of an input. */
export const tagsInput = z.array(z.object({ Key: tagKey, Value: tagValue })).max(MAX_TAGS);

/** The member `TagKeys` of an input. */
export const tagKeysInput = textList(tagKey, { nullable: false, max: MAX_TAGS });

/** Tags by key. */
type Tags = ReadonlyMap<string, string>;

/** Keys differ in case alone on whatever is no user or role. Source: "Tags for IAM resources", IAM User Guide. */
interface TagRule {
  readonly sameKey: (key: string) => string;
  readonly duplicates: string;
}

/** The rule of users and roles. */
export const IGNORING_CASE: TagRule = {
  sameKey: (key) => key.toLowerCase(),
  duplicates: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
};

/** The rule of everything else. */
export const MINDING_CASE: TagRule = { sameKey: (key) => key, duplicates: 'Duplicate tag keys found.' };

/**
 * The tags with others added; one of the same key replaces the old one. `InvalidInput` for a key given twice or of AWS's
 * own, `LimitExceeded` for more than fifty.
 */
export const withTags = (
  tags: Tags,
  added: z.output<typeof tagsInput>,
  { sameKey, duplicates }: TagRule,
): Result<Tags, AwsError> => {
  const keys = new Set(added.map(({ Key }) => sameKey(Key)));
  if (keys.size < added.length) return awsError('InvalidInput', duplicates);
  if (added.some(({ Key }) => Key.toLowerCase().startsWith('aws:'))) {
    return awsError('InvalidInput', 'aws: prefixed tag key names are not allowed for external use.');
  }
  const kept = [...tags].filter(([key]) => !keys.has(sameKey(key)));
  const joined = sorted([...kept, ...added.map(({ Key, Value }) => [Key, Value] as const)]);
  return joined.size > MAX_TAGS
    ? awsError('LimitExceeded', 'The number of tags has reached the maximum limit.')
    : ok(joined);
};

/** The tags without those of some keys; a key that is not there is no error. */
export const withoutTags = (tags: Tags, keys: readonly string[], { sameKey }: TagRule): Tags => {
  const gone = new Set(keys.map(sameKey));
  return new Map([...tags].filter(([key]) => !gone.has(sameKey(key))));
};

/** In the order in which IAM lists them. */
const sorted = (entries: readonly (readonly [string, string])[]): Tags =>
  new Map(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
