import { type Arn, iamArn } from '../../iam/arn.ts';
import type { AccountSnapshot } from '../../snapshot/account-snapshot.ts';

/** The lists that tell who has a policy attached. */
export const ATTACHMENT_PARTS = ['users', 'groups', 'roles'] as const;

/** Judges whether anybody has an AWS managed policy attached, roles of permission sets included. */
export const judgeAttachedAnywhere = (snapshot: AccountSnapshot, policyName: string) => {
  const subject = { arn: iamArn(snapshot.partition, snapshot.accountId, 'root') };
  const policyArn = iamArn(snapshot.partition, 'aws', `policy/${policyName}`);
  const attachedTo = holdersOf(snapshot, policyArn);
  const cut = ATTACHMENT_PARTS.map((part) => snapshot.missingParts.get(part)).find((gap) => gap !== undefined);
  // On a list that was cut short, whoever has the policy may stand on the rest.
  if (attachedTo.length === 0 && cut !== undefined) return { subject, outcome: 'unknown' as const, gap: cut };
  return {
    subject,
    outcome: attachedTo.length > 0 ? ('pass' as const) : ('fail' as const),
    evidence: { policyArn, attachedTo },
  };
};

const holdersOf = ({ users, groups, roles }: AccountSnapshot, policyArn: Arn): readonly Arn[] =>
  [...users, ...groups, ...roles]
    .filter(({ attachedManagedPolicies }) => attachedManagedPolicies.some((policy) => policy.policyArn === policyArn))
    .map(({ arn }) => arn);
