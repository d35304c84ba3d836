import type { AccountAccess } from '../../../access/account-access.ts';
import type { Decision } from '../../../evaluate/decision.ts';
import type { Role, User } from '../../../snapshot/account-snapshot.ts';
import type { CheckTools } from '../../check-tools.ts';
import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { isUnconditional } from '../../escalation/escalation-path.ts';
import { isManagedByAws } from '../../facts/managed-by-aws.ts';
import { unreadPolicyGap } from '../../facts/unread-policy.ts';
import { type TagDoor, tagDoors } from '../../statements/tag-doors.ts';

/** A user or role may give itself the tag that a condition asks for. */
export const principalOpensAccessByTaggingItself = defineCheck({
  id: 'principal-opens-access-by-tagging-itself',
  title: 'Principal can give itself a tag that opens more access',
  category: 'policy',
  severity: 'high',
  resourceType: ['User', 'Role'],
  reads: ACCESS_PARTS,
  doc: {
    what: 'Whether a user or role may put a tag on itself with which a request is allowed that is denied without: by its own policies, or by the trust policy of a role of the account. Both requests are decided with all policies. Administrators, and those who can make themselves one, are left out.',
    risk: 'What is kept apart by tags is open to whoever chooses its own.',
    remediation: [
      'Deny `iam:TagUser` and `iam:TagRole` for the keys that decide about access, by `aws:TagKeys`.',
      'Leave these tags to the role that makes users and roles.',
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/introduction_attribute-based-access-control.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html',
    ],
  },
  frameworks: [],
  defaults: {},

  *run(snapshot, tools) {
    const trustDoors = snapshot.roles.flatMap(({ arn, trustPolicy }) =>
      trustPolicy.statements.flatMap((statement) => tagDoors(statement, tools.reference, arn)),
    );
    const taggers = new Set(
      ['iam:TagUser', 'iam:TagRole'].flatMap((action) => tools.access.candidates(action, 'arn:*')),
    );
    for (const principal of [...snapshot.users, ...snapshot.roles.filter((role) => !isManagedByAws(role))]) {
      const subject = { arn: principal.arn };
      const doors = taggers.has(principal) ? [...ownDoors(principal, tools), ...trustDoors] : [];
      const opened =
        doors.length === 0 || isAdministrator(principal, tools) ? [] : openedDoors(principal, doors, tools.access);
      const unsure = opened.find(({ tagging }) => tagging.kind === 'undetermined')?.tagging;
      if (unsure?.kind === 'undetermined') {
        yield { subject, outcome: 'unknown', gap: unreadPolicyGap(principal.arn, unsure.reasons) };
        continue;
      }
      yield {
        subject,
        outcome: opened.length > 0 ? 'fail' : 'pass',
        evidence: {
          principalType: typeOf(principal),
          tags: [...new Set(opened.map(({ door }) => `${door.tagKey}=${door.tagValue}`))],
          opens: [...new Set(opened.map(({ door }) => `${door.action} on ${door.resource}`))],
        },
      };
    }
  },

  summary: ({ principalType, tags, opens }, { name }) =>
    `${principalType} ${name} can give itself the tag ${tags.join(', ')}, and then call ${opens.join(', ')}.`,
});

const typeOf = (principal: User | Role): 'User' | 'Role' => ('userName' in principal ? 'User' : 'Role');

const isAdministrator = (principal: User | Role, { access, escalationOf }: CheckTools): boolean => {
  if (access.administrator(principal) === 'yes') return true;
  const escalation = escalationOf(principal);
  return escalation.kind === 'found' && isUnconditional(escalation.path);
};

const ownDoors = (principal: User | Role, { access, reference }: CheckTools): readonly TagDoor[] =>
  access
    .effectivePolicies(principal)
    .identity.flatMap(({ document }) => document.statements.flatMap((each) => tagDoors(each, reference, null)));

interface OpenedDoor {
  readonly door: TagDoor;
  /** Whether it may put the tag on itself. */
  readonly tagging: Decision;
}

const openedDoors = (
  principal: User | Role,
  doors: readonly TagDoor[],
  { canPerform }: AccountAccess,
): readonly OpenedDoor[] =>
  doors.flatMap((door) => {
    const { tagKey, tagValue, action, resource } = door;
    const context = { [`aws:RequestTag/${tagKey}`]: tagValue, 'aws:TagKeys': [tagKey] };
    const tagging = canPerform(principal, `iam:Tag${typeOf(principal)}`, principal.arn, context);
    if (tagging.kind !== 'allowed' && tagging.kind !== 'undetermined') return [];
    const isClosed = ['implicitDeny', 'explicitDeny'].includes(canPerform(principal, action, resource).kind);
    const tagged = canPerform(principal, action, resource, { [`aws:PrincipalTag/${tagKey}`]: tagValue });
    return isClosed && tagged.kind === 'allowed' ? [{ door, tagging }] : [];
  });
