import { daysBetween } from '../../../kernel/time.ts';
import { defineCheck } from '../../define-check.ts';
import { isManagedByAws } from '../../facts/managed-by-aws.ts';

/** A role that nobody has used for long. */
export const roleUnused = defineCheck({
  id: 'role-unused',
  title: 'IAM role that nobody uses',
  category: 'unused',
  severity: 'low',
  resourceType: 'Role',
  reads: ['roles'],
  doc: {
    what: 'Days since the last use of every role, or since its creation where AWS knows of no use, against `unusedDays`. Roles that AWS manages (under `/aws-service-role/` and `/aws-reserved/`) are left out.',
    risk: 'A role that nobody uses is access that nobody needs, open to whom its trust policy names.',
    remediation: [
      'Ask the owner; a role kept for emergencies belongs into a suppression with its reason.',
      'Otherwise delete the role, or empty its trust policy first and wait.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_manage_delete.html'],
  },
  frameworks: [],
  defaults: { unusedDays: 90 },

  *run({ roles }, { now, options }) {
    for (const role of roles) {
      if (isManagedByAws(role)) continue;
      const { arn, createDate, lastUsed } = role;
      const ageDays = daysBetween(createDate, now);
      // A role younger than the threshold cannot have been idle for longer, whatever its last use.
      if (!lastUsed.known && ageDays >= options.unusedDays) {
        yield { subject: { arn }, outcome: 'unknown', gap: lastUsed.gap };
        continue;
      }
      const lastUsedDate = lastUsed.known ? (lastUsed.value?.date ?? null) : null;
      const idleDays = lastUsedDate === null ? ageDays : daysBetween(lastUsedDate, now);
      yield {
        subject: { arn },
        outcome: idleDays >= options.unusedDays ? 'fail' : 'pass',
        evidence: { lastUsed: lastUsedDate, idleDays, ageDays },
      };
    }
  },

  summary: ({ lastUsed, idleDays, ageDays }, { name }) =>
    lastUsed === null
      ? `Role ${name}, made ${ageDays} days ago, was not used in the time that AWS keeps track of.`
      : `Role ${name} was last used ${idleDays} days ago.`,
});
