import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { judgeUsage, nounOf } from '../../usage/judge-usage.ts';
import type { ServiceUsage } from '../../usage/read-usage.ts';

/** A user or role may do things in services that it does not use. */
export const principalHasUnusedServices = defineCheck({
  id: 'principal-has-unused-services',
  title: 'User or role may use services that it does not use',
  category: 'unused',
  severity: 'low',
  resourceType: ['User', 'Role'],
  reads: [...ACCESS_PARTS, 'lastAccessed'],
  doc: {
    what: 'The services that each user and role is effectively granted something of, less those that it used within `unusedDays` days, by what IAM last saw of each. A service counts where IAM tells of its use and the grant is at least that old; `iam:PassRole` alone, whose use IAM never tells, does not. An administrator is told of once, with the number of services that it uses. Left out are roles that AWS manages, principals younger than `unusedDays` days, and those that use nothing at all, of which other checks tell.',
    risk: 'Whoever steals the credentials can do all that they allow, not only what they are used for.',
    remediation: [
      'Run `vigil propose` with the principal to see the smaller policy that keeps what was used.',
      'Ask the owner about tasks that come once a year; IAM tells of 400 days.',
      'Replace the policies, and watch for denied calls.',
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/what-is-access-analyzer-unused-access-analysis.html',
    ],
  },
  frameworks: [],
  defaults: { unusedDays: 90 },

  *run(snapshot, { now, access, usageOf, options }) {
    const { unusedDays } = options;
    yield* judgeUsage(snapshot, { now, usageOf, unusedDays }, (principal, { services, trackedDays }) => {
      const unused = services.filter(({ idleDays }) => idleDays >= unusedDays);
      const administrator = unused.length > 0 && access.administrator(principal) !== 'no';
      return {
        outcome: unused.length > 0 ? 'fail' : 'pass',
        ...(administrator && { severity: 'medium' }),
        evidence: {
          administrator,
          services: services.length,
          used: services.filter((service) => !unused.includes(service)).map(lastUse),
          unusedCount: unused.length,
          // Of an administrator these are all the services of AWS.
          unused: administrator ? [] : unused.slice(0, MOST_LISTED).map(lastUse),
          trackedDays,
        },
      };
    });
  },

  summary: ({ administrator, services, used, unusedCount, unused, trackedDays }, { arn, name }, { unusedDays }) =>
    administrator
      ? `${nounOf(arn)} ${name} is administrator and used only ${used.length} of ${services} services in ${unusedDays} days.`
      : `${nounOf(arn)} ${name} did not use ${unusedCount} of ${services} services that it may use in ${unusedDays} days (IAM tells of ${trackedDays}): ${listed(unused, unusedCount)}.`,
});

const lastUse = ({ service, lastUsed }: ServiceUsage) => ({ service, lastUsed });

/** `ReadOnlyAccess` has hundreds, which nobody reads one by one. */
const MOST_LISTED = 50;

const MOST_NAMED = 5;

const listed = (services: readonly { readonly service: string }[], count: number): string => {
  const names = services.slice(0, MOST_NAMED).map(({ service }) => service);
  const others = count - names.length;
  return `${names.join(', ')}${others > 0 ? ` and ${others} more` : ''}`;
};
