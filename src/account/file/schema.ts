import { z } from 'zod';
import { PARTITIONS } from '../../iam/partition.ts';
import type { Instant } from '../../kernel/time.ts';
import { DEFAULT_QUOTAS, type QuotaName, type Quotas } from '../quotas.ts';
import {
  groupSchema,
  instanceProfileSchema,
  policySchema,
  roleSchema,
  rootSchema,
  userSchema,
} from './entity-schemas.ts';
import { oidcProviderSchema, samlProviderSchema, serverCertificateSchema } from './provider-schemas.ts';
import { analyzerSchema, resourceSchema } from './resource-schemas.ts';
import { accountId, moment } from './values.ts';

/** What the account file holds once read: names and references not yet resolved. */
export type AccountFile = z.output<ReturnType<typeof accountFileSchema>>;

/** The form of the account file. Times are reckoned from `now`. `account-file.md` tells it for people. */
export const accountFileSchema = (now: Instant) => {
  const time = moment(now);
  return z.strictObject({
    accountId: accountId.prefault('123456789012'),
    partition: z.enum(PARTITIONS).default('aws'),
    alias: z
      .string()
      .regex(/^[a-z0-9](?:[a-z0-9]|-(?!-|$)){2,62}$/, 'an alias has 3 to 63 lower-case letters, digits and single `-`')
      .nullable()
      .default(null),
    root: rootSchema(time).prefault({}),
    passwordPolicy: passwordPolicy.nullable().default(null),
    quotas: quotas.prefault({}),
    policies: z.array(policySchema(time)).default([]),
    groups: z.array(groupSchema(time)).default([]),
    users: z.array(userSchema(time)).default([]),
    roles: z.array(roleSchema(time)).default([]),
    instanceProfiles: z.array(instanceProfileSchema(time)).default([]),
    serverCertificates: z.array(serverCertificateSchema(time)).default([]),
    samlProviders: z.array(samlProviderSchema(time)).default([]),
    oidcProviders: z.array(oidcProviderSchema(time)).default([]),
    resources: z.array(resourceSchema(time)).default([]),
    analyzers: z.array(analyzerSchema(time)).default([]),
  });
};

/** The quotas by the names of `LimitExceeded`; IAM's default where one is left out. */
const quotas = z
  .partialRecord(
    z.custom<QuotaName>((name) => typeof name === 'string' && Object.hasOwn(DEFAULT_QUOTAS, name)),
    z.int().min(0),
  )
  .transform((given): Quotas => ({ ...DEFAULT_QUOTAS, ...given }));

/** AWS's defaults where a member is left out. Source: `UpdateAccountPasswordPolicy`, IAM API reference. */
const passwordPolicy = z.strictObject({
  minimumPasswordLength: z.int().min(6).max(128).default(6),
  requireSymbols: z.boolean().default(false),
  requireNumbers: z.boolean().default(false),
  requireUppercaseCharacters: z.boolean().default(false),
  requireLowercaseCharacters: z.boolean().default(false),
  allowUsersToChangePassword: z.boolean().default(false),
  maxPasswordAge: z.int().min(1).max(1095).nullable().default(null),
  passwordReusePrevention: z.int().min(1).max(24).nullable().default(null),
  hardExpiry: z.boolean().default(false),
});
