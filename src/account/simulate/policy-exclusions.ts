import { z } from 'zod';
import { arnParts, friendlyName } from '../../iam/arn.ts';
import { compileWildcard } from '../../iam/wildcard.ts';
import type { SourcePolicy } from './source-policies.ts';

/** The member `PolicyExclusionList` of an input. */
export const policyExclusions = z
  .array(
    z.object({
      PolicyType: z.enum(['aws-managed', 'inline', 'permission-boundary', 'rcp', 'scp', 'user-managed']).optional(),
      PolicyArn: z.string().min(20).max(2048).optional(),
      InlinePolicyIdentifier: z
        .object({
          PolicyName: z.string().min(1).max(128),
          AttachmentType: z.enum(['user', 'group', 'role']),
          AttachmentName: z.string().min(1).max(128),
        })
        .optional(),
    }),
  )
  .default([]);

type Exclusion = z.output<typeof policyExclusions>[number];

/**
 * Whether a simulation leaves a policy of the account out. A managed policy goes by its name, the path does not count; as
 * a boundary it goes by its type alone. Source: PolicyIdentifier, IAM API Reference, and recorded answers.
 */
export const isExcluded = (exclusions: readonly Exclusion[], policy: SourcePolicy): boolean =>
  exclusions.some((exclusion) => names(exclusion, policy));

const names = (
  { PolicyType, PolicyArn, InlinePolicyIdentifier }: Exclusion,
  { type, origin }: SourcePolicy,
): boolean => {
  if (origin === null) return false;
  if (type === 'Permissions Boundary Policy') return PolicyType === 'permission-boundary';
  if (origin.kind === 'inline') {
    if (PolicyType === 'inline') return true;
    if (InlinePolicyIdentifier === undefined) return false;
    const { PolicyName, AttachmentType, AttachmentName } = InlinePolicyIdentifier;
    return (
      AttachmentType === origin.holder &&
      PolicyName === origin.policyName &&
      compileWildcard(AttachmentName)(origin.holderName)
    );
  }
  const byAws = arnParts(origin.arn).account === 'aws';
  if (PolicyType === (byAws ? 'aws-managed' : 'user-managed')) return true;
  if (PolicyArn === undefined) return false;
  const sameAccount = PolicyArn.split(':')[4] === arnParts(origin.arn).account;
  return sameAccount && compileWildcard(friendlyName(PolicyArn))(friendlyName(origin.arn));
};
