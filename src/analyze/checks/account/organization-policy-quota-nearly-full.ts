import type { AttachedOrganizationPolicy, OrganizationTree } from '../../../snapshot/organization.ts';
import { defineCheck } from '../../define-check.ts';
import { judgeOrganization } from '../../facts/organization-tree.ts';

/**
 * AWS's limits for policies of an organization, those that AWS manages counted too.
 * Source: "Quotas and service limits for AWS Organizations", AWS Organizations User Guide; those of SCPs were doubled in May 2026.
 */
const QUOTAS: ReadonlyMap<string, { readonly characters: number; readonly attached: number; readonly name: string }> =
  new Map([
    ['SERVICE_CONTROL_POLICY', { characters: 10_240, attached: 10, name: 'SCP' }],
    ['RESOURCE_CONTROL_POLICY', { characters: 5120, attached: 5, name: 'RCP' }],
  ]);

/** SCPs or RCPs that have little room left. */
export const organizationPolicyQuotaNearlyFull = defineCheck({
  id: 'organization-policy-quota-nearly-full',
  title: 'SCPs or RCPs have little room left',
  category: 'account',
  severity: 'info',
  resourceType: 'Account',
  reads: ['organization'],
  doc: {
    what: 'Compares the characters of each SCP and RCP of the organization’s own with AWS’s limit, and how many are attached to the root, to a unit or to an account with how many may be: a notice from `nearlyFullPercent` of the characters, and where no more can be attached.',
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
        for (const { id, name, type, characters } of tree.policies.filter(({ awsManaged }) => !awsManaged)) {
          const quota = QUOTAS.get(type);
          if (quota === undefined) continue;
          const isFull = characters * 100 >= quota.characters * options.nearlyFullPercent;
          const evidence = {
            what: `${quota.name} ${name}`,
            used: characters,
            quota: quota.characters,
            unit: 'characters',
          };
          yield { subject: { ...subject, part: id }, outcome: isFull ? 'fail' : 'pass', evidence };
        }
        for (const { place, type, count } of attachments(tree)) {
          const quota = QUOTAS.get(type);
          if (quota === undefined) continue;
          const evidence = { what: place.name, used: count, quota: quota.attached, unit: `${quota.name}s` };
          const outcome = count >= quota.attached ? 'fail' : 'pass';
          yield { subject: { ...subject, part: `${place.id} ${type}` }, outcome, evidence };
        }
      },
    ),

  summary: ({ what, used, quota, unit }) => `AWS allows ${quota} ${unit}, and ${what} has ${used}.`,
});

/** How many policies of each type are attached to each place. */
const attachments = ({ units, accounts, policies }: OrganizationTree) => {
  const counts = new Map<string, number>();
  const keyOf = (target: string, { type }: Pick<AttachedOrganizationPolicy, 'type'>): string => `${target} ${type}`;
  for (const policy of policies) {
    for (const target of policy.targets) {
      counts.set(keyOf(target, policy), (counts.get(keyOf(target, policy)) ?? 0) + 1);
    }
  }
  return [...units, ...accounts].flatMap((place) =>
    [...QUOTAS.keys()].flatMap((type) => {
      const count = counts.get(keyOf(place.id, { type })) ?? 0;
      return count === 0 ? [] : [{ place, type, count }];
    }),
  );
};
