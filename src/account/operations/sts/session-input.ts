import { z } from 'zod';

// The constraints that AWS's STS API reference states for the members of its input shapes.

/** The ARN of a role or of another principal. */
export const arn = z.string().min(20).max(2048);

/** The name of a session, of a federated user or a source identity, between a least and a greatest length. */
const word = (min: number, max: number) =>
  z
    .string()
    .min(min)
    .max(max)
    .regex(/^[\w+=,.@-]*$/);

/** `RoleSessionName`. */
export const roleSessionName = word(2, 64);

/** `SourceIdentity`. */
export const sourceIdentity = word(2, 64);

/** The `Name` of a federated user. */
export const federatedName = word(2, 32);

/** `ExternalId`. */
export const externalId = z
  .string()
  .min(2)
  .max(1224)
  .regex(/^[\w+=,.@:/-]*$/);

const tag = z.object({
  Key: z
    .string()
    .min(1)
    .max(128)
    .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u),
  Value: z
    .string()
    .max(256)
    .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u),
});

/** The session tags that a call passes. */
export const tags = z.array(tag).max(50).default([]);

/** `TransitiveTagKeys`. */
export const transitiveTagKeys = z.array(z.string().min(1).max(128)).max(50).default([]);

/** The members that pass session policies. */
export const sessionPolicies = {
  Policy: z
    .string()
    .min(1)
    .max(2048)
    .regex(/^[\t\n\r\u0020-\u00ff]+$/)
    .optional(),
  PolicyArns: z
    .array(z.object({ arn: arn.optional() }))
    .max(10)
    .default([]),
};

/** The members that name an MFA device and its code. */
export const mfaInput = {
  SerialNumber: z
    .string()
    .min(9)
    .max(256)
    .regex(/^[\w+=/:,.@-]*$/)
    .optional(),
  TokenCode: z.string().length(6).regex(/^\d*$/).optional(),
};

/** The members that shape the token. */
export const tokenSize = { MinimumSessionTokenSize: z.int().min(0).max(4096).default(0) };

/** `DurationSeconds`, of 15 minutes and more. */
export const duration = (max: number) => z.int().min(900).max(max);
