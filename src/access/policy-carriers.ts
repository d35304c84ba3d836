import type { CompiledPolicy } from '../policy/compile-policy.ts';
import type { PolicyDocument } from '../policy/policy-document.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import type { PolicyCarrier } from './permissions/read-clauses.ts';

/** The resources of an account that carry a policy: those that were listed, and its roles. */
export const policyCarriers = (
  { resources, roles, accountId }: AccountSnapshot,
  compile: (document: PolicyDocument) => CompiledPolicy,
): readonly PolicyCarrier[] => [
  ...(resources.known ? resources.value : []).flatMap(({ arn, policy }) =>
    policy === null || isForeign(arn, accountId)
      ? []
      : [{ arn, policy: { name: `${arn}#policy`, policy: compile(policy) }, isRole: false }],
  ),
  ...roles.map(({ arn, trustPolicy }) => ({
    arn,
    policy: { name: `${arn}#trust`, policy: compile(trustPolicy) },
    isRole: true,
  })),
];

/** Whether an ARN is of another account. */
const isForeign = (arn: string, accountId: string): boolean => {
  const account = arn.split(':')[4];
  return account !== '' && account !== accountId;
};
