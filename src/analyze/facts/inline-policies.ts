import type { InlinePolicy } from '../../snapshot/account-snapshot.ts';

/** Judges whether a user, group or role has inline policies: one result each, however many there are. */
export const judgeInlinePolicies = ({
  arn,
  inlinePolicies,
}: {
  readonly arn: string;
  readonly inlinePolicies: readonly InlinePolicy[];
}) => ({
  subject: { arn },
  outcome: inlinePolicies.length > 0 ? ('fail' as const) : ('pass' as const),
  evidence: { policies: inlinePolicies.map(({ policyName }) => policyName).sort() },
});

/** The number of policies in words: `1 inline policy`, `3 inline policies`. */
export const countInlinePolicies = (policies: readonly string[]): string =>
  `${policies.length} inline ${policies.length === 1 ? 'policy' : 'policies'}`;
