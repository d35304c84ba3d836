import type { Arn } from '../../../iam/arn.ts';
import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';

/** Customer managed policies say word for word the same. */
export const managedPolicyDuplicated = defineCheck({
  id: 'managed-policy-duplicated',
  title: 'Managed policy says the same as another',
  category: 'policy',
  severity: 'info',
  resourceType: 'ManagedPolicy',
  reads: ACCESS_PARTS,
  doc: {
    what: 'Whether the default versions of customer managed policies, or of one and an AWS managed policy that is in use, are the same document. It is told once, of the one whose ARN comes first.',
    risk: 'A correction of one leaves the others as they are.',
    remediation: ['Attach one of them everywhere, and delete the others.'],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html'],
  },
  frameworks: [],
  defaults: {},

  *run({ managedPolicies }) {
    const byHash = new Map<string, { readonly own: Arn[]; readonly ofAws: Arn[] }>();
    for (const { arn, awsManaged, versions } of managedPolicies) {
      const document = versions.find(({ isDefaultVersion }) => isDefaultVersion)?.document;
      if (document === undefined || document.statements.length === 0) continue;
      const same = byHash.get(document.hash) ?? { own: [], ofAws: [] };
      byHash.set(document.hash, same);
      (awsManaged ? same.ofAws : same.own).push(arn);
    }
    for (const { own, ofAws } of byHash.values()) {
      const [first, ...others] = own.sort();
      if (first === undefined) continue;
      const sameAs = [...others, ...ofAws.sort()];
      yield { subject: { arn: first }, outcome: sameAs.length > 0 ? 'fail' : 'pass', evidence: { sameAs } };
    }
  },

  summary: ({ sameAs }, { name }) => `Policy ${name} says the same as ${sameAs.join(', ')}.`,
});
