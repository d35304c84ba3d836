import { z } from 'zod';
import { isJsonObject } from '../../kernel/json.ts';
import { arn, optional, optionalList, text, time } from './values.ts';

/** A policy document, as an object or as text, with or without a policy around it. */
const policy = z.custom<unknown>(
  (value) => typeof value === 'string' || isJsonObject(value),
  'expected a policy document, as an object or as text',
);

const place = z.object({ id: text, name: text, parentId: text.nullable() });

const tree = z.object({
  policyTypes: z.array(text),
  units: z.array(place),
  accounts: z.array(place),
  policies: z.array(
    z.object({
      id: text,
      name: text,
      type: text,
      awsManaged: z.boolean(),
      characters: z.number(),
      targets: z.array(text),
    }),
  ),
});

const delegatedAdministrator = z.object({ accountId: text, name: text, services: z.array(text) });

/** `organization.json`; null: the account is in no organization. */
export const organization = z
  .object({
    organizationId: text,
    managementAccountId: text,
    accounts: optionalList(z.object({ id: text })),
    features: optionalList(text),
    tree: optional(tree),
    delegatedAdministrators: optionalList(delegatedAdministrator),
    path: z.array(z.object({ id: text, name: optional(text), scps: optionalList(policy), rcps: optionalList(policy) })),
  })
  .nullable();

const encryptionContext = optional(z.record(text, text));

/** An entry of `ListGrants` of AWS KMS. */
const keyGrant = z.object({
  GrantId: text,
  Name: optional(text),
  GranteePrincipal: optional(text),
  RetiringPrincipal: optional(text),
  Operations: z.array(text),
  Constraints: optional(
    z.object({ EncryptionContextSubset: encryptionContext, EncryptionContextEquals: encryptionContext }),
  ),
});

/** `resources.json`. */
export const resources = z.array(
  z.object({
    service: text,
    type: text,
    arn,
    name: optional(text),
    region: optional(text),
    role_arn: optional(z.preprocess((value) => (value === '' ? undefined : value), arn.optional())),
    policy: optional(z.preprocess((value) => (value === '' ? undefined : value), policy.optional())),
    tags: optional(z.record(text, text)),
    public_access_block: optional(z.union([z.boolean(), z.record(text, z.boolean())])),
    grants: optionalList(keyGrant),
  }),
);

/** `last-accessed.json`. */
export const lastAccessed = z.record(
  text,
  z.array(
    z.object({
      ServiceNamespace: text,
      LastAuthenticated: optional(time),
      TrackedActionsLastAccessed: optionalList(z.object({ ActionName: text, LastAccessedTime: optional(time) })),
    }),
  ),
);

const texts = z.array(text);

const archiveRule = z.object({
  ruleName: text,
  filter: z.record(
    text,
    z.object({ eq: optional(texts), neq: optional(texts), contains: optional(texts), exists: optional(z.boolean()) }),
  ),
});

const externalAccessDetails = z.object({
  action: optional(texts),
  condition: optional(z.record(text, text)),
  isPublic: optional(z.boolean()),
  principal: optional(z.record(text, text)),
});

const analyzerFinding = z.object({
  id: text,
  analyzerArn: optional(text),
  resource: optional(text),
  resourceType: text,
  status: text,
  findingType: optional(text),
  error: optional(text),
  findingDetails: optionalList(z.object({ externalAccessDetails: optional(externalAccessDetails) })),
});

/** `cloudtrail.json`. */
export const cloudTrail = z.object({
  from: time,
  to: time,
  principals: z.record(
    text,
    z.array(
      z.object({
        service: text,
        action: optional(text),
        lastUsed: time,
        resources: optionalList(text),
        moreResources: optional(z.boolean()),
      }),
    ),
  ),
});

/** `access-analyzer.json`. */
export const accessAnalyzer = z.object({
  regions: optionalList(text),
  analyzers: z.array(
    z.looseObject({
      arn,
      name: optional(text),
      type: text,
      status: text,
      configuration: optional(
        z.object({ unusedAccess: optional(z.object({ unusedAccessAge: optional(z.number()) })) }),
      ),
      archiveRules: optionalList(archiveRule),
    }),
  ),
  findings: optionalList(analyzerFinding),
});
