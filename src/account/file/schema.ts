import { z } from 'zod';
import { parseAccountId } from '../../iam/account-id.ts';
import type { Instant } from '../../kernel/time.ts';
import { idWithPrefix, moment, name, path, policyDocument, tags } from './values.ts';

/** What the account file holds once read: names and references not yet resolved. */
export type AccountFile = z.output<ReturnType<typeof accountFileSchema>>;

/** The form of the account file. Times are reckoned from `now`. `account-file.md` tells it for people. */
export const accountFileSchema = (now: Instant) => {
  const parts = partsOfFile(now);
  return z.strictObject({
    accountId: z
      .string({ error: 'an account id is text: put its twelve digits between quotes' })
      .default('123456789012')
      .transform((text, context) => {
        const parsed = parseAccountId(text);
        if (parsed.ok) return parsed.value;
        context.addIssue({ code: 'custom', message: parsed.error });
        return z.NEVER;
      }),
    partition: z
      .enum(['aws', 'aws-cn', 'aws-us-gov', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f', 'aws-eusc'])
      .default('aws'),
    alias: z
      .string()
      .regex(/^[a-z0-9](?:[a-z0-9]|-(?!-|$)){2,62}$/, 'an alias has 3 to 63 lower-case letters, digits and single `-`')
      .nullable()
      .default(null),
    root: parts.root.prefault({}),
    passwordPolicy: passwordPolicy.nullable().default(null),
    policies: z.array(parts.policy).default([]),
    groups: z.array(parts.group).default([]),
    users: z.array(parts.user).default([]),
    roles: z.array(parts.role).default([]),
    instanceProfiles: z.array(parts.instanceProfile).default([]),
    serverCertificates: z.array(parts.serverCertificate).default([]),
    samlProviders: z.array(parts.samlProvider).default([]),
    oidcProviders: z.array(parts.oidcProvider).default([]),
  });
};

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

/** When an entity was made, where the file does not say. */
const ENTITY_AGE = '1y ago';

const status = z.enum(['Active', 'Inactive']).default('Active');

const partsOfFile = (now: Instant) => {
  const time = moment(now);
  const credentials = credentialParts(now);
  const holder = {
    path,
    createDate: time.prefault(ENTITY_AGE),
    attachedPolicies: z.array(z.string()).default([]),
    inlinePolicies: z.array(z.strictObject({ policyName: name(128), document: policyDocument })).default([]),
  };
  const principal = { ...holder, permissionsBoundary: z.string().nullable().default(null), tags };
  return {
    root: z.strictObject({
      createDate: time.prefault('10y ago'),
      passwordLastUsed: time.nullable().default(null),
      accessKeys: z.array(credentials.accessKey).max(2, 'the root user has at most 2 access keys').default([]),
      mfa: z.array(credentials.mfaDevice).default([]),
      signingCertificates: z.array(credentials.signingCertificate).default([]),
    }),
    policy: z.strictObject({
      policyName: name(128),
      policyId: idWithPrefix('ANPA'),
      path,
      description: z.string().max(1000).nullable().default(null),
      createDate: time.prefault(ENTITY_AGE),
      document: policyDocument.optional(),
      versions: z
        .array(
          z.strictObject({
            versionId: z.string().regex(/^v[1-9]\d*$/, 'a version id is `v1`, `v2`, …'),
            isDefaultVersion: z.boolean().default(false),
            createDate: time.optional(),
            document: policyDocument,
          }),
        )
        .max(5, 'a managed policy has at most 5 versions')
        .optional(),
      tags,
    }),
    group: z.strictObject({ groupName: name(128), groupId: idWithPrefix('AGPA'), ...holder }),
    user: z.strictObject({
      userName: name(64),
      userId: idWithPrefix('AIDA'),
      ...principal,
      groups: z.array(z.string()).max(10, 'a user is in at most 10 groups').default([]),
      password: credentials.password.nullable().default(null),
      accessKeys: z.array(credentials.accessKey).max(2, 'a user has at most 2 access keys').default([]),
      mfa: z.array(credentials.mfaDevice).max(8, 'a user has at most 8 MFA devices').default([]),
      sshPublicKeys: z.array(credentials.sshPublicKey).default([]),
      signingCertificates: z.array(credentials.signingCertificate).default([]),
      serviceSpecificCredentials: z.array(credentials.serviceSpecificCredential).default([]),
    }),
    role: z.strictObject({
      roleName: name(64),
      roleId: idWithPrefix('AROA'),
      ...principal,
      description: z.string().max(1000).nullable().default(null),
      maxSessionDuration: z.int().min(3600).max(43200).default(3600),
      assumeRolePolicyDocument: policyDocument,
      lastUsed: z
        .preprocess(dateAlone, z.strictObject({ date: time, region: z.string().default('us-east-1') }))
        .nullable()
        .default(null),
    }),
    instanceProfile: z.strictObject({
      instanceProfileName: name(128),
      instanceProfileId: idWithPrefix('AIPA'),
      path,
      createDate: time.prefault(ENTITY_AGE),
      roles: z.array(z.string()).max(1, 'an instance profile holds at most one role').default([]),
      tags,
    }),
    serverCertificate: z.strictObject({
      serverCertificateName: name(128),
      serverCertificateId: idWithPrefix('ASCA'),
      path,
      uploadDate: time,
      expiration: time,
    }),
    samlProvider: z.strictObject({ name: name(128), createDate: time.prefault(ENTITY_AGE), validUntil: time, tags }),
    oidcProvider: z.strictObject({
      url: z.string().regex(/^https:\/\/[^\s]+$/, 'the url of an OIDC provider begins with `https://`'),
      clientIds: z.array(z.string().min(1).max(255)).max(100).default([]),
      thumbprints: z
        .array(z.string().regex(/^[0-9A-Fa-f]{40}$/, 'a thumbprint has 40 hexadecimal digits'))
        .max(5)
        .default([]),
      createDate: time.prefault(ENTITY_AGE),
      tags,
    }),
  };
};

const credentialParts = (now: Instant) => {
  const time = moment(now);
  return {
    password: z.strictObject({
      createDate: time.optional(),
      lastChanged: time.optional(),
      lastUsed: time.nullable().default(null),
      resetRequired: z.boolean().default(false),
    }),
    accessKey: z.strictObject({
      accessKeyId: idWithPrefix('AKIA'),
      status,
      createDate: time,
      lastUsed: z
        .preprocess(
          dateAlone,
          z.strictObject({ date: time, service: z.string().default('sts'), region: z.string().default('us-east-1') }),
        )
        .nullable()
        .default(null),
    }),
    mfaDevice: z.strictObject({
      kind: z.enum(['virtual', 'hardware']),
      serialNumber: z
        .string()
        .regex(/^[\w+=/:,.@-]{9,256}$/, 'a serial number has 9 to 256 letters, digits and `_+=/:,.@-`')
        .nullable()
        .default(null),
      enableDate: time.prefault(ENTITY_AGE),
    }),
    sshPublicKey: z.strictObject({ sshPublicKeyId: idWithPrefix('APKA'), status, uploadDate: time }),
    signingCertificate: z.strictObject({
      certificateId: z
        .string()
        .regex(/^[A-Z0-9]{24,128}$/, 'a certificate id has 24 to 128 capital letters and digits')
        .nullable()
        .default(null),
      status,
      uploadDate: time,
    }),
    serviceSpecificCredential: z.strictObject({
      serviceName: z.string().regex(/^[a-z0-9-]+\.amazonaws\.com$/, 'a service name is as `codecommit.amazonaws.com`'),
      serviceSpecificCredentialId: idWithPrefix('ACCA'),
      serviceUserName: z.string().nullable().default(null),
      status: z.enum(['Active', 'Inactive', 'Expired']).default('Active'),
      createDate: time,
      expirationDate: time.nullable().default(null),
    }),
  };
};

/** A last use may be written as its date alone. */
const dateAlone = (value: unknown): unknown => (typeof value === 'string' ? { date: value } : value);
