import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { judgeReach, underConditions } from '../../reach/judge-reach.ts';
import { permissionsQuestions } from '../../reach/permissions-questions.ts';
import { reachBesidesWholeServices } from '../../reach/whole-services.ts';

/** A user or role that is no administrator may change who has access to all resources of a kind. */
export const principalManagesPermissionsEverywhere = defineCheck({
  id: 'principal-manages-permissions-everywhere',
  title: 'Principal may change the permissions of all resources of a kind',
  category: 'policy',
  severity: 'medium',
  resourceType: ['User', 'Role'],
  reads: ACCESS_PARTS,
  doc: {
    what: 'Whether a user or role is granted actions of access level Permissions management (`s3:PutBucketPolicy`, `kms:CreateGrant`, `lambda:AddPermission`, …) on all resources, with denials, boundary and SCPs counted. Administrators are left out, and services that the principal is granted as a whole where they carry messages, logs and tables, or where it holds a sensitive service as a whole too, which is a finding of its own.',
    risk: 'It can open data, keys and code to itself and to strangers, whatever its other permissions are.',
    remediation: [
      'Leave these actions to the roles that deploy, and name the resources they are for.',
      'Where a task needs them, deny the rest of the resources or ask for a tag of the resource.',
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html',
    ],
  },
  frameworks: [],
  defaults: {},

  *run(snapshot, tools) {
    const questions = permissionsQuestions(snapshot, tools.reference);
    const byPrincipal = reachBesidesWholeServices(tools.reachOf, questions, DEPLOYED_AS_A_WHOLE);
    const severityOf = (_: unknown, conditional: boolean) => (conditional ? 'low' : 'medium');
    yield* judgeReach(snapshot, tools, byPrincipal, severityOf);
  },

  summary: (facts, { name }) =>
    `${facts.principalType} ${name} may change permissions on all resources with ${facts.actions.length === 1 ? facts.actions[0] : `${facts.actions.length} actions, ${facts.actions[0]} among them`}${underConditions(facts)}.`,
});

// Whoever deploys queues, topics, logs and tables is granted all of it, and what strangers can do with them is told of each.
// Those who hold all of Lambda or ECR open code.
const DEPLOYED_AS_A_WHOLE: readonly string[] = ['dynamodb', 'logs', 'sns', 'sqs'];
