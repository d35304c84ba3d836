import { z } from 'zod';
import { isJsonObject } from '../../kernel/json.ts';
import { ROOT_FEATURES } from '../account-settings-state.ts';
import { POLICY_TYPES } from '../organization-state.ts';
import { accountId, type Moment, policyDocument, tags } from './values.ts';

/** The organization of the account file once read. */
export type OrganizationEntry = z.output<ReturnType<typeof organizationSchema>>;

const id = (pattern: RegExp, example: string) =>
  z.string().regex(pattern, `an id here is as \`${example}\`; leave it out to have one made`).nullable().default(null);

/** What a root, a unit and an account have: the policies attached to it, and AWS's own unless it is told otherwise. */
const targetParts = {
  attachedPolicies: z.array(z.string()).default([]),
  fullAWSAccess: z.boolean().default(true),
  tags,
};

const accountSchema = (time: Moment) =>
  z.strictObject({
    accountId,
    name: z.string().min(1).max(50).optional(),
    email: z.string().min(6).max(64).optional(),
    status: z.enum(['ACTIVE', 'SUSPENDED']).default('ACTIVE'),
    joinedMethod: z.enum(['CREATED', 'INVITED']).default('CREATED'),
    joinedTimestamp: time.prefault('1y ago'),
    ...targetParts,
  });

/** An organizational unit of the account file, with what is below it. */
export interface UnitEntry {
  readonly name: string;
  readonly organizationalUnitId: string | null;
  readonly attachedPolicies: readonly string[];
  readonly fullAWSAccess: boolean;
  readonly tags: ReadonlyMap<string, string>;
  readonly accounts: readonly z.output<ReturnType<typeof accountSchema>>[];
  readonly organizationalUnits: readonly UnitEntry[];
}

const unitSchema = (time: Moment): z.ZodType<UnitEntry> => {
  const unit: z.ZodType<UnitEntry> = z.strictObject({
    name: z.string().min(1).max(128),
    organizationalUnitId: id(/^ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$/, 'ou-ab12-11111111'),
    ...targetParts,
    accounts: z.array(accountSchema(time)).default([]),
    organizationalUnits: z.lazy(() => z.array(unit)).default([]),
  });
  return unit;
};

const policySchema = z
  .strictObject({
    policyName: z.string().min(1).max(128),
    policyId: id(/^p-[0-9a-zA-Z_]{8,128}$/, 'p-11111111'),
    type: z.enum(POLICY_TYPES).default('SERVICE_CONTROL_POLICY'),
    description: z.string().max(512).default(''),
    document: z.unknown(),
    tags,
  })
  .transform((policy, context) => {
    const decides = policy.type === 'SERVICE_CONTROL_POLICY' || policy.type === 'RESOURCE_CONTROL_POLICY';
    const content = (decides ? policyDocument : jsonDocument).safeParse(policy.document);
    if (content.success) return { ...policy, content: content.data };
    for (const { path, message } of content.error.issues) {
      context.addIssue({ code: 'custom', path: ['document', ...path], message });
    }
    return z.NEVER;
  });

/** The document of a policy that decides no access, as JSON text. */
const jsonDocument = z.unknown().transform((value, context): string => {
  if (typeof value === 'string') return value;
  if (isJsonObject(value)) return JSON.stringify(value);
  context.addIssue({ code: 'custom', message: 'the document of a policy is a mapping, or JSON as text' });
  return z.NEVER;
});

/** The form of an organization in the account file: its tree from the root down. */
export const organizationSchema = (time: Moment) =>
  z.strictObject({
    organizationId: id(/^o-[a-z0-9]{10,32}$/, 'o-1234567890'),
    rootId: id(/^r-[0-9a-z]{4,32}$/, 'r-ab12'),
    featureSet: z.enum(['ALL', 'CONSOLIDATED_BILLING']).default('ALL'),
    managementAccountId: accountId.nullable().default(null),
    enabledPolicyTypes: z.array(z.enum(POLICY_TYPES)).nullable().default(null),
    policies: z.array(policySchema).default([]),
    ...targetParts,
    accounts: z.array(accountSchema(time)).default([]),
    organizationalUnits: z.array(unitSchema(time)).default([]),
    rootFeatures: z.array(z.enum(ROOT_FEATURES)).default([]),
    trustedServices: z.array(z.string().min(1).max(128)).default([]),
    delegatedAdministrators: z
      .array(z.strictObject({ accountId, servicePrincipal: z.string().min(1).max(128) }))
      .default([]),
    resourcePolicy: policyDocument.optional(),
  });
