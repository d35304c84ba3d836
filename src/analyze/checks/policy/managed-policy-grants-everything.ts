import type { AccountSnapshot, ManagedPolicy } from '../../../snapshot/account-snapshot.ts';
import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { isManagedByAws } from '../../facts/managed-by-aws.ts';

/** A managed policy that allows everything is attached to somebody. */
export const managedPolicyGrantsEverything = defineCheck({
  id: 'managed-policy-grants-everything',
  title: 'Managed policy that allows everything is in use',
  category: 'policy',
  severity: 'high',
  resourceType: 'ManagedPolicy',
  reads: ACCESS_PARTS,
  doc: {
    what: 'Whether the default version of a managed policy allows every action on every resource, and who has it. A policy that is attached to nobody, or only to roles of permission sets, passes; as a permissions boundary it grants nothing. Milder for AWS managed policies, which everybody recognizes.',
    risk: 'Each principal that has it owns the account, and nothing in the policy says what it is for.',
    remediation: [
      'Attach policies for the task instead, starting from what last accessed information says is used.',
      'Keep administrators few, with MFA, and their access by way of IAM Identity Center.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege'],
  },
  frameworks: ['cis-aws-7.0:2.14'],
  defaults: {},

  *run(snapshot, { access }) {
    const holders = holdersByPolicy(snapshot);
    for (const { arn, awsManaged, versions } of snapshot.managedPolicies) {
      const document = versions.find(({ isDefaultVersion }) => isDefaultVersion)?.document;
      const attachedTo = holders.get(arn) ?? [];
      const extent = document === undefined ? 'no' : access.documentGrantsEverything(document);
      const fails = extent !== 'no' && attachedTo.length > 0;
      yield {
        subject: { arn },
        outcome: fails ? 'fail' : 'pass',
        ...(awsManaged || extent === 'conditional' ? { severity: 'medium' as const } : {}),
        evidence: { grantsEverything: extent, awsManaged, attachedTo: fails ? attachedTo : [] },
      };
    }
  },

  summary: ({ attachedTo, grantsEverything }, { name }) =>
    `Policy ${name} allows everything${grantsEverything === 'conditional' ? ', under conditions,' : ''} and is attached to ${attachedTo.length} ${attachedTo.length === 1 ? 'principal or group' : 'principals and groups'}.`,
});

const holdersByPolicy = ({
  users,
  groups,
  roles,
}: AccountSnapshot): ReadonlyMap<ManagedPolicy['arn'], readonly string[]> => {
  const holders = new Map<ManagedPolicy['arn'], string[]>();
  for (const { arn, attachedManagedPolicies } of [
    ...users,
    ...groups,
    ...roles.filter((role) => !isManagedByAws(role)),
  ]) {
    for (const { policyArn } of attachedManagedPolicies) {
      const known = holders.get(policyArn);
      if (known === undefined) holders.set(policyArn, [arn]);
      else known.push(arn);
    }
  }
  return holders;
};
