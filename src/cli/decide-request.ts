import { z } from 'zod';
import { parseAccountId } from '../iam/account-id.ts';
import { CALLER_KINDS } from '../iam/caller.ts';
import { isJsonObject, type JsonObject } from '../kernel/json.ts';
import { err, ok, type Result } from '../kernel/result.ts';

/** What may be absent or null. */
const optional = <T>(schema: z.ZodType<T>) => schema.nullish().transform((value) => value ?? undefined);

const flag = optional(z.boolean());

/** A policy document, as an object or as JSON text; what is wrong in it is no matter of the request's form. */
const document = z.custom<string | JsonObject>(
  (value) => typeof value === 'string' || isJsonObject(value),
  'expected a policy document, as an object or as text',
);

/** A policy with its name, or its document alone; `at` says where in it the document stands. */
const policy = z.preprocess(
  (value) => {
    if (!isJsonObject(value)) return { document: value, at: '' };
    const named = Object.hasOwn(value, 'document') || !Object.hasOwn(value, 'Statement');
    return named ? { ...value, at: '/document' } : { document: value, at: '' };
  },
  z.object({ name: optional(z.string()), document, at: z.enum(['', '/document']) }),
);

const policies = optional(z.array(policy));

const levels = optional(z.array(z.array(policy)));

const scalar = z.union([z.string(), z.number(), z.boolean()], { error: 'expected text or a list of texts' });

const contextValues = z
  .union([z.array(scalar), scalar], { error: 'expected text or a list of texts' })
  .transform((values) => (Array.isArray(values) ? values.map(String) : [String(values)]));

const accountId = z.string().superRefine((text, context) => {
  const parsed = parseAccountId(text);
  if (!parsed.ok) context.addIssue({ code: 'custom', message: parsed.error });
});

const request = z.strictObject({
  principalArn: z.string(),
  principalType: z.enum(CALLER_KINDS),
  action: z.string().regex(/^[^:*?\s]+:[^:*?\s]+$/, 'expected an action, such as `iam:PassRole`'),
  resource: z.string().regex(/^(?:\*|arn:.*)$/s, 'expected an ARN, or `*` for an action that takes no resource'),
  resourceAccount: optional(accountId),
  context: optional(z.record(z.string(), contextValues)),
  unknownContext: optional(z.array(z.string())),
  contextComplete: flag,
});

const s3 = z.strictObject({ bucketAbacEnabled: flag, blockPublicAccess: flag });

const settings = z.strictObject({
  managementAccount: flag,
  resourceInManagementAccount: flag,
  serviceLinkedRole: flag,
  s3: optional(s3),
});

const schema = z.object({
  request,
  identityPolicies: policies,
  groupPolicies: policies,
  permissionBoundaries: policies,
  sessionPolicies: policies,
  scps: levels,
  rcps: levels,
  resourcePolicy: optional(policy),
  endpointPolicies: policies,
  settings: optional(settings),
  explain: flag,
});

/** One line of `vigil decide`, checked. */
export type DecideRequest = z.output<typeof schema>;

/** A policy of such a line. */
export type GivenPolicy = z.output<typeof policy>;

/** Checks one line of `vigil decide`. The error tells every wrong field by its place: `request.action: is missing`. */
export const parseDecideRequest = (value: unknown): Result<DecideRequest, string> => {
  const checked = schema.safeParse(value);
  return checked.success ? ok(checked.data) : err(checked.error.issues.map(problemText).join('; '));
};

const problemText = ({ path, message, ...issue }: z.core.$ZodIssue): string => {
  const place = path.length === 0 ? '' : `${path.map(String).join('.')}: `;
  if (issue.code === 'unrecognized_keys')
    return `${place}unknown field ${issue.keys.map((key) => `\`${key}\``).join(', ')}`;
  const what = message.replace(/^Invalid (?:input|option): /, '');
  return `${place}${what.endsWith(', received undefined') ? 'is missing' : what}`;
};
