import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { idleText, judgeIdleStatements } from '../../statements/idle-statements.ts';

/** A Deny statement denies nothing, or less than is written. */
export const policyDenyProtectsNothing = defineCheck({
  id: 'policy-deny-protects-nothing',
  title: 'Policy denies actions that no request can be',
  category: 'policy',
  severity: 'medium',
  resourceType: ['ManagedPolicy', 'User', 'Group', 'Role'],
  reads: ACCESS_PARTS,
  doc: {
    what: 'Whether Deny statements of the account’s own policies name services, actions, condition operators or keys that AWS does not have, actions that never work on the resources of the statement (`s3:DeleteBucket` on `bucket/*`), condition keys that none of the actions sends (`iam:PassedToService` on `lambda:CreateFunction`), conditions that contradict each other or ask for a time that is over. Worse where a whole statement denies nothing. AWS’s service reference of the day that the evidence tells says what there is.',
    risk: 'What everybody believes to be forbidden is not: a typing error took the protection away.',
    remediation: [
      'Correct the names, or give the actions the resources that they work on.',
      'Ask the policy simulator whether the request is denied now.',
    ],
    references: [
      'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_testing-policies.html',
    ],
  },
  frameworks: [],
  defaults: {},

  *run(snapshot, tools) {
    for (const judgement of judgeIdleStatements(snapshot, tools, 'Deny')) {
      const isWorse = judgement.outcome === 'fail' && judgement.evidence.anyWhole;
      yield isWorse ? { ...judgement, severity: 'high' } : judgement;
    }
  },

  summary: (facts, { name, part }) => `Policy ${part || name} denies what no request can be: ${idleText(facts)}.`,
});
