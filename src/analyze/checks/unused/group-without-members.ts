import { daysBetween } from '../../../kernel/time.ts';
import { defineCheck } from '../../define-check.ts';

/** A group has no members. */
export const groupWithoutMembers = defineCheck({
  id: 'group-without-members',
  title: 'IAM group without members',
  category: 'unused',
  severity: 'info',
  resourceType: 'Group',
  reads: ['groups', 'users'],
  doc: {
    what: 'Whether any user is in a group that was made at least `afterDays` days ago.',
    risk: 'The permissions of a group that nobody looks after are given, all of them, to the next one who is put into it.',
    remediation: ['Delete the group, or detach its policies until it is needed.'],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups_manage_delete.html'],
  },
  frameworks: [],
  defaults: { afterDays: 30 },

  *run({ groups, users, missingParts }, { now, options }) {
    const inhabited = new Set(users.flatMap((user) => user.groups));
    const cut = missingParts.get('users');
    for (const { arn, groupName, createDate } of groups) {
      const ageDays = daysBetween(createDate, now);
      const empty = !inhabited.has(groupName);
      // Of a list of users that is not whole, the member may stand on the rest.
      if (empty && cut !== undefined) yield { subject: { arn }, outcome: 'unknown', gap: cut };
      else {
        yield {
          subject: { arn },
          outcome: empty && ageDays >= options.afterDays ? 'fail' : 'pass',
          evidence: { ageDays },
        };
      }
    }
  },

  summary: (_, { name }) => `Nobody is in group ${name}.`,
});
