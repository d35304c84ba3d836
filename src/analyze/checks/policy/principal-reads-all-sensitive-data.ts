import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { dataQuestions } from '../../reach/data-questions.ts';
import { judgeReach, type ReachSeverity, underConditions } from '../../reach/judge-reach.ts';
import { reachBesidesWholeServices } from '../../reach/whole-services.ts';

/** A user or role may read all secrets, parameters, objects, or get credentials for all of something. */
export const principalReadsAllSensitiveData = defineCheck({
  id: 'principal-reads-all-sensitive-data',
  title: 'Principal may read all secrets, objects or credentials of a kind',
  category: 'policy',
  severity: 'medium',
  resourceType: ['User', 'Role'],
  reads: ACCESS_PARTS,
  doc: {
    what: 'Whether a user or role is granted, on all resources, an action whose answer holds secrets, data or credentials: values of secrets and parameters, S3 objects, decryption with every KMS key, passwords and logins of instances and databases. Denials, boundary and SCPs are counted; conditions on tags of the resource make it pass. Administrators are left out, and services that the principal is granted as a whole, which is a finding of its own.',
    risk: 'Whoever gets hold of the principal reads what belongs to all other applications of the account, and goes on with their credentials.',
    remediation: [
      'Name the secrets, parameters, buckets and keys that are needed in the `Resource` of the statements.',
      'Where names are not known beforehand, ask for a tag of the resource that equals the tag of the principal.',
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
      'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples.html',
    ],
  },
  frameworks: [],
  defaults: {},

  *run(snapshot, tools) {
    const byPrincipal = reachBesidesWholeServices(tools.reachOf, dataQuestions(snapshot));
    yield* judgeReach(snapshot, tools, byPrincipal, severityOf);
  },

  summary: (facts, { name }) =>
    `${facts.principalType} ${name} may call ${facts.actions.join(', ')} on all resources${underConditions(facts)}.`,
});

// What a key decrypts must be read first; and a key's policy has a say as well.
const severityOf: ReachSeverity = (actions, conditional) =>
  conditional || actions.every((action) => action === 'kms:Decrypt') ? 'low' : 'medium';
