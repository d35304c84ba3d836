import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { judgeEachSet, UNREAD_POLICIES } from '../../facts/permission-sets.ts';
import { reachInWords, reachOfSet } from '../../facts/reach-of-set.ts';

/** A permission set of IAM Identity Center whose roles may do everything. */
export const permissionSetGrantsAdministrator = defineCheck({
  id: 'permission-set-grants-administrator',
  title: 'Permission set of IAM Identity Center grants administrator',
  category: 'policy',
  severity: 'medium',
  resourceType: 'PermissionSet',
  reads: [...ACCESS_PARTS, 'identityCenter'],
  doc: {
    what: 'Whether the policies of a permission set, within its permissions boundary, allow every action on every resource, and to how many people in how many accounts it is assigned. SCPs of an account may leave less. AWS tells that to the management account and to the delegated administrator alone: of other accounts nothing is said.',
    risk: 'Each of these people holds each of these accounts, and so does whoever takes over one of their sessions.',
    remediation: [
      'Assign it to the few who need it, and give the others a permission set for their work.',
      'Take it away from people who need it now and then, and assign it for the time that they do (temporary elevated access).',
    ],
    references: [
      'https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html',
      'https://docs.aws.amazon.com/singlesignon/latest/userguide/temporary-elevated-access.html',
    ],
  },
  frameworks: [],
  defaults: {},

  run: (account, { judgePermissionSet }) =>
    judgeEachSet(account, (set, center) => {
      const judgement = judgePermissionSet(center, set);
      if (!judgement.known) return { outcome: 'unknown', gap: judgement.gap };
      if (judgement.administrator !== 'yes' && judgement.unread.length > 0) {
        return { outcome: 'unknown', gap: UNREAD_POLICIES };
      }
      const reach = reachOfSet(center, set);
      return {
        outcome: judgement.administrator === 'yes' ? 'fail' : 'pass',
        ...(reach?.accounts === 0 ? { severity: 'low' as const } : {}),
        evidence: { permissionSet: set.name, assigned: reach && { ...reach }, reach: reachInWords(reach) },
      };
    }),

  summary: ({ permissionSet, reach, assigned }) =>
    assigned?.accounts === 0
      ? `Permission set ${permissionSet} grants administrator, and is assigned to nobody yet.`
      : `Permission set ${permissionSet} grants administrator to ${reach}.`,
});
