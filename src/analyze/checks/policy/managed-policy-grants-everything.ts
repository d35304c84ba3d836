import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { holdersByPolicy } from '../../facts/policy-holders.ts';
import { isStopped } from '../../facts/stopped-holder.ts';
import { unreadDocumentGap } from '../../facts/unread-policy.ts';

/** A managed policy that allows everything is attached to somebody. */
export const managedPolicyGrantsEverything = defineCheck({
  id: 'managed-policy-grants-everything',
  title: 'Managed policy that allows everything is in use',
  category: 'policy',
  severity: 'high',
  resourceType: 'ManagedPolicy',
  reads: ACCESS_PARTS,
  doc: {
    what: 'Whether the default version of a managed policy allows every action on every resource, and who has it. A policy that is attached to nobody, or only to roles of permission sets, passes; as a permissions boundary it grants nothing. Milder for AWS managed policies, which everybody recognizes, and where boundaries or denials stop all who have it.',
    risk: 'Each principal that has it owns the account, and nothing in the policy says what it is for.',
    remediation: [
      'Attach policies for the task instead, starting from what last accessed information says is used.',
      'Keep administrators few, with MFA, and their access by way of IAM Identity Center.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege'],
  },
  frameworks: [
    'cis-aws-7.0:2.14',
    'cis-aws-6.0:2.15',
    'cis-aws-5.0:1.15',
    'cis-aws-4.0:1.16',
    'cis-aws-3.0:1.16',
    'cis-aws-2.0:1.16',
    'cis-aws-1.5:1.16',
    'cis-aws-1.4:1.16',
    'cis-aws-1.2:1.22',
  ],
  defaults: {},

  *run(snapshot, tools) {
    const { access } = tools;
    const holders = holdersByPolicy(snapshot);
    for (const { arn, awsManaged, versions } of snapshot.managedPolicies) {
      const document = versions.find(({ isDefaultVersion }) => isDefaultVersion)?.document;
      const gap = document === undefined || !holders.has(arn) ? null : unreadDocumentGap(arn, document);
      if (gap !== null) {
        yield { subject: { arn }, outcome: 'unknown', gap };
        continue;
      }
      const extent = document === undefined ? 'no' : access.documentGrantsEverything(document);
      const attachedTo = extent === 'no' ? [] : (holders.get(arn) ?? []);
      const allStopped = attachedTo.every((holder) => isStopped(holder, tools));
      const milder = awsManaged || extent === 'conditional' ? ('medium' as const) : ('high' as const);
      yield {
        subject: { arn },
        outcome: attachedTo.length > 0 ? 'fail' : 'pass',
        severity: allStopped ? 'low' : milder,
        evidence: {
          grantsEverything: extent,
          awsManaged,
          attachedTo: attachedTo.map((holder) => holder.arn),
          allStopped,
        },
      };
    }
  },

  summary: ({ attachedTo, allStopped, grantsEverything }, { name }) =>
    `Policy ${name} allows everything${grantsEverything === 'conditional' ? ', under conditions,' : ''} and is attached to ${attachedTo.length} ${attachedTo.length === 1 ? 'principal or group' : 'principals and groups'}${allStopped ? ', which boundaries or denials stop' : ''}.`,
});
