import { defineCheck } from '../../define-check.ts';
import { judgeEachSet } from '../../facts/permission-sets.ts';
import { reachOfSet } from '../../facts/reach-of-set.ts';

/** A permission set of IAM Identity Center that nobody has. */
export const permissionSetAssignedToNobody = defineCheck({
  id: 'permission-set-assigned-to-nobody',
  title: 'Permission set of IAM Identity Center that nobody has',
  category: 'unused',
  severity: 'low',
  resourceType: 'PermissionSet',
  reads: ['identityCenter'],
  doc: {
    what: 'Whether a permission set is assigned to anybody in any account: to a user who is still there, or to a group that somebody is in.',
    risk: 'Nobody watches what is left over; the next one who is put into the group, or assigned it by mistake, gets what it grants.',
    remediation: [
      'Delete the permission set, or its assignments to groups that nobody is in and to users who were deleted.',
      'Keep one for emergencies with a suppression that says so.',
    ],
    references: ['https://docs.aws.amazon.com/singlesignon/latest/userguide/howtoremovepermissionset.html'],
  },
  frameworks: [],
  defaults: {},

  run: (account) =>
    judgeEachSet(account, (set, center) => {
      const { assignments } = set;
      if (!assignments.known) return { outcome: 'unknown', gap: assignments.gap };
      const reach = reachOfSet(center, set);
      // Somebody whom nobody could read may be assigned it, or be in a group that is.
      const mayHave = reach === null || reach.people === null || reach.people > 0;
      return {
        outcome: mayHave ? 'pass' : 'fail',
        evidence: { permissionSet: set.name, assignments: assignments.value.length, accounts: reach?.accounts ?? null },
      };
    }),

  summary: ({ permissionSet, assignments }) =>
    assignments === 0
      ? `Permission set ${permissionSet} is assigned to nobody.`
      : `Permission set ${permissionSet} is assigned to groups that nobody is in, or to users and groups that were deleted.`,
});
