import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { judgeReach, underConditions } from '../../reach/judge-reach.ts';
import { SENSITIVE_SERVICES, serviceOf, wholeService } from '../../reach/whole-services.ts';

/** A user or role is granted every action of a sensitive service, those to come included. */
export const principalHoldsWholeSensitiveService = defineCheck({
  id: 'principal-holds-whole-sensitive-service',
  title: 'Principal is granted all actions of a sensitive service',
  category: 'policy',
  severity: 'medium',
  resourceType: ['User', 'Role'],
  reads: ACCESS_PARTS,
  doc: {
    what: 'Whether a user or role is granted a service as a whole (`kms:*`, or all but some others) on all resources, with denials, boundary and SCPs counted. Single actions may be denied. `services` are those that decide who may do what, hold keys, secrets or data, or keep the traces. Administrators, and those who can make themselves one, are left out: that is their finding.',
    risk: 'It may read and destroy all that the service keeps, and gets each action that AWS adds.',
    remediation: [
      'Name the actions that are needed, starting from what last accessed information says is used.',
      'Limit those that change or delete to the resources of the task.',
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html',
    ],
  },
  frameworks: [],
  defaults: { services: SENSITIVE_SERVICES },

  *run(snapshot, tools) {
    const byPrincipal = tools.reachOf(tools.options.services.map(wholeService));
    const severityOf = (_: unknown, conditional: boolean) => (conditional ? 'low' : 'medium');
    for (const judgement of judgeReach(snapshot, tools, byPrincipal, severityOf)) {
      if (judgement.outcome === 'unknown') {
        yield judgement;
        continue;
      }
      const { actions, ...evidence } = judgement.evidence;
      yield { ...judgement, evidence: { ...evidence, services: actions.map(serviceOf) } };
    }
  },

  summary: (facts, { name }) =>
    `${facts.principalType} ${name} is granted all actions of ${facts.services.join(', ')} on all resources${underConditions(facts)}.`,
});
