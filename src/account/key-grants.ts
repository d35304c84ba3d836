import { z } from 'zod';
import type { KeyGrantDocument } from '../snapshot/resource.ts';
import type { ResourceState } from './resource-state.ts';

/** What a grant asks of the encryption context. */
export const grantConstraints = z.object({
  EncryptionContextSubset: z.record(z.string(), z.string()).optional(),
  EncryptionContextEquals: z.record(z.string(), z.string()).optional(),
});

const grants = z.array(
  z.object({
    GrantId: z.string(),
    Name: z.string().optional(),
    GranteePrincipal: z.string(),
    RetiringPrincipal: z.string().optional(),
    Operations: z.array(z.string()),
    Constraints: grantConstraints.optional(),
  }),
);

/** The grants of a key, in order of creation. */
export const grantsOf = ({ attributes }: ResourceState): readonly KeyGrantDocument[] =>
  grants.parse(JSON.parse(attributes['grants'] ?? '[]'));

/** The key with these grants in place of what it had. */
export const withGrants = (key: ResourceState, given: readonly KeyGrantDocument[]): ResourceState => ({
  ...key,
  attributes: { ...key.attributes, grants: JSON.stringify(given) },
});
