import { z } from 'zod';
import type { Result } from '../../../kernel/result.ts';
import { ok } from '../../../kernel/result.ts';
import type { AwsError } from '../../aws-error.ts';
import type { Answer } from '../../operation.ts';
import { POLICY_TYPES } from '../../organization-state.ts';
import { cutPage } from '../page.ts';
import { invalidInput } from './organization-operation.ts';

// The constraints that AWS's Organizations API reference states for the members of its input shapes.

/** The id of an account. */
export const accountId = z.string().regex(/^\d{12}$/);

/** The id of a root. */
export const rootId = z.string().regex(/^r-[0-9a-z]{4,32}$/);

/** The id of an organizational unit. */
export const unitId = z.string().regex(/^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$/);

/** The id of a root or a unit. */
export const parentId = z.string().regex(/^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/);

/** The id of what a policy can be attached to. */
export const targetId = z.string().regex(/^(r-[0-9a-z]{4,32}|\d{12}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/);

/** The id of a policy. */
export const policyId = z.string().regex(/^p-[0-9a-zA-Z_]{8,128}$/);

/** The id of what can have tags. */
export const taggableId = z
  .string()
  .regex(/^(r-[0-9a-z]{4,32}|\d{12}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}|p-[0-9a-zA-Z_]{8,128}|rp-[0-9a-zA-Z_]{4,128})$/);

/** A type of policies. */
export const policyType = z.enum(POLICY_TYPES);

/** The principal of a service. */
export const servicePrincipal = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\w+=,.@-]*$/);

/** The member `Tags`. */
export const tags = z
  .array(
    z.object({
      Key: z
        .string()
        .min(1)
        .max(128)
        .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u),
      Value: z
        .string()
        .max(256)
        .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u),
    }),
  )
  .max(50);

/** The members that a paged list takes. */
export const paging = {
  NextToken: z.string().max(100_000).optional(),
  MaxResults: z.int().min(1).max(20).default(20),
};

/** One page of a list in key order, under the name that the answer has for it. */
export const pageAnswer = <T>(
  name: string,
  { NextToken, MaxResults }: { readonly NextToken?: string | undefined; readonly MaxResults: number },
  from: (key: string) => Iterable<readonly [string, T]>,
  view: (item: T) => unknown,
): Result<Answer, AwsError> => {
  const cut = cutPage(name, NextToken, MaxResults, from);
  return cut === null ? invalidInput('INVALID_NEXT_TOKEN') : ok({ [name]: cut.items.map(view), NextToken: cut.next });
};
