import { z } from 'zod';
import {
  accessKeysSchema,
  mfaSchema,
  passwordSchema,
  serviceSpecificCredentialsSchema,
  signingCertificatesSchema,
  sshPublicKeysSchema,
} from './credential-schemas.ts';
import { usesSchema } from './resource-schemas.ts';
import { ENTITY_AGE, idWithPrefix, lastUse, type Moment, name, path, policyDocument, tags } from './values.ts';

const description = z.string().max(1000).nullable().default(null);

/** The root user of the account file. */
export const rootSchema = (time: Moment) =>
  z.strictObject({
    createDate: time.prefault('10y ago'),
    passwordLastUsed: time.nullable().default(null),
    accessKeys: accessKeysSchema(time),
    mfa: mfaSchema(time),
    signingCertificates: signingCertificatesSchema(time),
  });

/** A customer managed policy of the account file: one document, or versions. */
export const policySchema = (time: Moment) => {
  const version = z.strictObject({
    versionId: z.string().regex(/^v[1-9]\d*$/, 'a version id is `v1`, `v2`, …'),
    isDefaultVersion: z.boolean().default(false),
    createDate: time.optional(),
    document: policyDocument,
  });
  return z.strictObject({
    policyName: name(128),
    policyId: idWithPrefix('ANPA'),
    path,
    description,
    createDate: time.prefault(ENTITY_AGE),
    document: policyDocument.optional(),
    versions: z.array(version).max(5, 'a managed policy has at most 5 versions').optional(),
    tags,
  });
};

/** What users, groups and roles have in common. */
const holderParts = (time: Moment) => ({
  path,
  createDate: time.prefault(ENTITY_AGE),
  attachedPolicies: z.array(z.string()).default([]),
  inlinePolicies: z.array(z.strictObject({ policyName: name(128), document: policyDocument })).default([]),
});

/** What users and roles have in common. */
const principalParts = (time: Moment) => ({
  ...holderParts(time),
  permissionsBoundary: z.string().nullable().default(null),
  uses: usesSchema(time),
  tags,
});

/** A group of the account file. */
export const groupSchema = (time: Moment) =>
  z.strictObject({ groupName: name(128), groupId: idWithPrefix('AGPA'), ...holderParts(time) });

/** A user of the account file. */
export const userSchema = (time: Moment) =>
  z.strictObject({
    userName: name(64),
    userId: idWithPrefix('AIDA'),
    ...principalParts(time),
    groups: z.array(z.string()).max(10, 'a user is in at most 10 groups').default([]),
    password: passwordSchema(time).nullable().default(null),
    accessKeys: accessKeysSchema(time),
    mfa: mfaSchema(time),
    sshPublicKeys: sshPublicKeysSchema(time),
    signingCertificates: signingCertificatesSchema(time),
    serviceSpecificCredentials: serviceSpecificCredentialsSchema(time),
  });

/** A role of the account file. */
export const roleSchema = (time: Moment) =>
  z.strictObject({
    roleName: name(64),
    roleId: idWithPrefix('AROA'),
    ...principalParts(time),
    description,
    maxSessionDuration: z.int().min(3600).max(43200).default(3600),
    assumeRolePolicyDocument: policyDocument,
    lastUsed: lastUse(z.strictObject({ date: time, region: z.string().default('us-east-1') })),
  });

/** An instance profile of the account file. */
export const instanceProfileSchema = (time: Moment) =>
  z.strictObject({
    instanceProfileName: name(128),
    instanceProfileId: idWithPrefix('AIPA'),
    path,
    createDate: time.prefault(ENTITY_AGE),
    roles: z.array(z.string()).max(1, 'an instance profile holds at most one role').default([]),
    tags,
  });
