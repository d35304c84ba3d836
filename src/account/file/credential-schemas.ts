import { z } from 'zod';
import { parseCertificates } from '../certificate-pem.ts';
import { parseSshPublicKey } from '../ssh-public-key.ts';
import { ENTITY_AGE, idWithPrefix, lastUse, type Moment } from './values.ts';

const status = z.enum(['Active', 'Inactive']).default('Active');

/** A user's console password in the account file; its dates follow the user's where they are left out. */
export const passwordSchema = (time: Moment) =>
  z.strictObject({
    password: z.string().min(1).max(128).nullable().default(null),
    createDate: time.optional(),
    lastChanged: time.optional(),
    lastUsed: time.nullable().default(null),
    resetRequired: z.boolean().default(false),
  });

/** Access keys in the account file: two at most. */
export const accessKeysSchema = (time: Moment) => {
  const used = { date: time, service: z.string().default('sts'), region: z.string().default('us-east-1') };
  const key = z.strictObject({
    accessKeyId: idWithPrefix('AKIA'),
    secretAccessKey: z
      .string()
      .regex(/^[A-Za-z0-9/+=]{1,128}$/, 'a secret access key has letters, digits and `/+=`')
      .nullable()
      .default(null),
    status,
    createDate: time,
    lastUsed: lastUse(z.strictObject(used)),
  });
  return z.array(key).max(2, 'a user has at most 2 access keys').default([]);
};

/** MFA devices in the account file. */
export const mfaSchema = (time: Moment) => {
  const device = z.strictObject({
    kind: z.enum(['virtual', 'hardware']),
    serialNumber: z
      .string()
      .regex(/^[\w+=/:,.@-]{9,256}$/, 'a serial number has 9 to 256 letters, digits and `_+=/:,.@-`')
      .nullable()
      .default(null),
    seed: z
      .string()
      .regex(/^[A-Z2-7]{16,128}$/, 'a seed is in Base32, without padding')
      .nullable()
      .default(null),
    enableDate: time.prefault(ENTITY_AGE),
  });
  return z.array(device).max(8, 'a user has at most 8 MFA devices').default([]);
};

/** SSH public keys in the account file. */
export const sshPublicKeysSchema = (time: Moment) =>
  z
    .array(
      z.strictObject({
        sshPublicKeyId: idWithPrefix('APKA'),
        sshPublicKeyBody: z.string().transform(sshPublicKey).optional(),
        status,
        uploadDate: time,
      }),
    )
    .default([]);

const sshPublicKey = (body: string, context: z.RefinementCtx) => {
  const key = parseSshPublicKey(body);
  if (typeof key !== 'string') return { body, fingerprint: key.fingerprint };
  context.addIssue({
    code: 'custom',
    message: 'an SSH public key is an RSA key of 2048 bits or more, as `ssh-rsa …` or in PEM',
  });
  return z.NEVER;
};

/** Signing certificates in the account file. */
export const signingCertificatesSchema = (time: Moment) => {
  const certificateId = z
    .string()
    .regex(/^[A-Z0-9]{24,128}$/, 'a certificate id has 24 to 128 capital letters and digits')
    .nullable()
    .default(null);
  return z
    .array(
      z.strictObject({
        certificateId,
        certificateBody: z.string().transform(certificate).optional(),
        status,
        uploadDate: time,
      }),
    )
    .default([]);
};

const certificate = (body: string, context: z.RefinementCtx) => {
  const [parsed, ...others] = parseCertificates(body) ?? [];
  if (parsed !== undefined && others.length === 0) return { body, fingerprint: parsed.fingerprint256 };
  context.addIssue({ code: 'custom', message: 'a certificate is one X.509 certificate in PEM' });
  return z.NEVER;
};

/** Service-specific credentials in the account file. */
export const serviceSpecificCredentialsSchema = (time: Moment) => {
  const credential = z.strictObject({
    serviceName: z.string().regex(/^[a-z0-9-]+\.amazonaws\.com$/, 'a service name is as `codecommit.amazonaws.com`'),
    serviceSpecificCredentialId: idWithPrefix('ACCA'),
    serviceUserName: z.string().nullable().default(null),
    status: z.enum(['Active', 'Inactive', 'Expired']).default('Active'),
    createDate: time,
    expirationDate: time.nullable().default(null),
  });
  return z.array(credential).default([]);
};
