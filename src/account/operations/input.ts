import { z } from 'zod';

// The constraints that IAM's API reference states for the members of its input shapes.

const pattern = /^[\w+=,.@-]+$/;

/** The name of a user. */
export const userName = z.string().min(1).max(128).regex(pattern);

/** The name of a role. */
export const roleName = z.string().min(1).max(64).regex(pattern);

/** The name of a group, policy, instance profile or server certificate. */
export const entityName = z.string().min(1).max(128).regex(pattern);

/** An ARN. */
export const arnText = z.string().min(20).max(2048);

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
