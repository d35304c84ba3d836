import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { idleText, judgeIdleStatements } from '../../statements/idle-statements.ts';

/** An Allow statement grants nothing, or less than is written. */
export const policyStatementNeverGrants = defineCheck({
  id: 'policy-statement-never-grants',
  title: 'Policy allows actions that no request can be',
  category: 'policy',
  severity: 'low',
  resourceType: ['ManagedPolicy', 'User', 'Group', 'Role'],
  reads: ACCESS_PARTS,
  doc: {
    what: 'Whether Allow statements of the account’s own policies name services, actions, condition operators or keys that AWS does not have, actions that never work on the resources of the statement (`s3:GetObject` on a bucket without `/*`), condition keys that none of the actions sends (`iam:PassedToService` on `lambda:CreateFunction`), conditions that contradict each other or ask for a time that is over. AWS’s service reference of the day that the evidence tells says what there is; names that AWS’s own policies use are taken to exist.',
    risk: 'Somebody waits for access that never comes, and in the end gets much more than was meant.',
    remediation: [
      'Correct the names, or give the actions the resources that they work on.',
      'Delete what is not needed.',
    ],
    references: [
      'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
    ],
  },
  frameworks: [],
  defaults: {},

  *run(snapshot, tools) {
    yield* judgeIdleStatements(snapshot, tools, 'Allow');
  },

  summary: (facts, { name, part }) => `Policy ${part || name} allows what no request can be: ${idleText(facts)}.`,
});
