import { usedBy } from '../../../snapshot/cloudtrail.ts';
import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { judgeUsage, nounOf } from '../../usage/judge-usage.ts';

/** A user or role may do more in the services that it uses than it does. */
export const principalHasUnusedActions = defineCheck({
  id: 'principal-has-unused-actions',
  title: 'User or role does not use some actions of the services that it uses',
  category: 'unused',
  severity: 'info',
  resourceType: ['User', 'Role'],
  reads: [...ACCESS_PARTS, 'lastAccessed', 'cloudTrail'],
  doc: {
    what: 'The actions that each user and role is effectively granted in the services that it uses, less those that it used within `unusedDays` days. Only actions whose use IAM tells count: not `iam:PassRole`, and few of those that read or write data. What CloudTrail shows counts as used, and `toldBy` names it then. Left out are administrators, roles that AWS manages, and principals younger than `unusedDays` days or that use nothing at all.',
    risk: 'An action that nobody needs, such as one that deletes or opens what the others only read, is there for whoever steals the credentials.',
    remediation: ['Run `vigil propose` with the principal to see the smaller policy that keeps what was used.'],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed-action-last-accessed.html',
    ],
  },
  frameworks: [],
  defaults: { unusedDays: 90 },

  *run(snapshot, { now, access, usageOf, options }) {
    const { unusedDays } = options;
    const { cloudTrail } = snapshot;
    yield* judgeUsage(snapshot, { now, usageOf, unusedDays }, (principal, { services, trackedDays }) => {
      const tracked = services.filter(({ idleDays }) => idleDays < unusedDays).flatMap(({ actions }) => actions);
      const unused = tracked.filter(({ idleDays }) => idleDays >= unusedDays);
      const isFinding = unused.length > 0 && access.administrator(principal) === 'no';
      return {
        outcome: isFinding ? 'fail' : 'pass',
        evidence: {
          used: tracked.filter(({ idleDays }) => idleDays < unusedDays).map(({ action }) => action),
          unused: isFinding ? unused.map(({ action, lastUsed }) => ({ action, lastUsed })) : [],
          trackedDays,
          toldBy: cloudTrail.known && usedBy(principal.arn, cloudTrail.value).length > 0 ? 'IAM and CloudTrail' : 'IAM',
        },
      };
    });
  },

  summary: ({ used, unused, toldBy }, { arn, name }, { unusedDays }) =>
    `${nounOf(arn)} ${name} used ${used.length} of ${used.length + unused.length} actions in ${unusedDays} days, by what ${toldBy} ${toldBy === 'IAM' ? 'tells' : 'tell'} of them.`,
});
