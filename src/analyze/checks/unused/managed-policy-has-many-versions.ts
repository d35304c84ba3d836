import { daysBetween } from '../../../kernel/time.ts';
import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';

/** A customer managed policy keeps old versions that nobody needs. */
export const managedPolicyHasManyVersions = defineCheck({
  id: 'managed-policy-has-many-versions',
  title: 'Customer managed policy keeps old versions',
  category: 'unused',
  severity: 'info',
  resourceType: 'ManagedPolicy',
  reads: ACCESS_PARTS,
  doc: {
    what: 'Whether a customer managed policy has at least `minVersions` versions of the five that AWS allows, and what of them is not the default and older than `oldDays` days.',
    risk: 'Whoever may set the default version of the policy chooses among the grants of all its past; and with five versions the next change fails.',
    remediation: ['Delete the versions that are not the default; keep their documents in version control.'],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html'],
  },
  frameworks: [],
  defaults: { minVersions: 4, oldDays: 90 },

  *run({ managedPolicies }, { now, options }) {
    for (const { arn, awsManaged, versions } of managedPolicies) {
      if (awsManaged) continue;
      const old = versions
        .filter(({ isDefaultVersion }) => !isDefaultVersion)
        .map(({ versionId, createDate }) => ({ version: versionId, ageDays: daysBetween(createDate, now) }))
        .filter(({ ageDays }) => ageDays >= options.oldDays);
      yield {
        subject: { arn },
        outcome: versions.length >= options.minVersions && old.length > 0 ? 'fail' : 'pass',
        evidence: { versions: versions.length, old },
      };
    }
  },

  summary: ({ versions, old }, { name }) =>
    `Policy ${name} has ${versions} of at most 5 versions, ${old.length} of them old and not in force.`,
});
