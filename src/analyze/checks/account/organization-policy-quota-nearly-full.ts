import type { AttachedOrganizationPolicy, OrganizationTree } from '../../../snapshot/organization.ts';
import { defineCheck } from '../../define-check.ts';
import { judgeOrganization } from '../../facts/organization-tree.ts';

/** The policies whose limits are known for sure. */
const SCP = 'SERVICE_CONTROL_POLICY';

/**
 * AWS's limits for SCPs: characters, white space too, and how many may be attached to one target, AWS's own counted too.
 * Source: "Quotas and service limits for AWS Organizations", AWS Organizations User Guide; both were doubled in May 2026.
 */
const QUOTA = { characters: 10_240, attached: 10 } as const;

/** SCPs that have little room left. */
export const organizationPolicyQuotaNearlyFull = defineCheck({
  id: 'organization-policy-quota-nearly-full',
  title: 'SCPs have little room left',
  category: 'account',
  severity: 'info',
  resourceType: 'Account',
  reads: ['organization'],
  doc: {
    what: 'Compares the characters of each SCP of the organization’s own with AWS’s limit, and how many are attached to the root, to a unit or to an account with how many may be: a notice from `nearlyFullPercent` of the characters, and where no more can be attached.',
    risk: 'The next guardrail does not fit, and is left out or put in by loosening another.',
    remediation: [
      'Join statements that differ in their actions alone, and leave out white space and `Sid`s.',
      'Attach policies further up in the organization, where they hold for all below.',
    ],
    references: ['https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html'],
  },
  frameworks: [],
  defaults: { nearlyFullPercent: 90 },

  run: (account, { options }) =>
    judgeOrganization(
      account,
      ({ tree }) => tree,
      function* (tree, subject) {
        // That there is none of its own is an answer too.
        yield { subject, outcome: 'pass', evidence: { what: 'the organization', used: 0, quota: 0, unit: 'policies' } };
        for (const { id, name, characters } of tree.policies.filter(isOwnScp)) {
          const isFull = characters * 100 >= QUOTA.characters * options.nearlyFullPercent;
          const evidence = { what: `SCP ${name}`, used: characters, quota: QUOTA.characters, unit: 'characters' };
          yield { subject: { ...subject, part: id }, outcome: isFull ? 'fail' : 'pass', evidence };
        }
        for (const { place, count } of attachments(tree)) {
          const evidence = { what: place.name, used: count, quota: QUOTA.attached, unit: 'SCPs' };
          const outcome = count >= QUOTA.attached ? 'fail' : 'pass';
          yield { subject: { ...subject, part: `${place.id} ${SCP}` }, outcome, evidence };
        }
      },
    ),

  summary: ({ what, used, quota, unit }) => `AWS allows ${quota} ${unit}, and ${what} has ${used}.`,
});

const isOwnScp = ({ awsManaged, type }: AttachedOrganizationPolicy): boolean => !awsManaged && type === SCP;

/** How many SCPs are attached to each place that has any. */
const attachments = ({ units, accounts, policies }: OrganizationTree) => {
  const counts = new Map<string, number>();
  for (const { targets } of policies.filter(({ type }) => type === SCP)) {
    for (const target of targets) counts.set(target, (counts.get(target) ?? 0) + 1);
  }
  return [...units, ...accounts].flatMap((place) => {
    const count = counts.get(place.id) ?? 0;
    return count === 0 ? [] : [{ place, count }];
  });
};
