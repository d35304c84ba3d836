import { iamArn } from '../../../iam/arn.ts';
import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { judgeReach, underConditions } from '../../reach/judge-reach.ts';

/** A user or role may pass every role of the account to every service. */
export const principalCanPassAnyRole = defineCheck({
  id: 'principal-can-pass-any-role',
  title: 'Principal can pass any role to any service',
  category: 'policy',
  severity: 'high',
  resourceType: ['User', 'Role'],
  reads: ACCESS_PARTS,
  doc: {
    what: 'Whether a user or role is granted `iam:PassRole` on all roles of the account, whatever the service that gets them, with denials, boundary and SCPs counted. Administrators, and those who can make themselves one, are left out: that is their finding.',
    risk: 'Whoever may also start something that runs as a role can have it run as the strongest role of the account.',
    remediation: [
      'Name the roles that it needs to pass in the `Resource` of the statement.',
      'Ask for the services that may get them with `iam:PassedToService`.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html'],
  },
  frameworks: [],
  defaults: {},

  *run(snapshot, tools) {
    const pattern = iamArn(snapshot.partition, snapshot.accountId, 'role/*');
    // A service that no policy names stands for all of them.
    const context = { 'iam:PassedToService': 'whatever-it-is.amazonaws.com' };
    const questions = [{ action: 'iam:PassRole', pattern, context }];
    const severityOf = (_: unknown, conditional: boolean) => (conditional ? 'medium' : 'high');
    yield* judgeReach(snapshot, tools, tools.reachOf(questions), severityOf);
  },

  summary: (facts, { name }) =>
    `${facts.principalType} ${name} can pass any role of the account to any service${underConditions(facts)}.`,
});
