import type { User } from '../../../snapshot/account-snapshot.ts';
import type { CheckTools } from '../../check-tools.ts';
import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { isUnconditional } from '../../escalation/escalation-path.ts';
import { unreadPolicyGap } from '../../facts/unread-policy.ts';
import { SENSITIVE_SERVICES, serviceOf, wholeService } from '../../reach/whole-services.ts';

/** A user holds the rights of an administrator, or a sensitive service as a whole, without MFA being asked for. */
export const userDangerousGrantsWithoutMfa = defineCheck({
  id: 'user-dangerous-grants-without-mfa',
  title: 'Grants to a user that are worth an account ask for no MFA',
  category: 'policy',
  severity: 'low',
  resourceType: 'User',
  reads: ACCESS_PARTS,
  doc: {
    what: 'Whether a user is administrator, can make itself one, or is granted all actions of one of `services`, without a condition: an access key alone is enough. Off unless `enabled`, since there are other ways to see to MFA. Roles are not asked: those of services have no MFA, and for those of people their trust policies ask for it.',
    risk: 'Whoever finds an access key has all of it at once.',
    remediation: [
      'Grant it in a role whose trust policy asks for `aws:MultiFactorAuthPresent`.',
      'Or deny the user all but the own MFA devices with `BoolIfExists` on `aws:MultiFactorAuthPresent` and `false`.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html'],
  },
  frameworks: [],
  defaults: { enabled: false, services: SENSITIVE_SERVICES },

  *run({ users }, tools) {
    if (!tools.options.enabled) return;
    const held = tools.reachOf(tools.options.services.map(wholeService));
    for (const user of users) {
      const subject = { arn: user.arn };
      const reached = held.get(user) ?? [];
      const doubts = reached.flatMap((each) => each.doubts);
      if (doubts.length > 0) {
        yield { subject, outcome: 'unknown', gap: unreadPolicyGap(user.arn, doubts) };
        continue;
      }
      const services = reached
        .filter(({ condition }) => condition.kind === 'true')
        .map(({ action }) => serviceOf(action));
      const grants = isAdministrator(user, tools) ? ['administrator'] : services;
      yield { subject, outcome: grants.length > 0 ? 'fail' : 'pass', evidence: { grants } };
    }
  },

  summary: ({ grants }, { name }) =>
    grants.includes('administrator')
      ? `User ${name} is an administrator, or can become one, without MFA.`
      : `User ${name} is granted all of ${grants.join(', ')} without MFA.`,
});

const isAdministrator = (user: User, { access, escalationOf }: CheckTools): boolean => {
  if (access.administrator(user) === 'yes') return true;
  const escalation = escalationOf(user);
  return escalation.kind === 'found' && isUnconditional(escalation.path);
};
