import { z } from 'zod';
import { NOT_NULL, patternText } from './validation-message.ts';

// The constraints that IAM's API reference states for the members of its input shapes.

const NAME = /^[\w+=,.@-]+$/;
const NAME_RULE = 'It must contain only alphanumeric characters and/or the following: +=,.@_-';

const nameOf = (maxLength: number) => z.string().min(1).max(maxLength).regex(NAME, NAME_RULE);

/** The name of a virtual MFA device; its ARN is a serial number, which has 256 characters at most. */
export const deviceName = nameOf(226);

/** The status that a user's credential can be given. */
export const credentialStatus = z.enum(['Active', 'Inactive']);

/** The serial number of an MFA device: the ARN of a virtual one, what stands on a hardware one. */
export const serialNumber = z
  .string()
  .min(9)
  .max(256)
  .regex(/^[\w+=/:,.@-]+$/);

/** The name of a user. */
export const userName = nameOf(128);

/** The name of a user that is to be, and of users in the newer operations. */
export const newUserName = nameOf(64);

/** The name of a role. */
export const roleName = nameOf(64);

/** The name of a group, policy, instance profile or server certificate. */
export const entityName = nameOf(128);

/** The path of an entity. As recorded from AWS it may have slashes side by side in it, but not be two of them. */
export const entityPath = z
  .string()
  .min(1)
  .max(512)
  .regex(
    /^\/(?:[!-~]+\/)?$/,
    'It must begin and end with / and contain only alphanumeric characters and/or / characters.',
  );

/** An ARN. */
export const arnText = z.string().min(20).max(2048);

/** Text of the characters of Latin-1 that IAM takes in documents and passwords. */
export const latinText = (maxLength: number) =>
  z
    .string()
    .min(1)
    .max(maxLength)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: AWS's own words for it, which the refusal cites
    .regex(/^[\u0009\u000A\u000D\u0020-\u00FF]+$/);

/** The text of a policy document. */
export const policyDocument = z
  .string()
  .min(1)
  .max(131_072)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: as AWS writes it, whose refusal quotes it
  .regex(/^[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]+$/);

/**
 * A list of texts that each keep the constraints of an item. AWS says of a list that breaks them what each item must be,
 * and not which is wrong; `nullable` where what it says leaves out that none may be null.
 */
export const textList = (item: z.ZodString, { nullable = true, max = Number.MAX_SAFE_INTEGER } = {}) => {
  const constraints = [
    item.maxLength === null ? [] : `Member must have length less than or equal to ${item.maxLength}`,
    item.minLength === null ? [] : `Member must have length greater than or equal to ${item.minLength}`,
    patternsOf(item).map((pattern) => patternText(String(pattern))),
    nullable ? [] : NOT_NULL,
  ];
  return z
    .array(z.string().nullable())
    .max(max)
    .refine((texts) => texts.every((text) => item.safeParse(text).success), {
      error: `Member must satisfy constraint: [${constraints.flat().join(', ')}]`,
    })
    .transform((texts) => texts.filter((text) => text !== null));
};

const patternsOf = (text: z.ZodString): RegExp[] =>
  (text.def.checks ?? []).flatMap(({ _zod: { def } }) =>
    'pattern' in def && def.pattern instanceof RegExp ? [def.pattern] : [],
  );

/** The id of a version of a managed policy. */
export const versionId = z.string().regex(/^v[1-9][0-9]*(\.[A-Za-z0-9-]*)?$/);

/** The description of a role or a managed policy. */
export const descriptionText = z
  .string()
  .max(1000)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: as AWS writes it, whose refusal quotes it
  .regex(/^[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*$/);

/** The beginning of the paths asked for. */
export const pathPrefix = z
  .string()
  .min(1)
  .max(512)
  .regex(/^\/[!-~]*$/)
  .default('/');

/** The members that a paged list takes. */
export const paging = {
  Marker: z.string().min(1).max(320).optional(),
  MaxItems: z.int().min(1).max(1000).default(100),
};
