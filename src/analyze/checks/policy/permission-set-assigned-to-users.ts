import { nameOfUser } from '../../../finding/with-people.ts';
import { defineCheck } from '../../define-check.ts';
import { judgeEachSet } from '../../facts/permission-sets.ts';

/** How many users the evidence names. */
const MOST_NAMED = 50;

/** A permission set of IAM Identity Center that is assigned to users themselves and not to groups. */
export const permissionSetAssignedToUsers = defineCheck({
  id: 'permission-set-assigned-to-users',
  title: 'Permission set of IAM Identity Center is assigned to single users',
  category: 'policy',
  severity: 'low',
  resourceType: 'PermissionSet',
  reads: ['identityCenter'],
  doc: {
    what: 'Whether a permission set is assigned to users themselves, in any account, and not by groups alone.',
    risk: 'Who leaves a team keeps what was assigned to them alone: nobody sees it in the groups of the directory.',
    remediation: [
      'Assign the permission set to a group of the directory and put the users into it.',
      'Then delete the assignments of single users.',
    ],
    references: ['https://docs.aws.amazon.com/singlesignon/latest/userguide/useraccess.html'],
  },
  frameworks: [],
  defaults: {},

  run: (account) =>
    judgeEachSet(account, (set, center) => {
      const { assignments } = set;
      if (!assignments.known) return { outcome: 'unknown', gap: assignments.gap };
      const direct = assignments.value.filter(({ principalType }) => principalType === 'USER');
      const users = [...new Set(direct.map(({ principalId }) => principalId))];
      const names = users.map((id) => nameOfUser(center, id)).sort();
      return {
        outcome: users.length === 0 ? 'pass' : 'fail',
        evidence: {
          permissionSet: set.name,
          count: users.length,
          users: names.slice(0, MOST_NAMED),
          accounts: new Set(direct.map((assignment) => assignment.accountId)).size,
        },
      };
    }),

  summary: ({ permissionSet, count, accounts }) =>
    `Permission set ${permissionSet} is assigned to ${count === 1 ? 'a single user' : `${count} single users`} in ${accounts === 1 ? 'an account' : `${accounts} accounts`}, not by a group.`,
});
